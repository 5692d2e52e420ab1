// run.mjs DECKSD [--rounds N] [--seconds S] [--case NAME]
//
// CPU per request and requests per second of decksd (one thread) beside nginx (one worker) and a floor that only
// writes a fixed response; the rounds alternate, medians are shown, and what counts are the ratios.

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { request } from "node:http";
import net from "node:net";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { CLIENT_CORE, cpuSeconds, privateBytes, startDecksd, startFloor, startNginx } from "./rivals.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    case: { type: "string" },
  },
});
const [binary] = positionals;
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

const tools = path.join(path.dirname(binary), "tests/tools");
const PAGE = "/talk/";
const CASES = [
  { name: "deck page, gzip", path: PAGE, headers: ["Accept-Encoding: gzip"], floor: true },
  { name: "deck page, 1,000 connections", path: PAGE, headers: ["Accept-Encoding: gzip"], connections: 1000 },
  { name: "304", path: PAGE, conditional: true },
  { name: "picture, 100 KB", path: "/talk/picture.png" },
  { name: "range of a 50 MB video", path: "/talk/video.mp4", headers: ["Range: bytes=20000000-20065535"] },
  { name: "new connection each", path: PAGE, headers: ["Accept-Encoding: gzip", "Connection: close"] },
];

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function get(port, target, headers = {}) {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: target, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
      );
    })
      .on("error", reject)
      .end();
  });
}

/** What this server has to be asked: a conditional request needs its own entity tag. */
async function headersFor(server, test) {
  const headers = [...(test.headers ?? [])];
  if (test.conditional) {
    const { headers: answered } = await get(server.port, test.path, { "Accept-Encoding": "gzip" });
    headers.push("Accept-Encoding: gzip", `If-None-Match: ${answered.etag}`);
  }
  return headers;
}

async function load(server, test, headers) {
  const connections = test.connections ?? 32;
  const before = cpuSeconds(server.pids);
  const { stdout } = await promisify(execFile)("taskset", [
    "-c",
    CLIENT_CORE,
    "wrk",
    "-t1",
    `-c${connections}`,
    `-d${seconds}s`,
    ...headers.flatMap((header) => ["-H", header]),
    `http://127.0.0.1:${server.port}${test.path}`,
  ]);
  const cpu = cpuSeconds(server.pids) - before;
  const requests = Number(/(\d+) requests in/.exec(stdout)[1]);
  if (/Non-2xx or 3xx/.test(stdout)) throw new Error(`${server.name} refused ${test.name}:\n${stdout}`);
  return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]), cpu: (cpu / requests) * 1e6 };
}

async function measure(test, servers) {
  const figures = new Map(servers.map((server) => [server, []]));
  const headers = new Map();
  for (const server of servers) headers.set(server, await headersFor(server, test));
  for (let round = 0; round < rounds; round++)
    for (const server of servers) figures.get(server).push(await load(server, test, headers.get(server)));
  return new Map(
    servers.map((server) => [
      server.name,
      {
        cpu: median(figures.get(server).map((figure) => figure.cpu)),
        perSecond: median(figures.get(server).map((figure) => figure.perSecond)),
      },
    ]),
  );
}

async function idleMemory(server, count) {
  const before = privateBytes(server.pids);
  const sockets = [];
  for (let i = 0; i < count; i++) {
    const socket = net.connect(server.port, "127.0.0.1");
    await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    socket.write(`GET ${PAGE} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n\r\n`);
    await new Promise((resolve) => socket.once("data", resolve));
    sockets.push(socket);
  }
  const after = privateBytes(server.pids);
  for (const socket of sockets) socket.destroy();
  return (after - before) / count;
}

/** Microseconds of the 99th percentile at a fixed rate, counted from the planned time of each request. */
async function p99(server, rate) {
  const { stdout } = await promisify(execFile)("taskset", [
    "-c",
    CLIENT_CORE,
    path.join(tools, "openloop"),
    String(server.port),
    PAGE,
    String(rate),
    String(seconds),
    "Accept-Encoding: gzip",
  ]);
  return Number(stdout.split(" ")[1]);
}

function ratio(figures, key, rival) {
  return figures.has(rival) ? (figures.get("decksd")[key] / figures.get(rival)[key]).toFixed(2) : "–";
}

function makeDeck() {
  const slide = (n) =>
    `## Slide ${n}\n\n${"Words that a speaker would say, and some more of them. ".repeat(4)}\n\n- one\n- two\n`;
  return `# A talk\n\n---\n\n${Array.from({ length: 20 }, (_, n) => slide(n + 1)).join("\n---\n\n")}`;
}

const directory = await temporaryDirectory("bench");
const deck = path.join(directory.path, "decks", "talk");
await mkdir(deck, { recursive: true });
const picture = randomBytes(100 * 1024);
const video = randomBytes(50 * 1024 * 1024);
await writeFile(path.join(deck, "deck.md"), makeDeck());
await writeFile(path.join(deck, "picture.png"), picture);
await writeFile(path.join(deck, "video.mp4"), video);

const decksd = await startDecksd(binary, path.join(directory.path, "decks"));
const page = await get(decksd.port, PAGE);
const gzip = await get(decksd.port, PAGE, { "Accept-Encoding": "gzip" });
const pageFile = path.join(directory.path, "page.gz");
await writeFile(pageFile, gzip.body);
const nginx = await startNginx(directory.path, {
  "index.html": { body: page.body },
  "talk/index.html": { body: page.body, gzip: gzip.body },
  "talk/picture.png": { body: picture },
  "talk/video.mp4": { body: video },
});
const floor = await startFloor(
  path.join(tools, "floor"),
  pageFile,
  Object.entries(gzip.headers)
    .filter(([name]) => !["content-length", "connection", "keep-alive"].includes(name))
    .map(([name, value]) => `${name}: ${value}`),
);

console.log(
  `page ${page.body.length} bytes, gzip ${gzip.body.length}; ${rounds} rounds of ${seconds} s a case, medians\n`,
);
console.log("| case | decksd µs/request | nginx | floor | CPU ÷ nginx | CPU ÷ floor | requests/s ÷ nginx |");
console.log("|---|---|---|---|---|---|---|");
for (const test of CASES.filter((each) => !values.case || each.name.includes(values.case))) {
  const figures = await measure(test, test.floor ? [decksd, nginx, floor] : [decksd, nginx]);
  const micros = (name) => figures.get(name)?.cpu.toFixed(1) ?? "–";
  console.log(
    `| ${test.name} | ${micros("decksd")} | ${micros("nginx")} | ${micros("floor")} | ${ratio(figures, "cpu", "nginx")} | ` +
      `${ratio(figures, "cpu", "floor")} | ${ratio(figures, "perSecond", "nginx")} |`,
  );
}
if (!values.case || "p99".includes(values.case)) {
  for (const rate of [20000, 60000]) {
    const figures = { ours: [], theirs: [] };
    for (let round = 0; round < rounds; round++) {
      figures.ours.push(await p99(decksd, rate));
      figures.theirs.push(await p99(nginx, rate));
    }
    const [ours, theirs] = [median(figures.ours), median(figures.theirs)];
    console.log(
      `\np99 at ${rate} requests/s: decksd ${ours} µs, nginx ${theirs} µs, ratio ${(ours / theirs).toFixed(2)}`,
    );
  }
}
if (!values.case || "memory".includes(values.case)) {
  const connections = 2000;
  const [ours, theirs] = [await idleMemory(decksd, connections), await idleMemory(nginx, connections)];
  console.log(
    `\nmemory per idle connection (${connections}): decksd ${(ours / 1024).toFixed(1)} KB, nginx ${(theirs / 1024).toFixed(1)} KB`,
  );
}
for (const server of [decksd, nginx, floor]) server.stop();
await directory.remove();
