// screenshot.mjs [FILE]: makes the README's picture from the running program: the index, and slides of two decks before it.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { launchChromium } from "../lib/chromium.mjs";
import { repository, startDecksd } from "../lib/decksd.mjs";
import { openDeck } from "../lib/watch.mjs";

const file = path.resolve(process.argv[2] ?? path.join(repository, "docs/screenshot.png"));

const SLIDE = { width: 960, height: 540 };

/** A picture of the slide with this heading as its audience sees it at its first steps, up to fragment `f`. */
async function takeSlide(browser, url, heading, f = -1) {
  const page = await browser.newPage({ viewport: SLIDE, reducedMotion: "reduce", deviceScaleFactor: 1.5 });
  await openDeck(page, url);
  await page.evaluate(
    ({ heading, f }) => {
      const { Reveal } = globalThis;
      Reveal.configure({ transition: "none", backgroundTransition: "none" });
      const slide = Reveal.getSlides().find((it) => it.querySelector("h1, h2, h3")?.textContent === heading);
      const { h, v } = Reveal.getIndices(slide);
      Reveal.slide(h, v, f);
    },
    { heading, f },
  );
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => globalThis.document.fonts.ready);
  await page.waitForTimeout(500); // steps of code fade
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

async function takeIndex(browser, url) {
  const viewport = { width: 776, height: 820 };
  const page = await browser.newPage({ viewport, colorScheme: "light", deviceScaleFactor: 1.5 });
  await page.goto(url);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

const source = (picture) => `data:image/png;base64,${picture.toString("base64")}`;

/** Lays the pictures out as windows: the index at the left, the slides over its right edge, one below the other. */
async function compose(browser, index, slides) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; height: 720px; position: relative; overflow: hidden; background: #dcd7cb; }
    img { position: absolute; border-radius: 8px; box-shadow: 0 12px 36px #0005, 0 0 0 1px #0002; }
  </style>
  <img style="left: 40px; top: 40px; width: 606px" src="${source(index)}">
  <img style="left: 610px; top: 40px; width: 560px" src="${source(slides[0])}">
  <img style="left: 680px; top: 365px; width: 560px" src="${source(slides[1])}">`);
  await page.waitForFunction(() => [...globalThis.document.images].every((image) => image.complete));
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

const server = await startDecksd({ root: path.join(repository, "decks") });
const browser = await launchChromium();
try {
  const at = (deck) => new URL(deck, server.url).href;
  const slides = [
    await takeSlide(browser, at("2013/self-hosting/"), "The leaning tower"),
    await takeSlide(browser, at("inside/"), "Which edition, please?", 0),
  ];
  await writeFile(file, await compose(browser, await takeIndex(browser, server.url), slides));
  console.log(`${file}: ${(await readFile(file)).length} bytes`);
} finally {
  await browser.close();
  await server.stop();
}
