// All fourteen themes of reveal.js: each one's style sheet, its fonts, and nothing from anywhere else.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { browserSuite } from "../lib/suite.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { openDeck } from "../lib/watch.mjs";

const THEMES = [
  "beige",
  "black",
  "black-contrast",
  "blood",
  "dracula",
  "league",
  "moon",
  "night",
  "serif",
  "simple",
  "sky",
  "solarized",
  "white",
  "white-contrast",
];

const deckIn = (theme) => `---
title: In ${theme}
theme: ${theme}
---

# A heading

Text with *emphasis*, **weight** and \`code\`

- a list

---

## The end
`;

const root = await temporaryDirectory("themes");
after(root.remove);
for (const theme of THEMES) {
  await mkdir(path.join(root.path, theme));
  await writeFile(path.join(root.path, theme, "deck.md"), deckIn(theme));
}
const { url, visit } = await browserSuite({ root: root.path });

/** What makes a theme: background, and the families of headings and text, with whether each was loaded. */
async function appearance() {
  await globalThis.document.fonts.ready;
  const style = (selector) => globalThis.getComputedStyle(globalThis.document.querySelector(selector));
  const body = style("body");
  const loaded = new Set([...globalThis.document.fonts].filter((it) => it.status === "loaded").map((it) => it.family));
  const declared = new Set([...globalThis.document.fonts].map((it) => it.family));
  const missing = ["h1", "p"]
    .map((name) => style(`.slides section.present ${name}`).fontFamily.split(",")[0].trim())
    .filter((family) => {
      const isNamed = [...declared].some((it) => it.replace(/["']/g, "") === family.replace(/["']/g, ""));
      const isLoaded = [...loaded].some((it) => it.replace(/["']/g, "") === family.replace(/["']/g, ""));
      return isNamed && !isLoaded;
    });
  return {
    missing,
    look: [
      body.backgroundColor,
      body.backgroundImage,
      style(".slides section.present h1").fontFamily,
      style(".slides section.present h1").color,
      style(".slides section.present p").fontFamily,
    ].join(" | "),
  };
}

const looks = new Map();

for (const theme of THEMES)
  test(theme, async () => {
    const { page, context, watch } = await visit();
    await openDeck(page, url(`/${theme}/`));
    await page.waitForLoadState("networkidle");
    const { missing, look } = await page.evaluate(appearance);
    assert.deepEqual(missing, [], "fonts that were not loaded");
    assert.ok(
      watch.requests.some((request) => request.includes(`/${theme}.`)),
      "its own style sheet",
    );
    looks.set(theme, look);
    watch.assertClean();
    await context.close();
  });

test("no two themes look the same", () => {
  assert.equal(looks.size, THEMES.length);
  assert.equal(new Set(looks.values()).size, THEMES.length, [...looks].join("\n"));
});
