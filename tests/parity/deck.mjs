// A deck directory with its deck.json, as the parity run takes it.
//
//   file        the deck's source, beside deck.json
//   format      "md", or "html": sections for the inside of .slides
//   separator, vertical, notes   the expressions in force (JavaScript, flags mg and mgi); null: none, or the plugin's default
//   charset     where the source is not UTF-8
//   native      true: the directory says itself, in files that decksd reads, what the fields above say
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const FRONT_MATTER = /^---[ \t]*\r?\n((?:.*\r?\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** Cuts a leading YAML block off; a rule or a separator on the first line is none. */
export function withoutFrontMatter(text) {
  const match = FRONT_MATTER.exec(text);
  if (!match) return text;
  const isYaml = match[1].trim() === "" || /^["'\w][^:]*:(\s|$)/m.test(match[1]);
  return isYaml ? text.slice(match[0].length) : text;
}

export async function readDeck(directory) {
  const about = JSON.parse(await readFile(path.join(directory, "deck.json"), "utf8"));
  const bytes = await readFile(path.join(directory, about.file));
  const text = new TextDecoder(about.charset || "utf-8").decode(bytes).replace(/^\uFEFF/, "");
  return {
    ...about,
    slug: about.slug ?? path.basename(directory),
    directory,
    text: about.format === "html" ? text : withoutFrontMatter(text),
  };
}

/** All decks below a directory (a directory with deck.json is one), in order of their names. */
export async function findDecks(directory) {
  const entries = await readdir(directory, { withFileTypes: true });
  if (entries.some((entry) => entry.name === "deck.json")) return [directory];
  const below = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => findDecks(path.join(directory, entry.name)));
  return (await Promise.all(below)).flat().sort();
}

/** The options of the Markdown plugin for a deck, named as it names them. */
export function pluginOptions(deck) {
  return { separator: deck.separator, verticalSeparator: deck.vertical, notesSeparator: deck.notes };
}
