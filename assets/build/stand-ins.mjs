// A system font that is set as wide and as high as the web font it stands in for, so that nothing moves when that comes.
import { fromFile } from "@capsizecss/unpack/fs";

// What the systems have: the faces' PostScript names, which every browser knows (a name that is not there costs it
// milliseconds), and the average width of a letter per em (as @capsizecss/unpack counts it) for text and for bold.
// Liberation Sans is as wide as Arial.
const SYSTEM = [
  {
    name: "Arial",
    regular: { local: ["ArialMT", "LiberationSans"], width: 913 / 2048 },
    bold: { local: ["Arial-BoldMT", "LiberationSans-Bold"], width: 983 / 2048 },
  },
  {
    name: "Roboto",
    regular: { local: ["Roboto-Regular"], width: 911 / 2048 },
    bold: { local: ["Roboto-Bold"], width: 926 / 2048 },
  },
  {
    name: "DejaVu",
    regular: { local: ["DejaVuSans"], width: 1041 / 2048 },
    bold: { local: ["DejaVuSans-Bold"], width: 1176 / 2048 },
  },
];

const standInName = (family, system) => `${family} as ${system.name}`;

const percent = (ratio) => `${(ratio * 100).toFixed(1)}%`;

function face(family, weight, system, metrics) {
  const { local, width } = Number(weight) >= 600 ? system.bold : system.regular;
  const size = metrics.xWidthAvg / metrics.unitsPerEm / width;
  const height = (units) => percent(Math.abs(units) / metrics.unitsPerEm / size);
  return (
    `@font-face{font-family:"${standInName(family, system)}";font-weight:${weight};` +
    `src:${local.map((name) => `local("${name}")`).join()};size-adjust:${percent(size)};` +
    `ascent-override:${height(metrics.ascent)};descent-override:${height(metrics.descent)};` +
    `line-gap-override:${height(metrics.lineGap)}}`
  );
}

/** The families to name behind a web font. */
export const standIns = (family) => SYSTEM.map((system) => `"${standInName(family, system)}"`);

/** Their @font-face rules; `files` has the web font's file for each of its upright weights. */
export async function standInFaces(family, files) {
  const rules = await Promise.all(
    Object.entries(files).map(async ([weight, path]) => {
      const metrics = await fromFile(path);
      return SYSTEM.map((system) => face(family, weight, system, metrics)).join("");
    }),
  );
  return rules.join("");
}
