// Pictures: a deck full of them opens at once, each keeps its shape, and nothing jumps when one arrives.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { deflateSync } from "node:zlib";
import { browserSuite } from "../lib/suite.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { openDeck } from "../lib/watch.mjs";

const SLIDES = 80;

/** As PNG has it; node has its own only from 20 on. */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

/** A grey PNG, stored without compression: its pixels are its bytes. */
function png(width, height) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(rows, { level: 0 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

async function makeRoot() {
  const root = await temporaryDirectory("pictures");
  for (const deck of ["many", "wide", "drawn"]) await mkdir(path.join(root.path, deck));
  const heavy = png(1300, 1000);
  const slides = Array.from({ length: SLIDES }, (_, i) => `## Slide ${i + 1}\n\n![](p${i + 1}.png)\n`);
  await writeFile(path.join(root.path, "many/deck.md"), slides.join("\n---\n\n"));
  for (let i = 1; i <= SLIDES; i++) await writeFile(path.join(root.path, `many/p${i}.png`), heavy);

  await writeFile(path.join(root.path, "wide/wide.png"), png(2000, 500));
  await writeFile(path.join(root.path, "wide/small.css"), ".small img { max-height: 50px }\n");
  const text = '---\ncss: small.css\n---\n![](wide.png)\n\n---\n<!-- .slide: class="small" -->\n![](wide.png)\n';
  await writeFile(
    path.join(root.path, "wide/deck.md"),
    `${text}\n---\n\n<img src="wide.png" width="90" height="80">\n`,
  );

  const diagram = '<div class="mermaid">\ngraph LR\n  A --> B\n</div>\n';
  await writeFile(path.join(root.path, "drawn/deck.md"), diagram);
  return root;
}

const root = await makeRoot();
after(() => root.remove());
const { url, visit } = await browserSuite({ root: root.path });

const isThere = (name) =>
  [...globalThis.document.querySelectorAll("img")].some(
    (img) => img.getAttribute("src").startsWith(name) && img.complete && img.naturalWidth > 0,
  );

test("a deck of 80 slides with 100 MB of pictures asks for the near ones only", async () => {
  const { page, context, watch } = await visit();
  await openDeck(page, url("/many/"));
  await page.waitForFunction(isThere, "p1.png");
  await page.waitForLoadState("networkidle");
  const asked = () =>
    watch.requests
      .map((it) => /p(\d+)\.png/.exec(it)?.[1])
      .filter(Boolean)
      .map(Number);
  assert.ok(asked().length <= 8, `${asked().length} pictures were asked for`);
  assert.ok(Math.max(...asked()) <= 8, `picture ${Math.max(...asked())} was asked for`);

  await page.evaluate(() => globalThis.Reveal.slide(40));
  await page.waitForFunction(isThere, "p41.png");
  await page.waitForLoadState("networkidle");
  assert.ok(asked().length <= 20, `${asked().length} pictures were asked for`);
  watch.assertClean();
  await context.close();
});

/** Width and height of the picture of the present slide, unscaled. */
const size = () => {
  const img = globalThis.Reveal.getCurrentSlide().querySelector("img");
  return [img.offsetWidth, img.offsetHeight];
};

test("a picture has its room before it is there, and its own shape whatever bounds it", async () => {
  const { page, context, watch } = await visit();
  let letGo;
  const held = new Promise((resolve) => {
    letGo = resolve;
  });
  await context.route("**/wide.png*", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(url("/wide/"), { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.Reveal?.isReady());
  const before = await page.evaluate(size);
  assert.ok(before[1] > 100, `room of ${before}`);
  letGo();
  await page.waitForFunction(isThere, "wide.png");
  await page.waitForFunction(() => !globalThis.Reveal.getCurrentSlide().querySelector("img[data-natural]"));
  assert.deepEqual(await page.evaluate(size), before);
  assert.equal(Math.round(before[0] / before[1]), 4);

  await page.evaluate(() => globalThis.Reveal.slide(1));
  await page.waitForFunction(() => globalThis.Reveal.getCurrentSlide().querySelector("img:not([data-natural])"));
  assert.deepEqual(await page.evaluate(size), [200, 50], "bounded by the deck's style");
  await page.evaluate(() => globalThis.Reveal.slide(2));
  assert.deepEqual(await page.evaluate(size), [90, 80], "as the author says");
  watch.assertClean();
  await context.close();
});

test("what is written as class mermaid is drawn", async () => {
  const { page, context, watch } = await visit();
  await openDeck(page, url("/drawn/"));
  await page.locator("div.mermaid svg").waitFor({ state: "attached" });
  assert.ok((await page.locator("div.mermaid").getAttribute("aria-label")).includes("A --> B"));
  watch.assertClean();
  await context.close();
});
