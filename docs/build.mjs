// node build.mjs DECKSD OUTDIR: makes the manual pages and the completions for shells. What the pages for files say is
// said once, in configuration.md and deck-format.md; what options there are, the program says by --help.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bash, fish, zsh } from "./build/completion.mjs";
import { manualPage } from "./build/manual.mjs";
import { optionList, parseCommands, parseOptions } from "./build/options.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const read = (name) => readFileSync(join(here, name), "utf8");

const PAGES = [
  {
    source: "configuration.md",
    name: "decksd.yaml",
    description: "configuration of the slide deck server decksd",
    seeAlso: ["decksd(1)", "decksd-deck(5)"],
  },
  {
    source: "deck-format.md",
    name: "decksd-deck",
    description: "slide decks in Markdown for decksd",
    seeAlso: ["decksd(1)", "decksd.yaml(5)"],
  },
];

function main(decksd, outdir) {
  const help = execFileSync(decksd, ["--help"], { encoding: "utf8" });
  const options = parseOptions(help);
  const commands = parseCommands(help);
  const command = read("decksd.1");
  const date = /^\.Dd (.*)$/m.exec(command)[1];

  mkdirSync(outdir, { recursive: true });
  const write = (name, text) => writeFileSync(join(outdir, name), text);
  write(
    "decksd.1",
    command.replace(/^\.\\" OPTIONS\n/m, () => optionList(options)),
  );
  for (const page of PAGES) write(`${page.name}.5`, manualPage({ ...page, date, text: read(page.source) }));
  write("decksd.bash", bash(options, commands));
  write("_decksd", zsh(options, commands));
  write("decksd.fish", fish(options, commands));
}

if (process.argv.length !== 4) {
  console.error("usage: node build.mjs DECKSD OUTDIR");
  process.exit(2);
}
main(process.argv[2], process.argv[3]);
