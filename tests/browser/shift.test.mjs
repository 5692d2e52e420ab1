// Nothing that is shown moves while a deck loads: not when its fonts come, nor what comes behind the first slide.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, describe, test } from "node:test";
import { themeNames } from "../../assets/build/themes.mjs";
import { repository } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { openDeck } from "../lib/watch.mjs";

const MOST = 0.05; // where 0.1 is called good

const deckIn = (theme) => `---
title: In ${theme}
theme: ${theme}
---

# Why we would run our own machines

A line of *emphasis*, **weight** and \`code\`

- a list of points, one of which is nearly long enough to wrap
- and a second

---

\`\`\`python
for x in range(3): print(x)
\`\`\`
`;

const root = await temporaryDirectory("shift");
after(root.remove);
const themes = themeNames(path.join(repository, "assets/node_modules/reveal.js"));
for (const theme of themes) {
  await mkdir(path.join(root.path, theme));
  await writeFile(path.join(root.path, theme, "deck.md"), deckIn(theme));
}
const { url, visit } = await browserSuite({ root: root.path });

function noteShifts() {
  globalThis.shifts = [];
  new globalThis.PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      globalThis.shifts.push({ value, nodes: sources.map(({ node }) => node?.className || node?.nodeName) });
  }).observe({ type: "layout-shift", buffered: true });
}

const screens = {
  desktop: { viewport: { width: 1280, height: 720 } },
  phone: { viewport: { width: 412, height: 823 }, isMobile: true, hasTouch: true },
};

describe("nothing moves", { concurrency: 4 }, () => {
  for (const [screen, options] of Object.entries(screens))
    for (const theme of themes)
      test(`${theme}, ${screen}`, async () => {
        const { page, context, watch } = await visit(options);
        await page.addInitScript(noteShifts);
        await openDeck(page, url(`/${theme}/`));
        await page.locator(".hljs-keyword").first().waitFor({ state: "attached" });
        await page.waitForLoadState("networkidle");
        await page.evaluate(() => globalThis.document.fonts.ready);
        await page.evaluate(() => new Promise((resolve) => globalThis.requestAnimationFrame(resolve)));
        const shifts = await page.evaluate(() => globalThis.shifts);
        const sum = shifts.reduce((all, { value }) => all + value, 0);
        assert.ok(sum <= MOST, `${sum}: ${JSON.stringify(shifts)}`);
        watch.assertClean();
        await context.close();
      });
});
