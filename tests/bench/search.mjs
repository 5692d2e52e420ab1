// search.mjs DECKSD [--decks N] [--slides N] [--rounds N]
//
// What a search costs in the server: CPU time of an answer, from many of the same, beside the goal of 20 ms; and the memory
// of the index, and of what searches leave open.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { deckName, makeDeck } from "./decks.mjs";
import { cpuSeconds } from "./rivals.mjs";
import { atEnd, runBench } from "./session.mjs";

const GOAL = 20; // milliseconds

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    decks: { type: "string", default: "1000" },
    slides: { type: "string", default: "40" },
    rounds: { type: "string", default: "100" },
  },
});
const binary = path.resolve(positionals[0] ?? "build/decksd");
const decks = Number(values.decks);
const slides = Number(values.slides);
const rounds = Number(values.rounds);

// The decks are made of few words, so each of them is in every deck: nothing is harder to rank and to show.
const QUESTIONS = [
  ["a word that all talks have", "network"],
  ["three words that all talks have", "network latency buffer"],
  ["words side by side", '"network latency"'],
  ["the beginning of words", "be"],
  ["a number that one talk has", String(decks - 1)],
  ["a mistyped word", "netwrok"],
  ["a word that nothing has", "xylophone"],
  ["a script without spaces", "全文検索"],
  ["as much as is taken", "network latency buffer server page slide talk audience memory cache ".repeat(60)],
];

async function searchMemory(url) {
  const metrics = await (await fetch(`${url}_/metrics`)).text();
  return Number(/^decksd_search_memory_bytes (\d+)/m.exec(metrics)[1]);
}

async function ask(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

await runBench({ files: [binary] }, async () => {
  const directory = await temporaryDirectory("search");
  atEnd(directory.remove);
  for (let i = 0; i < decks; i++) {
    const folder = path.join(directory.path, deckName(i));
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "deck.md"), makeDeck(i, slides));
  }
  const server = await startDecksd({ root: directory.path, binary, timeout: 300_000 });
  atEnd(server.stop);
  console.log(`${decks} decks of ${slides} slides\n`);
  const loaded = await searchMemory(server.url);
  console.log("| search for | talks | CPU ms | goal |\n|---|---|---|---|");
  for (const [what, words] of QUESTIONS) {
    const url = `${server.url}search.json?q=${encodeURIComponent(words)}`;
    const { total } = await ask(url);
    const before = cpuSeconds([server.pid]);
    for (let i = 0; i < rounds; i++) await ask(url);
    const each = ((cpuSeconds([server.pid]) - before) / rounds) * 1e3;
    console.log(`| ${what} | ${total} | ${each.toFixed(1)} | ≤ ${GOAL} |`);
  }
  const megabytes = [loaded, await searchMemory(server.url)].map((bytes) => (bytes / 1e6).toFixed(1));
  console.log(`\nMemory for searching: ${megabytes.join(" MB, and after the searches ")} MB`);
});
