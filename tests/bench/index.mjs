// index.mjs DECKSD [--rounds N]
//
// What a long index costs its visitors: kilobytes on the wire, and the time until it is painted, with 1,000 talks beside
// one with 10. Medians over the rounds, both sites in turn.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { launchChromium } from "../lib/chromium.mjs";
import { startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { deckName, makeDeck } from "./decks.mjs";
import { atEnd, runBench } from "./session.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "15" } },
});
if (positionals[0]) process.env.DECKSD = path.resolve(positionals[0]);

const GOALS = { kilobytes: 60, ratio: 1.5 };

async function makeSite(root, count) {
  for (let i = 0; i < count; i++) {
    await mkdir(path.join(root, deckName(i)), { recursive: true });
    await writeFile(path.join(root, deckName(i), "deck.md"), makeDeck(i, 2));
  }
}

/** Milliseconds until the index is painted, in a browser that has it not stored; and its bytes as they came. */
async function visit(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "load" });
  const seen = await page.evaluate(async () => {
    const painted = () => globalThis.performance.getEntriesByName("first-contentful-paint")[0];
    while (!painted()) await new Promise((resolve) => globalThis.requestAnimationFrame(resolve));
    return {
      painted: painted().startTime,
      bytes: globalThis.performance.getEntriesByType("navigation")[0].encodedBodySize,
    };
  });
  await context.close();
  return seen;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

await runBench({}, async () => {
  const root = await temporaryDirectory("index");
  atEnd(root.remove);
  const sites = [10, 1000].map((count) => ({ count, root: path.join(root.path, String(count)), painted: [] }));
  const browser = await launchChromium();
  atEnd(() => browser.close());
  for (const site of sites) {
    await makeSite(site.root, site.count);
    site.server = await startDecksd({ root: site.root });
    atEnd(site.server.stop);
    await visit(browser, site.server.url); // the browser's own warming up
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const site of sites) {
      const { painted, bytes } = await visit(browser, site.server.url);
      site.painted.push(painted);
      site.bytes = bytes;
    }
  }
  const [few, many] = sites;
  const ratio = median(many.painted) / median(few.painted);
  console.log("| figure | value | goal | from |\n|---|---|---|---|");
  console.log(
    `| index of 1,000 talks, compressed | ${(many.bytes / 1000).toFixed(1)} KB | ≤ ${GOALS.kilobytes} KB | ${(few.bytes / 1000).toFixed(1)} KB of 10 |`,
  );
  console.log(
    `| painted, 1,000 talks ÷ 10 | ${ratio.toFixed(2)} | ≤ ${GOALS.ratio} | ${median(many.painted).toFixed(0)} ms, ${median(few.painted).toFixed(0)} ms |`,
  );
});
