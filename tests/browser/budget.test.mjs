// The cold load of an everyday deck: text, lists, and code in one language, in the theme black.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { repository } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";
import { openDeck } from "../lib/watch.mjs";

const KILOBYTES = 95;
const REQUESTS = 8;

const { url, visit } = await browserSuite({ root: path.join(repository, "tests/fixtures/site") });

/** Adds up what comes over the wire, headers included, until nothing more comes. */
async function measureLoad(page, address) {
  const session = await page.context().newCDPSession(page);
  const loads = new Map();
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url.startsWith("http")) loads.set(requestId, { url: request.url, bytes: 0 });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (loads.has(requestId)) loads.get(requestId).bytes = encodedDataLength;
  });
  await openDeck(page, address);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => globalThis.document.fonts.ready);
  await page.locator(".hljs-keyword").first().waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
  return [...loads.values()];
}

test(`at most ${KILOBYTES} KB and ${REQUESTS} requests, fonts included`, async (t) => {
  const { page, context, watch } = await visit();
  const loads = await measureLoad(page, url("/2024/lighthouse/"));
  const bytes = loads.reduce((sum, load) => sum + load.bytes, 0);
  for (const load of loads) t.diagnostic(`${String(load.bytes).padStart(7)}  ${new URL(load.url).pathname}`);
  t.diagnostic(`${bytes} bytes, ${loads.length} requests`);
  assert.ok(loads.every((load) => load.bytes > 0));
  assert.ok(bytes <= KILOBYTES * 1000, `${bytes} bytes`);
  assert.ok(loads.length <= REQUESTS, `${loads.length} requests`);
  watch.assertClean();
  await context.close();
});

test("the second time only the page itself is asked for", async () => {
  const { page, context, watch } = await visit();
  await measureLoad(page, url("/2024/lighthouse/"));
  const asked = watch.requests.length;
  const loads = await measureLoad(page, url("/2024/lighthouse/"));
  assert.ok(asked > 1);
  const fresh = loads.filter((load) => load.bytes > 600);
  assert.deepEqual(
    fresh.map((load) => load.url),
    [],
  );
  await context.close();
});
