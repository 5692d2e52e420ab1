// lighthouse.mjs DECKSD
//
// Lighthouse's four scores, as it gives them for a phone, of an index, a talk's page, a person's page and a deck: of three
// reports the one of median performance. It needs a newer Node than Debian's, which comes with it from npm.
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { repository, startDecksd } from "../lib/decksd.mjs";
import { atEnd, runBench } from "./session.mjs";

if (process.argv[2]) process.env.DECKSD = path.resolve(process.argv[2]);

const modules = path.join(repository, "tests/bench/node_modules");
const node = path.join(modules, `node-linux-${process.arch}/bin/node`);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const RUNS = 3;
const PAGES = { index: "", talk: "2024/spring/about", person: "people/ida-strand/", deck: "2024/lighthouse/" };
const FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking";

async function judge(url) {
  const args = [path.join(modules, "lighthouse/cli/index.js"), url, "--quiet", "--output=json"];
  const { stdout } = await promisify(execFile)(
    node,
    [...args, `--only-categories=${CATEGORIES}`, `--chrome-flags=${FLAGS}`],
    { maxBuffer: 1 << 26, env: { ...process.env, CHROME_PATH: process.env.CHROMIUM || "/usr/bin/chromium" } },
  );
  return JSON.parse(stdout);
}

const performance = (report) => report.categories.performance.score;

// It may fail to record a load on a busy machine, and asks then to be run again.
async function judgeAgain(url, tries = 3) {
  for (;;) {
    try {
      return await judge(url);
    } catch (error) {
      if (--tries === 0) throw new Error(error.stderr || error.message);
    }
  }
}

/** "label-content-name-mismatch 0.5": what keeps a category from 100. */
function faults({ categories, audits }) {
  return CATEGORIES.flatMap((id) => categories[id].auditRefs)
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9)
    .map(({ id }) => `${id} ${audits[id].score}`);
}

await runBench({ files: [node] }, async () => {
  const server = await startDecksd({ root: path.join(repository, "tests/fixtures/site") });
  atEnd(server.stop);
  let met = true;
  for (const [name, address] of Object.entries(PAGES)) {
    const reports = [];
    for (let run = 0; run < RUNS; run++) reports.push(await judgeAgain(new URL(address, server.url).href));
    const report = reports.sort((a, b) => performance(a) - performance(b))[Math.floor(RUNS / 2)];
    const scores = CATEGORIES.map((id) => Math.round(report.categories[id].score * 100));
    met &&= scores.every((score) => score === 100);
    console.log(
      `${name.padEnd(10)}${scores.map((score) => String(score).padStart(4)).join("")}  ${faults(report).join(", ")}`,
    );
  }
  console.log(`goal: 100 for ${CATEGORIES.join(", ")}:`, met ? "met" : "missed");
});
