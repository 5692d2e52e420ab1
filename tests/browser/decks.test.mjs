// Every deck that we ship, from the first slide to the last, by key, as a presenter would go through it.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { repository } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";
import { openDeck, position } from "../lib/watch.mjs";

const { url, visit, server } = await browserSuite({ root: path.join(repository, "decks") });

async function linkedDecks() {
  const { page, context } = await visit();
  await page.goto(url("/"));
  const links = await page.locator(".talk-title a").evaluateAll((anchors) => anchors.map(({ href }) => href));
  await context.close();
  return links;
}

/** The boxes of what stands out of the slide's area, for the slide that shows. */
function overflow() {
  const { width, height } = globalThis.Reveal.getConfig();
  const slide = globalThis.Reveal.getCurrentSlide();
  return slide.scrollHeight > height + 1 || slide.scrollWidth > width + 1
    ? [`${slide.scrollWidth} × ${slide.scrollHeight} on a slide of ${width} × ${height}`]
    : [];
}

const decks = await linkedDecks();

test("the index links every deck", () => {
  assert.ok(decks.length >= 1);
  assert.equal(decks.length, server.decks);
});

for (const deck of decks)
  test(`walk through ${new URL(deck).pathname}`, async () => {
    const { page, context, watch } = await visit();
    await openDeck(page, deck);
    const slides = await page.evaluate(() => globalThis.Reveal.getSlides().length);
    const fragments = await page.evaluate(() => globalThis.document.querySelectorAll(".slides .fragment").length);
    assert.ok(slides > 1);

    const seen = new Set();
    const problems = [];
    const steps = slides + fragments + 1;
    for (let step = 0, last = ""; step <= steps; step++) {
      const { h, v, f } = await position(page);
      const here = `${h}/${v}/${f}`;
      if (here === last) break;
      if (!seen.has(`${h}/${v}`))
        for (const problem of await page.evaluate(overflow)) problems.push(`slide ${h}/${v}: ${problem}`);
      seen.add(`${h}/${v}`);
      last = here;
      await page.keyboard.press("Space");
    }
    assert.equal(seen.size, slides, "every slide was shown");
    assert.equal(await page.locator(".slides .fragment:not(.visible)").count(), 0, "every fragment was shown");
    assert.deepEqual(problems, []);
    const broken = await page.locator(".slides img").evaluateAll(async (images) => {
      for (const image of images) image.loading = "eager";
      const decoded = await Promise.allSettled(images.map((image) => image.decode()));
      return images.filter((_image, i) => decoded[i].status === "rejected").map(({ src }) => src);
    });
    assert.deepEqual(broken, []);
    watch.assertClean();
    await context.close();
  });
