// What a presenter does with a deck: keys, speaker view, overview, search, zoom, print, and what readers without
// JavaScript see of it. The deck is fixtures/site/2024/lighthouse, whose shape these tests know.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { repository } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";
import { openDeck, position, untilTools } from "../lib/watch.mjs";

const SLIDES = 9;
const { url, visit } = await browserSuite({ root: path.join(repository, "tests/fixtures/site") });
const deck = url("/2024/lighthouse/");

/** Runs a test on a page of its own, and fails it for anything that went wrong in the page. */
function onDeck(name, run, { address = deck, ...options } = {}) {
  test(name, async () => {
    const { page, context, watch } = await visit(options);
    try {
      if (options.javaScriptEnabled === false) await page.goto(address);
      else await openDeck(page, address);
      await run(page, context, watch);
      watch.assertClean();
    } finally {
      await context.close();
    }
  });
}

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
  return position(page);
}

onDeck("keys move through slides, stacks and fragments", async (page) => {
  assert.deepEqual(await position(page), { h: 0, v: 0, f: -1 });
  assert.deepEqual(await press(page, "ArrowRight", "ArrowRight"), { h: 2, v: 0, f: -1 });
  assert.deepEqual(await press(page, "ArrowRight"), { h: 2, v: 0, f: 0 });
  assert.deepEqual(await press(page, "ArrowRight"), { h: 2, v: 0, f: 1 });
  assert.deepEqual(await press(page, "ArrowRight", "ArrowDown"), { h: 3, v: 1, f: -1 });
  assert.deepEqual(await press(page, "Space", "Space"), { h: 4, v: 0, f: -1 });
  assert.deepEqual(await press(page, "ArrowLeft"), { h: 3, v: 2, f: -1 });
  assert.deepEqual(await press(page, "ArrowUp"), { h: 3, v: 1, f: -1 });
  assert.equal((await press(page, "End")).h, 6);
  assert.equal((await press(page, "Home")).h, 0);
  assert.equal((await press(page, "PageDown")).h, 1);
  assert.equal((await press(page, "PageUp")).h, 0);
});

onDeck("b blacks the screen out, and back", async (page) => {
  await press(page, "b");
  assert.equal(await page.evaluate(() => globalThis.Reveal.isPaused()), true);
  await press(page, "b");
  assert.equal(await page.evaluate(() => globalThis.Reveal.isPaused()), false);
});

onDeck("? shows the keys", async (page) => {
  await press(page, "Shift+Slash");
  await page.locator(".r-overlay-help").waitFor();
  await press(page, "Escape");
  await page.locator(".r-overlay-help").waitFor({ state: "detached" });
});

onDeck("the address follows, and leads back to the slide", async (page) => {
  await press(page, "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown");
  // reveal.js writes the address once a second at most.
  await page.waitForFunction(() => globalThis.location.hash === `#/${globalThis.Reveal.getCurrentSlide().id}`);
  await page.reload();
  await page.waitForFunction(() => globalThis.Reveal?.isReady());
  const { h, v } = await position(page);
  assert.deepEqual({ h, v }, { h: 3, v: 1 });
  await page.goto(`${deck}#/4`);
  await page.waitForFunction(() => globalThis.Reveal.getIndices().h === 4);
});

onDeck("the speaker view opens, shows the notes and follows", async (page, context) => {
  await untilTools(page);
  const opening = context.waitForEvent("page");
  await press(page, "s");
  const view = await opening;
  const notes = view.locator(".speaker-controls-notes .value");
  await notes.filter({ hasText: "Begin with the lamp." }).waitFor();
  assert.equal(await notes.locator("em").textContent(), "lamp");

  const current = view
    .frameLocator("#current-slide iframe")
    .locator(".slides section.present h1, .slides section.present h2");
  const upcoming = view.frameLocator("#upcoming-slide iframe").locator(".slides section.present h2");
  // Its frames are told where to go once; a frame that is not ready by then would miss it.
  for (const frame of ["current", "upcoming"])
    await view.frameLocator(`#${frame}-slide iframe`).locator(".reveal.ready").waitFor();
  await page.bringToFront();
  await press(page, "ArrowRight");
  await notes.filter({ hasText: "The second note." }).waitFor();
  await current.filter({ hasText: "What the lamp needs" }).waitFor();
  await upcoming.filter({ hasText: "One after the other" }).waitFor();

  await view.bringToFront();
  await view.keyboard.press("ArrowRight");
  await page.waitForFunction(() => globalThis.Reveal.getIndices().h === 2);
});

onDeck("o opens the overview, a click chooses", async (page) => {
  await press(page, "o");
  assert.equal(await page.evaluate(() => globalThis.Reveal.isOverview()), true);
  await press(page, "ArrowRight", "Enter");
  assert.equal(await page.evaluate(() => globalThis.Reveal.isOverview()), false);
  assert.equal((await position(page)).h, 1);
  await press(page, "Escape");
  assert.equal(await page.evaluate(() => globalThis.Reveal.isOverview()), true);
});

onDeck("search finds the slide with the word", async (page) => {
  await untilTools(page);
  await page.keyboard.press("Control+Shift+F");
  const box = page.locator(".searchbox input");
  await box.fill("marmalade");
  await box.press("Enter");
  await page.waitForFunction(() => globalThis.Reveal.getIndices().h === 3 && globalThis.Reveal.getIndices().v === 1);
});

onDeck("a click with the modifier zooms in, and out", async (page) => {
  await untilTools(page);
  const zoomed = () => page.evaluate(() => globalThis.document.body.style.transform);
  assert.equal(await zoomed(), "");
  await page.locator(".slides section.present h1").click({ modifiers: ["ControlOrMeta"] });
  assert.match(await zoomed(), /scale/);
  await page.keyboard.press("Escape");
  assert.equal(await zoomed(), "");
});

onDeck("code has colours, numbers and steps", async (page) => {
  await page.evaluate(() => globalThis.Reveal.slide(4, 0, -1));
  const block = page.locator(".slides section.present pre");
  await block.locator(".hljs-keyword").first().waitFor();
  assert.equal(await block.locator("code:not(.fragment) tr").count(), 4);
  assert.equal(await block.locator("code:not(.fragment) .highlight-line").count(), 2);
  await press(page, "ArrowRight");
  assert.equal(await block.locator("code.fragment.visible .highlight-line").count(), 1);
});

onDeck(
  "print view: a page a slide",
  async (page) => {
    await page
      .locator(".pdf-page")
      .nth(SLIDES - 1)
      .waitFor();
    assert.equal(await page.locator(".pdf-page").count(), SLIDES);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length, SLIDES);
  },
  { address: `${deck}?view=print` },
);

onDeck(
  "without JavaScript the slides stand one below the other",
  async (page) => {
    const sections = page.locator(".slides section:not(:has(section))");
    assert.equal(await sections.count(), SLIDES);
    let bottom = 0;
    for (const section of await sections.all()) {
      assert.ok(await section.isVisible());
      const box = await section.boundingBox();
      assert.ok(box.y >= bottom - 1, `a slide begins at ${box.y}, the one before it ends at ${bottom}`);
      assert.ok(box.height > 20 && box.x >= 0 && box.x + box.width <= 1280);
      bottom = box.y + box.height;
    }
    for (const text of ["Then there are two.", "Marmalade", "rest(keeper)"])
      assert.ok(await page.getByText(text).first().isVisible(), text);
  },
  { javaScriptEnabled: false },
);

onDeck(
  "without JavaScript a telephone is wide enough",
  async (page) => {
    const width = await page.evaluate(() => globalThis.document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} pixels wide`);
  },
  { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
);

onDeck(
  "on a telephone it can be scrolled",
  async (page) => {
    await page.locator(".slides").getByText("A talk with a known shape").waitFor();
    const width = await page.evaluate(() => globalThis.document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} pixels wide`);
  },
  { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
);

onDeck(
  "math and diagrams are drawn",
  async (page, _context, watch) => {
    await page.locator(".katex-display").first().waitFor();
    await page.locator(".mermaid svg, pre.mermaid svg").first().waitFor({ state: "attached" });
    assert.ok(watch.requests.some((request) => /katex/.test(request)));
    assert.ok(watch.requests.some((request) => /mermaid/.test(request)));
  },
  { address: url("/undated/") },
);

onDeck(
  "a page loads only what its deck uses",
  async (page, _context, watch) => {
    await page.waitForLoadState("networkidle");
    assert.deepEqual(
      watch.requests.filter((request) => /code|lang|highlight|katex|mermaid/.test(request)),
      [],
    );
    assert.equal(await page.locator(".katex").count(), 0);
  },
  { address: url("/2019/fog/") },
);
