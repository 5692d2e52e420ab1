// reveal.js's themes without the fonts that they carry or import, and with the same families as subsets of ours.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { splitLate, withDrawnSpinner } from "./late.mjs";
import { CAPITALS, standInFaces, standIns, TEXT } from "./stand-ins.mjs";

// The weights that each theme loads upstream; `i` is italic. Where upstream names a family and loads nothing for it
// (beige: Source Sans Pro, dracula: Fira Code) it gets what its headings, text and code need.
const FACES = {
  "Fira Code": { package: "fira-code", faces: ["400", "700"], isMono: true },
  Lato: { package: "lato", faces: ["400", "400i", "700", "700i"] },
  "League Gothic": { package: "league-gothic", faces: ["400"] },
  Montserrat: { package: "montserrat", faces: ["700"] },
  "News Cycle": { package: "news-cycle", faces: ["400", "700"] },
  "Open Sans": { package: "open-sans", faces: ["400", "400i", "700", "700i"] },
  Quicksand: { package: "quicksand", faces: ["400", "700"] },
  "Source Sans Pro": { package: "source-sans-pro", faces: ["400", "400i", "600", "600i"] },
  Ubuntu: { package: "ubuntu", faces: ["300", "300i", "700", "700i"] },
};

export const themeNames = (reveal) =>
  readdirSync(join(reveal, "dist/theme"))
    .filter((name) => name.endsWith(".css"))
    .map((name) => name.slice(0, -4))
    .sort();

const unquote = (name) => name.trim().replace(/^["']|["']$/g, "");

// Takes @import and @font-face out of a style sheet.
export function stripFonts(css) {
  return css.replace(/@import\s*(?:"[^"]*"|url\([^)]*\))[^;]*;/g, "").replace(/@font-face\s*\{[^}]*\}/g, "");
}

// reveal.js makes every page fetch the italic face by an empty :after. A slide that has italics is laid out three slides
// before it shows, and so fetches the face in time; a deck without any need not pay for it.
export function withoutItalicPreload(css) {
  const rule = /\.reveal::?after\s*\{\s*content:\s*["']{2};\s*font-style:\s*italic;?\s*\}/;
  if (!rule.test(css)) throw new Error("reveal.css no longer preloads italics; see build/themes.mjs");
  return css.replace(rule, "");
}

// The colours of monokai, the theme of code that decks have by default, that are too near its background to be read by all
// (WCAG 2.2, 1.4.3: 4.5 to 1), and the next that are not: comments had 3.0, tags 3.9.
const READABLE = { "#75715e": "#959079", "#f92672": "#fa4a88" };

export function withReadableColours(css) {
  for (const colour of Object.keys(READABLE))
    if (!css.includes(colour)) throw new Error(`monokai.css no longer has ${colour}; see build/themes.mjs`);
  return css.replace(/#\w+/g, (colour) => READABLE[colour] ?? colour);
}

const FONT = /--r-(main|heading|code)-font:\s*([^;}]+);?/g;

const familyOf = (value) => unquote(value.split(",")[0]);

// Where a theme's variables begin with a family of ours: {property, family, value, use} each.
function usesOf(css) {
  const headings = /--r-heading-text-transform:\s*uppercase/.test(css) ? CAPITALS : TEXT;
  return [...css.matchAll(FONT)]
    .map(([, part, value]) => ({
      property: `--r-${part}-font`,
      family: familyOf(value),
      value,
      use: part === "heading" ? headings : TEXT,
    }))
    .filter(({ family }) => FACES[family]);
}

// Letters for code are as wide as one another, and nearly so from one such font to the next.
const standInsOf = (family, use) => (FACES[family].isMono ? [] : standIns(family, use));

// Moves `--r-…-font: Web Font, fallback` out of :root: what stands in holds until the page says that fonts may come. Both
// rules weigh nothing (:where), so that an author's own :root { --r-main-font: … } still wins.
export function deferFonts(css) {
  const early = [];
  const late = [];
  for (const { property, family, value, use } of usesOf(css)) {
    const [name, ...rest] = value.split(",").map((it) => it.trim());
    const others = [...standInsOf(family, use), ...rest].join();
    early.push(`${property}:${others}`);
    late.push(`${property}:${name},${others}`);
  }
  if (!late.length) return css;
  const rest = css.replace(FONT, (all, _part, value) => (FACES[familyOf(value)] ? "" : all));
  return `:where(:root){${early.join(";")}}:where(:root.fonts-ready){${late.join(";")}}${rest}`;
}

// The families of ours that a theme's variables begin with, and each one's uses.
export function familiesOf(css) {
  const families = new Map();
  for (const { family, use } of usesOf(css)) families.set(family, (families.get(family) ?? new Set()).add(use));
  return families;
}

// Adds a family's files and returns its @font-face rules, and those of what stands in, for the style sheet `from`.
async function fontFaces(files, modules, from, family, uses) {
  const { package: id, faces, isMono } = FACES[family];
  const folder = join(modules, "@fontsource", id);
  const ranges = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8"));
  const rules = [];
  const upright = {};
  for (const face of faces) {
    const weight = face.slice(0, 3);
    const style = face.endsWith("i") ? "italic" : "normal";
    for (const [subset, range] of Object.entries(ranges)) {
      const file = `${id}-${subset}-${weight}-${style}.woff2`;
      const path = join(folder, "files", file);
      if (!existsSync(path)) throw new Error(`${path}: not in the package`);
      if (subset === "latin" && style === "normal") upright[weight] = path;
      const name = `fonts/${file}`;
      if (!files.has(name)) files.add(name, readFileSync(path));
      rules.push(
        `@font-face{font-family:"${family}";font-style:${style};font-weight:${weight};font-display:swap;` +
          `src:url(${files.reference(from, name)})format("woff2");unicode-range:${range}}`,
      );
    }
  }
  const substitutes = isMono ? [] : await Promise.all([...uses].map((use) => standInFaces(family, use, upright)));
  return rules.join("") + substitutes.join("");
}

/** What a deck loads of reveal.js's own style, {early, late}; see late.mjs. */
export const revealStyle = (reveal, minify) =>
  splitLate(minify(withDrawnSpinner(withoutItalicPreload(readFileSync(join(reveal, "dist/reveal.css"), "utf8")))));

export async function buildTheme({ files, modules, reveal, minify, ours, theme }) {
  const name = `theme/${theme}.css`;
  const read = (path) => readFileSync(join(reveal, path), "utf8");
  const css = stripFonts(read(`dist/theme/${theme}.css`));
  const body = minify(read("css/reset.css") + revealStyle(reveal, minify).early + deferFonts(css) + ours);
  const faces = await Promise.all(
    [...familiesOf(css)].map(([family, uses]) => fontFaces(files, modules, name, family, uses)),
  );
  files.add(name, body.trim() + faces.join(""));
}
