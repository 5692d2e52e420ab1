// load.mjs DECKSD [--decks N]
//
// What loading costs, as ratios: beside the bare libraries on the same bytes, with ten times the decks, with pictures,
// at a reload, after a kill, in memory, and for decks that repeat one odd thing. All times are CPU time, user and system,
// but for those until it serves.

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startDecksd } from "../lib/decksd.mjs";
import { freePort } from "../lib/port.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { deckName, makeDeck, ODD_DECKS } from "./decks.mjs";
import { cpuSeconds } from "./rivals.mjs";
import { atEnd, runBench } from "./session.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { decks: { type: "string", default: "1000" }, slides: { type: "string", default: "40" } },
});
const binary = path.resolve(positionals[0] ?? "build/decksd");
const tools = path.join(path.dirname(binary), "tests/tools");
const NEEDS = { files: [binary, path.join(tools, "bare"), path.join(tools, "loaddeck")] };
const many = Number(values.decks);
const few = Math.round(many / 10);
const slides = Number(values.slides);

function run(file, args, input) {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { maxBuffer: 1 << 26 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin.end(input);
  });
}

async function makeRoot(root, count) {
  for (let i = 0; i < count; i++) {
    await mkdir(path.join(root, deckName(i)), { recursive: true });
    await writeFile(path.join(root, deckName(i), "deck.md"), makeDeck(i, slides));
  }
}

/** Resident memory; what is of files is shared with every other process that maps them. */
function residentBytes(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
}

async function start(root) {
  const server = await startDecksd({ root, binary, timeout: 300_000 });
  atEnd(server.stop);
  const { pid } = server;
  return {
    ...server,
    cpu: cpuSeconds([pid]),
    memory: residentBytes(pid),
    /** CPU seconds of a reload. */
    async reload() {
      const before = cpuSeconds([pid]);
      const heard = server.output().length;
      process.kill(pid, "SIGHUP");
      while (!/reloaded .*\n/.test(server.output().slice(heard))) {
        process.kill(pid, 0); // throws if it is gone
        await delay(10);
      }
      await delay(50); // the old edition is freed behind the message
      return cpuSeconds([pid]) - before;
    },
  };
}

/** Starts, takes the figures, stops. */
async function measure(root) {
  const server = await start(root);
  await server.stop();
  return server;
}

/** Milliseconds until it serves, at a port of its own: from the cold, and once it was killed with clients connected. */
async function benchKill(root) {
  const times = { cold: [], again: [] };
  for (let round = 0; round < 5; round++) {
    const at = ["--port", String(await freePort()), "--bind", "127.0.0.1"];
    for (const kind of ["cold", "again"]) {
      const begun = performance.now();
      const server = await startDecksd({ root, binary, at, timeout: 300_000 });
      times[kind].push(performance.now() - begun);
      await bodyOf(server.url);
      await (kind === "cold" ? server.kill() : server.stop());
    }
  }
  const [cold, again] = [times.cold, times.again].map((all) => all.sort((a, b) => a - b)[2]);
  row("ready after kill -9 ÷ cold start", again / cold, "≤ 1.2", `${again.toFixed(0)} ms, ${cold.toFixed(0)} ms`);
}

async function bodyOf(url) {
  const response = await fetch(url, { headers: { "Accept-Encoding": "identity" } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** The pages of decks and talks as files, and the bytes that the server keeps ready of all that it has. */
async function takePages(url, directory) {
  const names = [];
  const decks = Array.from({ length: many }, (_, i) => `${deckName(i)}/`);
  for (const page of ["", ...decks, ...decks.map((deck) => `${deck}about`)]) {
    const file = path.join(directory, `${names.length}.html`);
    await writeFile(file, await bodyOf(url + page));
    names.push(file);
  }
  const metrics = await (await fetch(`${url}_/metrics`)).text();
  return { names, bytes: Number(/^decksd_representation_bytes (\d+)/m.exec(metrics)[1]) };
}

const rows = [];
function row(what, ratio, goal, figures) {
  rows.push([what, ratio, goal, figures]);
  console.log(`| ${what} | ${typeof ratio === "number" ? ratio.toFixed(3) : ratio} | ${goal} | ${figures} |`);
}

const seconds = (value) => `${value.toFixed(2)} s`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

async function benchOdd(directory) {
  for (const [name, make] of Object.entries(ODD_DECKS)) {
    const times = [];
    for (const length of [50_000, 500_000]) {
      await writeFile(path.join(directory, `${length}.md`), make(length));
      times.push(Number(await run(path.join(tools, "loaddeck"), [directory, `${length}.md`])));
    }
    row(`ten times as much of: ${name}`, times[1] / times[0], "≤ 11", `${times[0]} ms, ${times[1]} ms`);
  }
}

await runBench(NEEDS, async () => {
  const directory = await temporaryDirectory("load");
  atEnd(directory.remove);
  const inside = (name) => path.join(directory.path, name);
  console.log(`${many} decks of ${slides} slides, ${availableParallelism()} threads, CPU time\n`);
  console.log("| figure | ratio | goal | from |\n|---|---|---|---|");
  await makeRoot(inside("many"), many);
  await makeRoot(inside("few"), few);
  await mkdir(inside("pages"));
  await mkdir(inside("odd"));

  const server = await start(inside("many"));
  const pages = await takePages(server.url, inside("pages"));
  const sources = Array.from({ length: many }, (_, i) => path.join(inside("many"), deckName(i), "deck.md"));
  const bare = Number(
    await run(path.join(tools, "bare"), [`${availableParallelism()}`], [...sources, ...pages.names].join("\n")),
  );
  row("load ÷ bare libraries", server.cpu / bare, "≤ 1.5", `${seconds(server.cpu)}, ${seconds(bare)}`);

  const rounds = 5;
  let changed = 0;
  await server.reload(); // takes in what changed just before the start
  for (let i = 0; i < rounds; i++) {
    await writeFile(path.join(inside("many"), deckName(i), "deck.md"), makeDeck(many + i, slides));
    changed += (await server.reload()) / rounds;
  }
  row("reload with one deck changed ÷ load", changed / server.cpu, "≤ 0.02", `${seconds(changed)}`);
  const grown = residentBytes(server.pid);
  row("memory after reloads ÷ before", grown / server.memory, "–", megabytes(grown));
  await server.stop();

  await benchKill(inside("few"));
  const smalls = [];
  for (let i = 0; i < 3; i++) smalls.push(await measure(inside("few")));
  const small = smalls.sort((a, b) => a.cpu - b.cpu)[1];
  row("ten times the decks: time", server.cpu / small.cpu, "≤ 11", `${seconds(small.cpu)}`);
  row("ten times the decks: memory", server.memory / small.memory, "≤ 10.5", megabytes(small.memory));
  const room = 1.3 * pages.bytes + 12e6;
  row(
    "memory ÷ (1.3 × bytes of all forms + 12 MB)",
    server.memory / room,
    "≤ 1",
    `${megabytes(server.memory)} for ${megabytes(pages.bytes)}`,
  );
  for (let i = 0; i < 50; i++)
    await writeFile(path.join(inside("few"), deckName(i % few), `${i}.png`), randomBytes(2e6));
  const pictures = await measure(inside("few"));
  row("memory for 100 MB of pictures", megabytes(pictures.memory - small.memory), "≤ 2 MB", megabytes(pictures.memory));
  await benchOdd(inside("odd"));
});
