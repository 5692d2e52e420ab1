// axe-core's judgement of a deck that holds all kinds of things: in every theme, in both colour schemes, on paper, on a
// phone, and in a frame of another site.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { after, describe, test } from "node:test";
import { themeNames } from "../../assets/build/themes.mjs";
import { violations } from "../lib/axe.mjs";
import { repository } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { openDeck } from "../lib/watch.mjs";

const themes = themeNames(path.join(repository, "assets/node_modules/reveal.js"));

const deckIn = (theme) => `---
title: All kinds of things
theme: ${theme}
---

# All kinds of things

A line of *emphasis*, **weight**, \`code\` and [a link](https://far.example/)

1. First <!-- .element: class="fragment" -->
2. Second <!-- .element: class="fragment" -->

Note: What the speaker knows.

---

> A slide without a heading, and a [reference][^1].

[^1]: A footnote.

---

## Formulas

Inline $a^2 + b^2 = c^2$ and by itself:

$$\\int_0^1 \\frac{x^2}{\\sqrt{1 + x}} \\, dx$$

---

## A diagram

\`\`\`mermaid
graph LR
  accTitle: The way of the oil
  oil --> lamp --> ship
\`\`\`

---

## Code and a table

\`\`\`python [1|2]
# a comment
for night in range(3): print("night", night, None)
\`\`\`

\`\`\`html
<p class="lamp">Oil</p> <!-- a comment -->
\`\`\`

| from | to | miles |
|------|----|------:|
| rock | shore | 4 |

----

<!-- .slide: data-background-color="#203040" -->

## On a colour of its own

- a point
- [ ] a task
- [x] one that is done
`;

const root = await temporaryDirectory("deck-accessibility");
after(root.remove);
for (const theme of themes) {
  await mkdir(path.join(root.path, theme));
  await writeFile(path.join(root.path, theme, "deck.md"), deckIn(theme));
}
const { url, visit } = await browserSuite({ root: root.path });

/** What axe finds on the slides of a deck, all their steps taken. */
async function findOnSlides(frame) {
  const found = [];
  await frame.evaluate(() => globalThis.Reveal.configure({ transition: "none", backgroundTransition: "none" }));
  const count = await frame.evaluate(() => globalThis.Reveal.getTotalSlides());
  for (let slide = 0; slide < count; slide++) {
    await frame.evaluate((index) => {
      const { Reveal } = globalThis;
      const { h, v } = Reveal.getIndices(Reveal.getSlides()[index]);
      Reveal.slide(h, v, Number.POSITIVE_INFINITY);
    }, slide);
    await drawn(frame);
    for (const violation of await violations(frame)) found.push(`slide ${slide + 1}: ${violation}`);
  }
  return found;
}

/** Waits for what is drawn after a page is there, and for what fades in. */
async function drawn(frame) {
  await frame.locator(".mermaid svg").waitFor({ state: "attached" });
  await frame.locator(".hljs-keyword").first().waitFor({ state: "attached" });
  await frame.locator(".katex").first().waitFor({ state: "attached" });
  await frame.evaluate(() => globalThis.document.fonts.ready);
  await frame.evaluate(() => {
    const transitions = globalThis.document.getAnimations().filter((it) => it instanceof globalThis.CSSTransition);
    return Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}

async function openPrinted(page, theme) {
  await openDeck(page, url(`/${theme}/?view=print`));
  await page.locator(".pdf-page").first().waitFor();
  await drawn(page);
}

// On paper all slides are one page, which is judged at once.
describe("themes", { concurrency: 2 }, () => {
  for (const theme of themes)
    test(theme, async () => {
      const { page, context } = await visit();
      await openPrinted(page, theme);
      assert.deepEqual(await violations(page), []);
      await context.close();
    });
});

// To the browser, localhost is another site than 127.0.0.1.
const blog = createServer((request, response) => {
  response.setHeader("Content-Type", "text/html");
  response.end(`<!doctype html><html lang="en"><title>A blog</title>
    <iframe src="${url(request.url)}" width="640" height="360" title="Slides"></iframe>`);
}).listen(0, "127.0.0.1");
await once(blog, "listening");
after(() => blog.close());

const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };

for (const [colorScheme, theme] of [
  ["light", "black"],
  ["dark", "white"],
]) {
  const scheme = { colorScheme, reducedMotion: "reduce" };

  test(`${theme}, where all is ${colorScheme}: slide by slide`, async () => {
    const { page, context } = await visit(scheme);
    await openDeck(page, url(`/${theme}/`));
    assert.deepEqual(await findOnSlides(page), []);
    await context.close();
  });

  test(`${theme}, where all is ${colorScheme}: as printed`, async () => {
    const { page, context } = await visit(scheme);
    await openPrinted(page, theme);
    assert.deepEqual(await violations(page), []);
    await context.close();
  });

  test(`${theme}, where all is ${colorScheme}: on a phone`, async () => {
    const { page, context } = await visit({ ...scheme, ...phone });
    await openDeck(page, url(`/${theme}/`));
    await drawn(page);
    assert.deepEqual(await violations(page), []);
    await context.close();
  });

  test(`${theme}, where all is ${colorScheme}: in a frame of another site`, async () => {
    const { page, context } = await visit(scheme);
    await page.goto(`http://localhost:${blog.address().port}/${theme}/`);
    const frame = page.frames()[1];
    await frame.waitForFunction(() => globalThis.Reveal?.isReady());
    await drawn(frame);
    assert.equal(await frame.locator(".deck-screen").count(), 1);
    assert.deepEqual(await violations(frame), []);
    await context.close();
  });
}
