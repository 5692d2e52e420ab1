// Whose work the binary carries, and on what terms: the licences ask that their text goes along with every copy.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const RULE = `\n${"-".repeat(78)}\n\n`;
const isNotice = (name) => /^(licen[cs]e|copying|notice|ofl)([-.](?!.*js$).*)?$/i.test(name);
const tidy = (text) =>
  `${text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .trim()}\n`;

// "d3-array" of "node_modules/d3-array/src/min.js"; packages within packages count by themselves.
export const packageOf = (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[0].replace(/\/$/, "");

// What is written besides in the sources themselves, as esbuild lists it, without the name of the list.
const remarks = (legal) => tidy(legal.replace(/^Bundled license information:\n/, ""));

function describe(folder) {
  const { name, version, license, author, homepage } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder).filter(isNotice).sort();
  const by = typeof author === "object" ? author.name : author?.replace(/\s*[<(].*/, "");
  const lines = [`${name} ${version}`, `License: ${license}`];
  if (homepage) lines.push(homepage);
  // A package that only names its licence has nothing more to go along.
  if (!texts.length && by) lines.push(`Copyright ${by}`);
  return `${lines.join("\n")}\n${texts.map((text) => `\n${tidy(readFileSync(join(folder, text), "utf8"))}`).join("")}`;
}

// Collects the packages that went into the files, and writes their notices below our own licence.
export class Notices {
  #folders = new Set();
  #remarks = new Set();

  addPackage(folder) {
    if (!existsSync(join(folder, "package.json"))) throw new Error(`${folder}: no package, so no licence to pass on`);
    this.#folders.add(folder);
  }

  // The inputs of one of esbuild's bundles, which names them relative to `base`, and the comments that it took out.
  addBundle(base, { metafile, outputFiles }) {
    for (const input of Object.keys(metafile.inputs)) {
      const folder = packageOf(input);
      if (folder) this.addPackage(join(base, folder));
    }
    for (const { path, text } of outputFiles) if (path.endsWith(".LEGAL.txt")) this.#remarks.add(remarks(text));
  }

  text(license) {
    const parts = [...this.#folders].sort().map(describe);
    const intro = "decksd carries the work of others, which it sends to browsers. Their notices follow.\n";
    if (this.#remarks.size)
      parts.push(`Said in the sources of these packages\n\n${[...this.#remarks].sort().join("\n")}`);
    return [`decksd\n\n${tidy(license)}`, intro, ...parts].join(RULE);
  }
}
