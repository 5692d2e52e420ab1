// soak.mjs [SECONDS]: decksd under full load for a time (120), while everything around it changes: a reload every second,
// decks that appear, break and vanish, clients that go in the middle of an answer. Ends with what memory and descriptors
// did, and badly if any request failed, memory grew by more than 2 % after the first sixth, or descriptors were lost.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { deckName, makeDeck } from "../bench/decks.mjs";
import { startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const seconds = Number(process.argv[2] ?? 120);
const STEADY = 40; // decks that are always there
const CLIENTS = 24;
const GROWTH = 1.02;

const place = await temporaryDirectory("soak");
const root = path.join(place.path, "decks");
for (let i = 0; i < STEADY; i++) write(i, makeDeck(i, 12));
writeFileSync(path.join(root, "film.bin"), Buffer.alloc(3_000_000, "frame"));

function write(i, text) {
  const directory = path.join(root, deckName(i));
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "deck.md"), text);
}

const server = await startDecksd({ root });
const { port } = new URL(server.url);
const agent = new http.Agent({ keepAlive: true, maxSockets: CLIENTS });
const end = Date.now() + seconds * 1000;
const failures = [];
let answered = 0;
let reloads = 0;

/** Whole, with the length it was said to have; an entity tag that is the content's own. */
const known = new Map(); // entity tag → length
function ask(target, headers, allowed) {
  return new Promise((done) => {
    const request = http.get({ port, path: target, agent, headers, timeout: 20000 }, (answer) => {
      let length = 0;
      answer.on("data", (chunk) => (length += chunk.length));
      answer.on("error", (error) => failures.push(`${target}: ${error.message}`));
      answer.on("close", () => {
        const { etag, "content-length": said } = answer.headers;
        if (!allowed.includes(answer.statusCode)) failures.push(`${target}: ${answer.statusCode}`);
        else if (answer.statusCode === 200 && said !== undefined && Number(said) !== length)
          failures.push(`${target}: ${length} bytes of ${said}`);
        else if (answer.statusCode === 200 && known.has(etag) && known.get(etag) !== length)
          failures.push(`${target}: ${etag} with ${length} and with ${known.get(etag)} bytes`);
        if (answer.statusCode === 200) known.set(etag, length);
        answered++;
        done();
      });
    });
    request.on("timeout", () => request.destroy(new Error("no answer in 20 s")));
    request.on("error", (error) => {
      failures.push(`${target}: ${error.message}`);
      done();
    });
  });
}

const chance = (n) => Math.floor(Math.random() * n);

async function client() {
  while (Date.now() < end) {
    const steady = `/${deckName(chance(STEADY))}/`;
    await ask(steady, { "Accept-Encoding": ["gzip", "br", "identity"][chance(3)] }, [200]);
    await ask("/", { "Accept-Encoding": "gzip" }, [200]);
    await ask(`/search?q=${["server", "cache+me", "h%C3%A4", "%22"][chance(4)]}`, {}, [200]);
    await ask("/film.bin", { Range: `bytes=${chance(2_000_000)}-` }, [206]);
    await ask(`/${deckName(STEADY + chance(10))}/`, {}, [200, 404]); // it comes and goes
    await ask("/nowhere", {}, [404]);
  }
}

/** Asks for something large, or for half of something, and is gone. */
async function vanish() {
  while (Date.now() < end) {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(["GET /film.bin HTTP/1.1\r\nHost: a\r\n\r\n", "GET /film.b", "\x16\x03\x01"][chance(3)]);
    await delay(chance(20));
    if (chance(2)) socket.resetAndDestroy();
    else socket.destroy();
    await delay(5);
  }
}

async function change() {
  for (let round = 0; Date.now() < end; round++) {
    const i = STEADY + (round % 10);
    const kind = chance(4);
    if (kind === 0) rmSync(path.join(root, deckName(i)), { recursive: true, force: true });
    else if (kind === 1) write(i, "---\ntitle: [broken\n---\n# Never\n");
    else write(i, makeDeck(round, 5 + chance(10)));
    process.kill(server.pid, "SIGHUP");
    reloads++;
    await delay(1000);
  }
}

const status = (name) =>
  Number(readFileSync(`/proc/${server.pid}/status`, "utf8").match(new RegExp(`^${name}:\\s+(\\d+)`, "m"))[1]);
const samples = [];
async function watch() {
  for (let i = 1; Date.now() < end; i++) {
    await delay(500);
    const sample = {
      at: Math.round(seconds - (end - Date.now()) / 1000),
      memory: status("VmRSS"),
      descriptors: readdirSync(`/proc/${server.pid}/fd`).length,
    };
    samples.push(sample);
    if (i % Math.ceil(seconds / 6) !== 0) continue; // a dozen lines in all
    console.log(
      `${String(sample.at).padStart(6)} s  ${sample.memory} KB  ${sample.descriptors} descriptors  ${answered} answers  ${reloads} reloads  ${failures.length} failed`,
    );
  }
}

/** The most of a stretch: memory goes up and down with every reload. */
const most = (list, name) => Math.max(...list.map((sample) => sample[name]));

await Promise.all([change(), watch(), vanish(), vanish(), ...Array.from({ length: CLIENTS }, client)]);
agent.destroy();
await delay(1500);
const idle = readdirSync(`/proc/${server.pid}/fd`).length;
const settled = samples.slice(Math.ceil(samples.length / 6));
const half = Math.ceil(settled.length / 2);
const growth = most(settled.slice(half), "memory") / most(settled.slice(0, half), "memory");
await server.stop();
await place.remove();

console.log(
  `\n${answered} answers, ${reloads} reloads, ${failures.length} failed; memory ${growth.toFixed(3)} × (≤ ${GROWTH}); ${idle} descriptors at rest`,
);
for (const failure of failures.slice(0, 20)) console.log(`failed: ${failure}`);
const good = failures.length === 0 && growth <= GROWTH && idle <= samples[0].descriptors;
process.exit(good ? 0 : 1);
