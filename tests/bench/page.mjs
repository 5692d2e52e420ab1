// page.mjs DECKSD [--rounds N]
//
// What a visitor waits for: milliseconds until reveal.js is ready, cold and again, on loopback and on a slow line
// (150 ms there and back, 1.6 Mbit/s), with kilobytes and requests of the whole load; the same of reveal-md with the same
// deck. Medians over the rounds, behind one that is not counted: Chromium's own first pages are slower. Each visit begins in
// a window that has come to rest: of its own accord Chromium loads the popup of its address line into every new one.
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { launchChromium } from "../lib/chromium.mjs";
import { repository, startDecksd } from "../lib/decksd.mjs";
import { freePort } from "../lib/port.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { atEnd, runBench } from "./session.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "9" } },
});
if (positionals[0]) process.env.DECKSD = path.resolve(positionals[0]);
const rounds = Number(values.rounds);

const SLOW = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };
const REST_MS = 1000;
const GOALS = { cold: 600, again: 260, kilobytes: 95, requests: 8, ratio: 0.1 };

/** Twenty slides: text, lists, and code in one language. */
function deckText() {
  const slides = ["---\ntitle: A talk of twenty slides\ntheme: black\n---\n\n# A talk of twenty slides\n\nAs many are"];
  while (slides.length < 20) {
    const n = slides.length;
    slides.push(
      n % 4 === 3
        ? `## Code ${n}\n\n\`\`\`python [1|2-3]\ndef step_${n}(items):\n    for item in items:\n        yield item * ${n}\n\`\`\``
        : `## Point ${n}\n\n- what was done before it\n- what is **new** in number ${n}\n- what comes of it\n\nNote: Say it slowly.`,
    );
  }
  return `${slides.join("\n\n---\n\n")}\n`;
}

/** Notes in the page when reveal.js has marked its element as ready. */
function noteReadiness() {
  new MutationObserver((_changes, observer) => {
    if (!globalThis.document.querySelector(".reveal.ready")) return;
    globalThis.readyAfter = globalThis.performance.now();
    observer.disconnect();
  }).observe(globalThis.document, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
}

/** One visit: {ready, kilobytes, requests, reused}; requests that the browser's store answers are counted apart. */
async function visit(context, url, line) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  if (line) await session.send("Network.emulateNetworkConditions", line);
  const seen = { bytes: 0, requests: new Set(), reused: new Set() };
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url.startsWith("http")) seen.requests.add(requestId);
  });
  session.on("Network.requestServedFromCache", ({ requestId }) => seen.reused.add(requestId));
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.fromDiskCache) seen.reused.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (seen.requests.has(requestId)) seen.bytes += encodedDataLength;
  });
  await page.waitForTimeout(REST_MS);
  await page.goto(url);
  await page.waitForFunction(() => globalThis.readyAfter);
  await page.waitForLoadState("networkidle");
  const ready = await page.evaluate(() => globalThis.readyAfter);
  await page.close();
  const asked = [...seen.requests].filter((id) => !seen.reused.has(id)).length;
  return { ready, kilobytes: seen.bytes / 1000, requests: asked };
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

const medians = (visits) =>
  Object.fromEntries(["ready", "kilobytes", "requests"].map((key) => [key, median(visits.map((it) => it[key]))]));

async function measure(browser, url, line) {
  const cold = [];
  const again = [];
  for (let round = -1; round < rounds; round++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    await context.addInitScript(noteReadiness);
    const visits = [];
    for (let i = 0; i < 3; i++) visits.push(await visit(context, url, line));
    await context.close();
    if (round < 0) continue;
    cold.push(visits[0]);
    again.push(visits[2]);
  }
  return { cold: medians(cold), again: medians(again) };
}

function print(name, { cold, again }) {
  for (const [kind, { ready, kilobytes, requests }] of Object.entries({ cold, again }))
    console.log(
      `${name.padEnd(28)}${kind.padEnd(8)}${ready.toFixed(0).padStart(6)} ms` +
        `${kilobytes.toFixed(1).padStart(8)} KB${String(requests).padStart(4)} requests`,
    );
}

const REVEAL_MD = path.join(repository, "tests/bench/node_modules/reveal-md/bin/reveal-md.js");

/** The address of a deck that reveal-md serves until the bench is over. */
async function startRevealMd(deck) {
  const port = await freePort();
  const args = [REVEAL_MD, deck, "--port", String(port), "--disable-auto-open"];
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  atEnd(() => child.kill());
  const url = `http://127.0.0.1:${port}/${path.basename(deck)}`;
  for (let tries = 0; ; tries++) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return url;
    if (tries > 100 || child.exitCode !== null) throw new Error("reveal-md does not answer");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

await runBench({ files: [REVEAL_MD] }, async () => {
  const root = await temporaryDirectory("page");
  atEnd(root.remove);
  await mkdir(path.join(root.path, "talk"));
  await writeFile(path.join(root.path, "talk/deck.md"), deckText());
  await writeFile(path.join(root.path, "other.md"), "# Another, so that there is an index\n");
  const server = await startDecksd({ root: root.path });
  atEnd(server.stop);
  const rival = await startRevealMd(path.join(root.path, "talk/deck.md"));
  const browser = await launchChromium();
  atEnd(() => browser.close());
  const url = new URL("talk/", server.url).href;
  print("loopback", await measure(browser, url, null));
  const slow = await measure(browser, url, SLOW);
  print("150 ms, 1.6 Mbit/s", slow);
  const { cold, again } = slow;
  const other = await measure(browser, rival, SLOW);
  print("reveal-md, the same line", other);
  const ratio = cold.ready / other.cold.ready;
  console.log(
    `cold, of reveal-md's time: ${ratio.toFixed(3)} (goal: ${GOALS.ratio})`,
    ratio <= GOALS.ratio ? "met" : "missed",
  );
  console.log(
    `goals on the slow line: ${GOALS.cold} ms cold, ${GOALS.again} ms again, ${GOALS.kilobytes} KB, ${GOALS.requests} requests:`,
    cold.ready <= GOALS.cold &&
      again.ready <= GOALS.again &&
      cold.kilobytes <= GOALS.kilobytes &&
      cold.requests <= GOALS.requests
      ? "met"
      : "missed",
  );
});
