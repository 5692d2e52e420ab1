// run.mjs [DECKSD] [--rounds N] [--seconds S] [--case WORDS]
//
// What a request costs decksd (one thread) beside nginx (one worker) and a floor that only writes a fixed response:
// CPU for each request, requests a second, response times at a fixed rate, memory, and what a second thread brings.
// The rounds alternate between the servers, medians are shown, and what counts are the ratios beside their goals.

import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { get, idleMemory, load, percentile } from "./generators.mjs";
import { KEY_COSTLY, KEY_USUAL, makeCertificate, startDecksd, startFloor, startNginx, writeFiles } from "./rivals.mjs";
import { atEnd, runBench } from "./session.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    case: { type: "string", default: "" },
  },
});
const binary = path.resolve(positionals[0] ?? "build/decksd");
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const tools = path.join(path.dirname(binary), "tests/tools");
const floor = path.join(tools, "floor");
const openloop = path.join(tools, "openloop");
const NEEDS = { commands: ["taskset", "nginx", "openssl", "wrk", "h2load"], files: [binary, floor, openloop] };

const PAGE = "/talk/";
const GZIP = ["Accept-Encoding: gzip"];
const FASTER = { perSecond: 1 };
const CASES = [
  { name: "deck page, gzip", path: PAGE, headers: GZIP, floor: true, goals: { cpu: 0.88, floor: 1.25, ...FASTER } },
  { name: "deck page, 1,000 connections", path: PAGE, headers: GZIP, connections: 1000, goals: FASTER },
  { name: "deck page, log kept", path: PAGE, headers: GZIP, server: "logging", goals: FASTER },
  { name: "deck page, TLS", path: PAGE, headers: GZIP, server: "secure", goals: FASTER },
  { name: "304", path: PAGE, headers: GZIP, conditional: true, goals: { cpu: 0.95, ...FASTER } },
  { name: "picture, 100 KB", path: "/talk/picture.png", goals: FASTER },
  {
    name: "64 KB of a 50 MB video",
    path: "/talk/video.mp4",
    headers: ["Range: bytes=20000000-20065535"],
    goals: FASTER,
  },
  {
    name: "new connection each",
    path: PAGE,
    headers: [...GZIP, "Connection: close"],
    goals: { cpu: 0.95, ...FASTER },
  },
];
const RATES = [20000, 60000];
const P99_GOAL = 1.1;
const IDLE_CONNECTIONS = 5000;
const IDLE_KILOBYTES_GOAL = 5;
const HANDSHAKES = 200;
const THREADS_GOAL = 0.9; // of what the cores have room for: 1.8 of 2

const ALL_CORES = `0-${os.cpus().length - 1}`;

const missed = [];

function wanted(name) {
  return name.toLowerCase().includes(values.case.toLowerCase());
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** A figure with its goal, which is remembered if it is missed. */
function judged(what, figure, goal, { least = false, digits = 2 } = {}) {
  const text = figure.toFixed(digits);
  if (goal === undefined) return text;
  const met = least ? Number(text) >= goal : Number(text) <= goal;
  if (!met) missed.push(`${what}: ${text}, wanted ${least ? "≥" : "≤"} ${goal}`);
  return `${met ? text : `**${text}**`} (${least ? "≥" : "≤"} ${goal})`;
}

function urlFor(server, test) {
  if (test.server === "secure") return `https://127.0.0.1:${server.tlsPort}${test.path}`;
  return `http://127.0.0.1:${(test.server === "logging" && server.logPort) || server.port}${test.path}`;
}

/** What this server has to be asked: a conditional request needs its own entity tag. */
async function headersFor(server, test) {
  if (!test.conditional) return test.headers ?? [];
  const { headers } = await get(server.port, test.path, { "Accept-Encoding": "gzip" });
  return [...test.headers, `If-None-Match: ${headers.etag}`];
}

async function measure(test, servers) {
  const figures = servers.map(() => []);
  const headers = await Promise.all(servers.map((server) => headersFor(server, test)));
  for (let round = 0; round < rounds; round++)
    for (const [i, server] of servers.entries())
      figures[i].push(await load(server, urlFor(server, test), { ...test, seconds, headers: headers[i] }));
  return figures.map((list) => ({
    cpu: median(list.map((figure) => figure.cpu)),
    perSecond: median(list.map((figure) => figure.perSecond)),
  }));
}

async function throughput({ nginx, floor, ...ours }) {
  console.log("\n| case | decksd, CPU µs | nginx | floor | CPU ÷ nginx | CPU ÷ floor | requests/s | ÷ nginx |");
  console.log("|---|---|---|---|---|---|---|---|");
  for (const test of CASES.filter(({ name }) => wanted(name))) {
    const { name, goals } = test;
    const rivals = test.floor ? [nginx, floor] : [nginx];
    const server = ours[test.server ?? "decksd"];
    const [own, theirs, least] = await measure(test, [server, ...rivals]);
    const cells = [
      name,
      own.cpu.toFixed(1),
      theirs.cpu.toFixed(1),
      least ? least.cpu.toFixed(1) : "–",
      judged(`${name}, CPU ÷ nginx`, own.cpu / theirs.cpu, goals.cpu),
      least ? judged(`${name}, CPU ÷ floor`, own.cpu / least.cpu, goals.floor) : "–",
      own.perSecond.toFixed(0),
      judged(`${name}, requests/s ÷ nginx`, own.perSecond / theirs.perSecond, goals.perSecond, { least: true }),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

async function responseTimes({ decksd, nginx }) {
  console.log("\n| 99th percentile at | decksd, µs | nginx | ratio | answered in time, decksd, nginx |");
  console.log("|---|---|---|---|---|");
  for (const rate of RATES) {
    const [ours, theirs] = [[], []];
    for (let round = 0; round < rounds; round++) {
      ours.push(await percentile(openloop, decksd, PAGE, { rate, seconds, headers: GZIP }));
      theirs.push(await percentile(openloop, nginx, PAGE, { rate, seconds, headers: GZIP }));
    }
    const [a, b] = [ours, theirs].map((list) => median(list.map(({ p99 }) => p99)));
    const [x, y] = [ours, theirs].map((list) => `${(median(list.map((each) => each.answered)) * 100).toFixed(0)} %`);
    const ratio = judged(`p99 at ${rate}/s ÷ nginx`, a / b, P99_GOAL);
    console.log(`| ${rate} requests/s | ${a} | ${b} | ${ratio} | ${x}, ${y} |`);
  }
}

/** In processes that have served nobody before, whose allocators hold nothing back. */
async function memory(start) {
  const kilobytes = {};
  for (const [name, starter] of Object.entries(start)) {
    const server = await starter();
    kilobytes[name] = (await idleMemory(server, PAGE, IDLE_CONNECTIONS)) / 1024;
    await server.stop();
  }
  console.log(`\n| KB of memory for each of ${IDLE_CONNECTIONS} idle connections | |\n|---|---|`);
  for (const [name, figure] of Object.entries(kilobytes)) {
    const goal = name === "nginx" ? undefined : IDLE_KILOBYTES_GOAL;
    console.log(`| ${name} | ${judged(`memory of an idle connection, ${name}`, figure, goal, { digits: 1 })} |`);
  }
}

/** What `threads` could do, requests a second, with a client of one thread on the same cores. */
function bound(threads, { cpu, clientCpu }) {
  return 1e6 / Math.max(cpu / threads, clientCpu, (cpu + clientCpu) / os.cpus().length);
}

/** A second thread, where a request costs the server most: with a TLS handshake for each. */
async function secondThread(start) {
  const servers = [await start(1), await start(2)];
  const test = { path: PAGE, server: "secure", headers: [], handshakes: HANDSHAKES, cores: ALL_CORES };
  const figures = [[], []];
  for (let round = 0; round < rounds; round++)
    for (const [i, server] of servers.entries()) figures[i].push(await load(server, urlFor(server, test), test));
  for (const server of servers) await server.stop();
  const [one, two] = figures.map((list) => median(list.map(({ perSecond }) => perSecond)));
  const costs = {
    cpu: median(figures[0].map(({ cpu }) => cpu)),
    clientCpu: median(figures[0].map(({ clientCpu }) => clientCpu)),
  };
  const room = bound(2, costs) / bound(1, costs);
  const share = judged("second thread ÷ room", two / one / room, THREADS_GOAL, { least: true });
  console.log(
    "\n| a TLS handshake (RSA 4096) for each request | one thread, requests/s | two | ratio | room for | ratio ÷ room |",
  );
  console.log("|---|---|---|---|---|---|");
  console.log(
    `| server ${costs.cpu.toFixed(0)} µs, client ${costs.clientCpu.toFixed(0)} µs | ${one.toFixed(0)} | ${two.toFixed(0)} | ` +
      `${(two / one).toFixed(2)} | ${room.toFixed(2)} | ${share} |`,
  );
}

function makeDeck() {
  const slide = (n) =>
    `## Slide ${n}\n\n${"Words that a speaker would say, and some more of them. ".repeat(4)}\n\n- one\n- two\n`;
  return `# A talk\n\n---\n\n${Array.from({ length: 20 }, (_, n) => slide(n + 1)).join("\n---\n\n")}`;
}

async function writeDeck(deck) {
  const content = { picture: randomBytes(100 * 1024), video: randomBytes(50 * 1024 * 1024) };
  await mkdir(deck, { recursive: true });
  await writeFile(path.join(deck, "deck.md"), makeDeck());
  await writeFile(path.join(deck, "picture.png"), content.picture);
  await writeFile(path.join(deck, "video.mp4"), content.video);
  return content;
}

/** Everybody serves what decksd answers; the floor with its header fields too. */
async function startAll(directory, tls) {
  const root = path.join(directory, "decks");
  const html = path.join(directory, "html");
  const { picture, video } = await writeDeck(path.join(root, "talk"));
  const decksd = await startDecksd(binary, root);
  const page = await get(decksd.port, PAGE);
  const gzip = await get(decksd.port, PAGE, { "Accept-Encoding": "gzip" });
  await writeFiles(html, {
    "index.html": { body: page.body },
    "talk/index.html": { body: page.body, gzip: gzip.body },
    "talk/picture.png": { body: picture },
    "talk/video.mp4": { body: video },
  });
  const fields = Object.entries(gzip.headers)
    .filter(([name]) => !["content-length", "connection", "keep-alive"].includes(name))
    .map(([name, value]) => `${name}: ${value}`);
  const isSecure = CASES.some((test) => test.server === "secure" && wanted(test.name));
  return {
    root,
    html,
    page,
    gzip,
    decksd,
    secure: isSecure && (await startDecksd(binary, root, { tls })),
    logging: await startDecksd(binary, root, { accessLog: path.join(directory, "access.log") }),
    nginx: await startNginx(directory, html, tls),
    floor: await startFloor(floor, path.join(html, "talk/index.html.gz"), fields),
  };
}

await runBench(NEEDS, async () => {
  const directory = await temporaryDirectory("bench");
  atEnd(directory.remove);
  const tls = makeCertificate(directory.path, "usual", KEY_USUAL);
  const all = await startAll(directory.path, tls);

  console.log(
    `${os.cpus().length} × ${os.cpus()[0].model}, Linux ${os.release()}, load ${os.loadavg()[0].toFixed(1)}; ` +
      `page ${all.page.body.length} bytes, gzip ${all.gzip.body.length}; ` +
      `medians of ${rounds} rounds of ${seconds} s; goals in brackets, missed ones bold`,
  );
  await throughput(all);
  if (wanted("p99")) await responseTimes(all);
  for (const server of [all.decksd, all.logging, all.secure, all.nginx, all.floor]) if (server) await server.stop();
  const idle = (settings) => () => startDecksd(binary, all.root, { idleTimeout: 600, ...settings });
  if (wanted("memory")) {
    const starters = {
      decksd: idle(),
      "decksd, headerLimit 3 KiB": idle({ headerLimit: "3 KiB" }),
      nginx: () => startNginx(directory.path, all.html, tls),
    };
    await memory(starters);
  }
  if (wanted("threads")) {
    const costly = makeCertificate(directory.path, "costly", KEY_COSTLY);
    await secondThread((threads) => startDecksd(binary, all.root, { tls: costly, threads, cores: ALL_CORES }));
  }
  console.log(missed.length ? `\nMissed:\n${missed.map((each) => `- ${each}`).join("\n")}` : "\nAll goals reached.");
});
