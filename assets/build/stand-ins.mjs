// A system font that is set as wide and as high as the web font it stands in for, so that nothing moves when that comes.
import { readFile } from "node:fs/promises";
import { fromBuffer } from "@capsizecss/unpack";
import { create } from "fontkitten";

// What the systems have: the faces' PostScript names, which every browser knows (a name that is not there costs it
// milliseconds), and the average width of a letter per em in text (as @capsizecss/unpack counts it) and in HEADING, for
// text and for bold. Liberation Sans is as wide as Arial.
const SYSTEM = [
  {
    name: "Arial",
    regular: { local: ["ArialMT", "LiberationSans"], width: 913 / 2048, capitals: 1244 / 2048 },
    bold: { local: ["Arial-BoldMT", "LiberationSans-Bold"], width: 983 / 2048, capitals: 1260 / 2048 },
  },
  {
    name: "Roboto",
    regular: { local: ["Roboto-Regular"], width: 911 / 2048, capitals: 1151 / 2048 },
    bold: { local: ["Roboto-Bold"], width: 926 / 2048, capitals: 1161 / 2048 },
  },
  {
    name: "DejaVu",
    regular: { local: ["DejaVuSans"], width: 1041 / 2048, capitals: 1267 / 2048 },
    bold: { local: ["DejaVuSans-Bold"], width: 1176 / 2048, capitals: 1410 / 2048 },
  },
];

const HEADING = "WHAT WE LEARNED WHEN A SMALL SYSTEM OF OUR OWN MET THE PUBLIC, AND HOW EVERYBODY COULD DO IT AGAIN";

const percent = (ratio) => `${(ratio * 100).toFixed(1)}%`;

async function metricsOf(file) {
  const bytes = await readFile(file);
  const { ascent, descent, lineGap, unitsPerEm, xWidthAvg } = await fromBuffer(bytes);
  const glyphs = create(bytes).glyphsForString(HEADING);
  const capitals = glyphs.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) / glyphs.length;
  return { ascent, descent, lineGap, unitsPerEm, width: xWidthAvg / unitsPerEm, capitals: capitals / unitsPerEm };
}

function face(name, weight, { ascent, descent, lineGap, unitsPerEm }, { local, size }) {
  const height = (units) => percent(Math.abs(units) / unitsPerEm / size);
  return (
    `@font-face{font-family:"${name}";font-weight:${weight};` +
    `src:${local.map((each) => `local("${each}")`).join()};size-adjust:${percent(size)};` +
    `ascent-override:${height(ascent)};descent-override:${height(descent)};line-gap-override:${height(lineGap)}}`
  );
}

/** What a family is used for: `measure` says which letters its stand-in is as wide as. */
export const TEXT = { measure: "width", suffix: "" };
export const CAPITALS = { measure: "capitals", suffix: " in capitals" };

const standInName = (family, use, system) => `${family}${use.suffix} as ${system.name}`;

/** The families to name behind a web font. */
export const standIns = (family, use) => SYSTEM.map((system) => `"${standInName(family, use, system)}"`);

/** Their @font-face rules; `files` has the web font's file for each of its upright weights. */
export async function standInFaces(family, use, files) {
  const rules = await Promise.all(
    Object.entries(files).map(async ([weight, file]) => {
      const metrics = await metricsOf(file);
      return SYSTEM.map((system) => {
        const { local, ...widths } = Number(weight) >= 600 ? system.bold : system.regular;
        const size = metrics[use.measure] / widths[use.measure];
        return face(standInName(family, use, system), weight, metrics, { local, size });
      }).join("");
    }),
  );
  return rules.join("");
}
