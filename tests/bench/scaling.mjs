// scaling.mjs [DECKSD] [--seconds S]
//
// What stands in docs/scaling.md: a site behind Varnish, and on two nodes behind HAProxy while one of them goes and comes
// back, under full load of 32 connections. What counts is how little reaches decksd, and that no request is lost.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { startDecksd } from "../lib/decksd.mjs";
import { countersOf, portOf, startHaproxy, startVarnish } from "../lib/fronts.mjs";
import { get } from "../lib/get.mjs";
import { freePort } from "../lib/port.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";
import { deckName, makeDeck } from "./decks.mjs";
import { atEnd, runBench } from "./session.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "6" } },
});
if (positionals[0]) process.env.DECKSD = path.resolve(positionals[0]);
const seconds = Number(values.seconds);

const DECKS = 100;
const SLIDES = 20;
const CONNECTIONS = 32;
const run = promisify(execFile);
const visits = fileURLToPath(new URL("visits.lua", import.meta.url));
const thousands = (number) => Math.round(number).toLocaleString("en");
const percent = (part, whole) => `${((part / whole) * 100).toFixed(part / whole > 0.99 ? 2 : 0)} %`;
const kilobytes = (bytes) => `${thousands(bytes / 1000)} KB`;

async function makeSite(root) {
  for (let i = 0; i < DECKS; i++) {
    await mkdir(path.join(root, deckName(i)), { recursive: true });
    await writeFile(path.join(root, deckName(i), "deck.md"), makeDeck(i, SLIDES));
  }
}

/** The index, and every deck's page with all that it loads, as visitors without anything stored ask for them. */
async function addressesOf(server) {
  const pages = ["/", ...Array.from({ length: DECKS }, (_, i) => `/${deckName(i)}/`)];
  const addresses = [];
  for (const page of pages) {
    const { text } = await get(new URL(page, server.url));
    const loaded = [...text.matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]*\/_\/[^"]+|_\/[^"]+)"/g)];
    addresses.push(page, ...loaded.map(([, reference]) => new URL(reference, new URL(page, server.url)).pathname));
  }
  return addresses;
}

/** Full load for so many seconds, in the middle of which `change` happens: what wrk has counted, and `told` by it. */
async function load(port, list, change = async () => {}) {
  const args = ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "-s", visits, `http://127.0.0.1:${port}`, "--", list];
  const [{ stdout }, told] = await Promise.all([run("wrk", args), delay((seconds / 3) * 1000).then(change)]);
  return { ...JSON.parse(stdout.trim().split("\n").pop()), told };
}

async function behindVarnish(place, list, addresses) {
  const root = path.join(place, "cached");
  await makeSite(root);
  const node = await startDecksd({ root });
  atEnd(node.stop);
  const varnish = await startVarnish(place, portOf(node));
  atEnd(varnish.stop);
  const deck = path.join(deckName(0), "deck.md");

  async function showEdition() {
    const begun = performance.now();
    await writeFile(path.join(root, deck), "# A talk that is quite another one\n");
    process.kill(node.pid, "SIGHUP");
    const page = { port: varnish.port, path: `/${deckName(0)}/` };
    await until(async () => (await get(page)).text.includes("quite another one"), "the new edition");
    return `, shown after ${thousands(performance.now() - begun)} ms`;
  }

  console.log(
    "\n| visitors of Varnish | requests | of which decksd answered 200 | 304 | answered by Varnish alone | sent to visitors | by decksd |",
  );
  console.log("|---|---|---|---|---|---|---|");
  async function row(what, ask) {
    const before = await countersOf(node);
    const { requests, bytes, told = "", lost } = await ask();
    if (lost) throw new Error(`${what}: ${lost} requests were lost`);
    const after = await countersOf(node);
    const [whole, again] = [after.ok - before.ok, after.notModified - before.notModified];
    const cells = [what + told, thousands(requests), thousands(whole), thousands(again)];
    cells.push(percent(requests - whole - again, requests), kilobytes(bytes), kilobytes(after.bytes - before.bytes));
    console.log(`| ${cells.join(" | ")} |`);
  }
  await row("the first visit of each deck", async () => {
    let bytes = 0;
    for (const target of addresses) {
      const answer = await get({ port: varnish.port, path: target }, { headers: { "Accept-Encoding": "gzip" } });
      if (answer.status !== 200) throw new Error(`${target}: ${answer.status}`);
      bytes += answer.body.length;
    }
    return { requests: addresses.length, bytes };
  });
  await row("full load", () => load(varnish.port, list));
  await row("full load, a deck changed meanwhile", () => load(varnish.port, list, showEdition));
}

/** What HAProxy counts, by server: {one: {stot, wretr, …}, two: …}. */
async function countedBy(socket) {
  const client = net.connect(socket).setEncoding("utf8");
  client.end("show stat\n");
  let said = "";
  for await (const text of client) said += text;
  const [head, ...lines] = said.trim().split("\n");
  const names = head.slice(2).split(",");
  const rows = lines.map((line) => Object.fromEntries(line.split(",").map((value, i) => [names[i], value])));
  return Object.fromEntries(rows.filter(({ pxname }) => pxname === "nodes").map((it) => [it.svname, it]));
}

async function behindHaproxy(place, list) {
  const roots = ["one", "two"].map((name) => path.join(place, name));
  const ports = [await freePort(), await freePort()];
  const nodes = [];
  for (const root of roots) await makeSite(root);
  const start = async (i) => {
    nodes[i] = await startDecksd({
      root: roots[i],
      at: ["--port", String(ports[i]), "--bind", "127.0.0.1"],
    });
  };
  for (const i of [0, 1]) {
    await start(i);
    atEnd(() => nodes[i].stop());
  }
  const socket = path.join(place, "haproxy.sock");
  const proxy = await startHaproxy(place, ports, `\nglobal\n    stats socket ${socket} mode 600\n`);
  atEnd(proxy.stop);

  console.log("\n| meanwhile | requests | a second | lost | by node one | two | asked again | slowest |");
  console.log("|---|---|---|---|---|---|---|---|");
  async function row(what, change) {
    const before = await countedBy(socket);
    const { requests, seconds, lost, slowest } = await load(proxy.port, list, change);
    const after = await countedBy(socket);
    const count = (server, name) => Number(after[server][name]) - Number(before[server][name]);
    const [one, two] = ["one", "two"].map((name) => count(name, "hrsp_2xx"));
    const again = ["one", "two"].reduce((sum, name) => sum + count(name, "wretr") + count(name, "wredis"), 0);
    const cells = [what, thousands(requests), thousands(requests / seconds), lost];
    cells.push(percent(one, one + two), percent(two, one + two), again, `${slowest.toFixed(0)} ms`);
    console.log(`| ${cells.join(" | ")} |`);
  }
  await row("nothing");
  await row("a deck is changed on both, and both reload", async () => {
    for (const root of roots) await writeFile(path.join(root, deckName(1), "deck.md"), "# Another talk\n");
    await Promise.all(nodes.map((node) => node.reload()));
  });
  await row("node one is stopped", () => nodes[0].stop());
  await row("it is started again", () => start(0));
  await row("node one is killed (`kill -9`)", () => nodes[0].kill());
  await row("it is started again", () => start(0));
}

await runBench({ commands: ["wrk"] }, async () => {
  const directory = await temporaryDirectory("scaling");
  atEnd(directory.remove);
  const root = path.join(directory.path, "asked");
  await makeSite(root);
  const server = await startDecksd({ root });
  const addresses = await addressesOf(server).finally(() => server.stop());
  const list = path.join(directory.path, "addresses");
  await writeFile(list, `${addresses.join("\n")}\n`);
  console.log(
    `${os.cpus().length} × ${os.cpus()[0].model}, Linux ${os.release()}, load ${os.loadavg()[0].toFixed(1)}; ${DECKS} decks of ` +
      `${SLIDES} slides, ${addresses.length} addresses, ${CONNECTIONS} connections, ${seconds} s for each row of full load`,
  );
  await behindVarnish(directory.path, list, addresses);
  await behindHaproxy(directory.path, list);
});
