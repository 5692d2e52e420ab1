// axe-core's judgement of the pages that visitors read.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { violations } from "../lib/axe.mjs";
import { repository, startDecksd } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { openDeck } from "../lib/watch.mjs";

const { url, visit, needsProgram } = await browserSuite({ root: path.join(repository, "tests/fixtures/site") });

for (const colorScheme of ["light", "dark"])
  for (const [name, address] of [
    ["index", "/"],
    ["talk page", "/2024/lighthouse/about"],
    ["talk", "/2024/spring/about"],
    ["people", "/people/"],
    ["person", "/people/ida-strand/"],
    ["year", "/2024/"],
    ["tags", "/tags/"],
    ["venues", "/venues/"],
    ["search", "/search?q=tide"],
    ["search without a find", "/search?q=zzzz"],
    ["error page", "/nothing/here/"],
  ])
    test(`${name}, ${colorScheme}`, address.startsWith("/search") ? needsProgram : {}, async () => {
      const { page, context } = await visit({ colorScheme, reducedMotion: "reduce" });
      await page.goto(url(address));
      assert.deepEqual(await violations(page), []);
      await context.close();
    });

for (const colorScheme of ["light", "dark"])
  test(`a site without decks, ${colorScheme}`, needsProgram, async (t) => {
    const empty = await temporaryDirectory("empty");
    t.after(empty.remove);
    const server = await startDecksd({ root: empty.path });
    t.after(() => server.stop());
    const { page, context } = await visit({ colorScheme, reducedMotion: "reduce" });
    await page.goto(server.url);
    assert.deepEqual(await violations(page), []);
    await context.close();
  });

test("a deck's slides", async () => {
  const { page, context } = await visit({ reducedMotion: "reduce" });
  await openDeck(page, url("/2024/lighthouse/"));
  for (const slide of [0, 1, 4, 5]) {
    await page.evaluate((h) => globalThis.Reveal.slide(h), slide);
    await page.waitForLoadState("networkidle");
    assert.deepEqual(await violations(page), [], `slide ${slide}`);
  }
  await context.close();
});

test("every slide of the decks that we ship, as printed", needsProgram, async (t) => {
  const shipped = await startDecksd({ root: path.join(repository, "decks") });
  t.after(() => shipped.stop());
  const { page, context } = await visit();
  await page.goto(shipped.url);
  const decks = await page.locator(".talk-title a").evaluateAll((links) => links.map(({ href }) => href));
  assert.equal(decks.length, shipped.decks);
  for (const deck of decks) {
    await page.goto(`${deck}?view=print`);
    await page.waitForFunction(() => globalThis.Reveal?.isReady());
    await page.locator(".pdf-page").first().waitFor();
    assert.deepEqual(await violations(page), [], deck);
  }
  await context.close();
});

test("a deck without JavaScript", async () => {
  // axe itself needs JavaScript: the page is given to it as a browser without reads it.
  const { page, context } = await visit();
  await page.route("**/lighthouse/", async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace(/<\/?noscript>/g, "").replace(/<script\b.*?<\/script>/gs, "");
    await route.fulfill({ response, body: html });
  });
  await page.goto(url("/2024/lighthouse/"));
  assert.equal(await page.locator(".reveal.ready").count(), 0);
  assert.deepEqual(await violations(page), []);
  await context.close();
});
