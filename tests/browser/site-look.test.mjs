// How every kind of page of the site looks where there is little room, and on paper.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { violations } from "../lib/axe.mjs";
import { startDecksd } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const folder = await temporaryDirectory("site-look");
after(folder.remove);
const root = path.join(folder.path, "decks");
const none = path.join(folder.path, "none");
await mkdir(path.join(root, "lamp"), { recursive: true });
await mkdir(none);
await writeFile(
  path.join(root, "lamp/deck.md"),
  `---
title: Donaudampfschifffahrtsgesellschaftskapitänswitwen and everybody else who waits for a ship
subtitle: What a lamp needs
date: 2024-03-09
speakers: [Ida Strand, Tom Bakke]
venue: Harbour Days
tags: [lamps, ships, pneumonoultramicroscopicsilicovolcanoconiosis]
abstract: A lamp, and [what it needs](https://far.example/what/a/lamp/needs).
video: https://media.ccc.de/v/lamp
links:
  - title: The log
    url: https://far.example/a/very/long/address/that/has/no/place/at/all/where/it/could/be/broken/into/lines
publishNotes: true
---

# The lamp

Note: Begin with the lamp.

---

## Code

\`\`\`c
int a_function_with_a_long_name(struct lamp *lamp, const struct keeper *keeper, unsigned nights, unsigned hours);
\`\`\`

---

## A table

| rock | shore | inn | harbour | lighthouse | another lighthouse | a third lighthouse |
|------|-------|-----|---------|------------|--------------------|--------------------|
| 1    | 2     | 3   | 4       | 5          | 6                  | 7                  |
`,
);
await writeFile(
  path.join(root, "other.md"),
  "---\ntags: [lamps]\n---\n\n# Another\n\n$$a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q$$\n",
);
const { url, visit, needsProgram } = await browserSuite({ root });
const empty = await startDecksd({ root: none });
after(() => empty.stop());

const pages = [
  ["index", url("/")],
  ["talk", url("/lamp/about")],
  ["talk without a date", url("/other/about")],
  ["people", url("/people/")],
  ["person", url("/people/ida-strand/")],
  ["tags", url("/tags/")],
  ["tag", url("/tags/lamps/")],
  ["venues", url("/venues/")],
  ["venue", url("/venues/harbour-days/")],
  ["year", url("/2024/")],
  ["search", url("/search?q=lamp")],
  ["search without a find", url("/search?q=zzzz")],
  ["error page", url("/no/such/page"), 404],
  ["empty site", empty.url],
];

async function open(address, status, options) {
  const { page, context } = await visit(options);
  const response = await page.goto(address);
  assert.equal(response.status(), status);
  return { page, context };
}

/** The texts whose letters are smaller than this. */
function smallTexts(least) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    const isShown = data.trim() && parent.checkVisibility({ checkVisibilityCSS: true });
    if (isShown && Number.parseFloat(getComputedStyle(parent).fontSize) < least) found.push(data.trim());
  }
  return found;
}

/** What makes a page wider than its screen. */
function sideways() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((it) => it.getBoundingClientRect().right > clientWidth)
    .map((it) => `${it.tagName.toLowerCase()}.${it.className}`);
}

const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };

for (const [name, address, status = 200] of pages)
  test(`${name} on a phone: nothing to scroll sideways, nothing too small to read or to touch`, async () => {
    const { page, context } = await open(address, status, phone);
    assert.deepEqual(await page.evaluate(sideways), []);
    assert.deepEqual(await page.evaluate(smallTexts, 12), []);
    assert.deepEqual(await violations(page, { runOnly: ["target-size"] }), []);
    await context.close();
  });

/** What only a screen can use, and what paper would cut. */
function misplaced() {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility());
  const name = (it) => `${it.tagName.toLowerCase()}.${it.className} "${it.textContent.trim().slice(0, 30)}"`;
  const width = document.documentElement.clientWidth;
  return [
    ...seen("nav, form, button, input, select, video, audio, iframe, .skip").map((it) => `${name(it)} is of no use`),
    ...seen("main *")
      .filter((it) => getComputedStyle(it).overflowX !== "visible" && it.scrollWidth > it.clientWidth)
      .map((it) => `${name(it)} is cut`),
    ...seen("main *")
      .filter((it) => it.getBoundingClientRect().right > width + 1)
      .map((it) => `${name(it)} leaves the page`),
  ];
}

test("the owner's style sheet has the last word, whatever our selectors are", needsProgram, async (t) => {
  await writeFile(path.join(root, "custom.css"), "h1 { color: rgb(1, 2, 3) }\na { color: rgb(4, 5, 6) }\n");
  const config = path.join(folder.path, "config.yaml");
  await writeFile(config, "customCss: custom.css\n");
  const server = await startDecksd({ root, args: ["--config", config] });
  t.after(() => server.stop());
  for (const address of ["/", "/lamp/about", "/people/ida-strand/"]) {
    const { page, context } = await open(new URL(address, server.url).href, 200);
    const colours = await page.evaluate(() =>
      ["h1", "main a"].map((it) => getComputedStyle(document.querySelector(it)).color),
    );
    assert.deepEqual(colours, ["rgb(1, 2, 3)", "rgb(4, 5, 6)"], address);
    await context.close();
  }
});

const A4 = { width: 718, height: 1047 }; // in CSS pixels, less margins of a centimetre

for (const [name, address, status = 200] of pages)
  test(`${name} on paper: neither navigation nor forms, nothing cut, black on white`, async () => {
    const { page, context } = await open(address, status, { viewport: A4, colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await page.evaluate(misplaced), []);
    const colours = () => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return [color, backgroundColor];
    };
    assert.deepEqual(await page.evaluate(colours), ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
    await context.close();
  });

test("a recording elsewhere is a link with its address on paper", async () => {
  const { page, context } = await open(url("/lamp/about"), 200, { viewport: A4 });
  await page.emulateMedia({ media: "print" });
  const link = page.locator(".recording-frame a");
  assert.match(
    await link.evaluate((it) => getComputedStyle(it, "::after").content),
    /https:\/\/media\.ccc\.de\/v\/lamp/,
  );
  assert.ok((await link.boundingBox()).height < 40, "a line, not a picture");
  await context.close();
});

test("links to other sites have their addresses on paper", async () => {
  const { page, context } = await open(url("/lamp/about"), 200, { viewport: A4 });
  await page.emulateMedia({ media: "print" });
  const added = await page
    .locator(".about-abstract a, .links a")
    .evaluateAll((links) => links.map((link) => getComputedStyle(link, "::after").content));
  assert.equal(added.length, 2);
  for (const text of added) assert.match(text, /https:\/\/far\.example\//);
  await context.close();
});
