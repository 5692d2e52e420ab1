// Everything can be reached: by keyboard alone, without JavaScript, and in a browser that shows only text.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { repository } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";
import { position } from "../lib/watch.mjs";

const { url, onPage, needsProgram } = await browserSuite({ root: path.join(repository, "tests/fixtures/site") });

/** What has the focus: its text or name, and whether one sees that it has. */
function focused(page) {
  return page.evaluate(() => {
    const element = globalThis.document.activeElement;
    const { outlineStyle, outlineWidth, boxShadow } = globalThis.getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    return {
      name: (element.ariaLabel || element.textContent || element.name || "").trim(),
      isVisible: width > 0 && height > 0,
      isMarked: (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none",
    };
  });
}

/** Presses Tab until something of that name has the focus; all that had it on the way could be seen. */
async function tabTo(page, name) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now.name === "") continue; // between the last element and the first, the browser's own
    assert.ok(now.isVisible && now.isMarked, `"${now.name}" has the focus, and nobody sees it`);
    if (now.name === name) return;
  }
  assert.fail(`Tab does not reach "${name}"`);
}

onPage("/")("by keyboard alone: index, talk, deck, and back", async (page) => {
  await tabTo(page, "The keeper's last winter");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => globalThis.Reveal?.isReady());
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await position(page), { h: 1, v: 0, f: -1 });
  await tabTo(page, "About this talk");
  await page.keyboard.press("Enter");
  await page.waitForURL(url("/2024/lighthouse/about"));
  await tabTo(page, "Talks");
  await page.keyboard.press("Enter");
  await page.waitForURL(url("/"));
  await page.goBack();
  await page.goBack();
  await page.waitForFunction(() => globalThis.Reveal?.isReady());
  await tabTo(page, "All talks");
  await page.keyboard.press("Enter");
  await page.waitForURL(url("/"));
});

onPage("/people/")(
  "by keyboard alone: people, a person, search, a slide",
  async (page) => {
    await tabTo(page, "Ida Strand");
    await page.keyboard.press("Enter");
    await page.waitForURL(url("/people/ida-strand/"));
    await tabTo(page, "Search");
    await page.keyboard.press("Enter");
    await page.waitForURL(url("/search"));
    const field = page.getByRole("searchbox");
    for (let presses = 0; presses < 20 && !(await field.evaluate((it) => it.matches(":focus"))); presses++)
      await page.keyboard.press("Tab");
    await page.keyboard.type("marmalade");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=marmalade/);
    await tabTo(page, "The stack, middle");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => globalThis.Reveal?.isReady());
    assert.deepEqual(await position(page), { h: 3, v: 1, f: -1 });
  },
  needsProgram,
);

const SPOKEN = {
  "/": ["Spring tide", "The keeper's last winter", "Ida Strand"],
  "/2024/lighthouse/about": ["The keeper's last winter", "Harbour Days", "Marmalade stands in no other slide."],
  "/people/": ["Ida Strand", "Tom Bakke"],
  "/people/ida-strand/": ["The keeper's last winter", "Spring tide"],
  "/2024/": ["Spring tide"],
  "/search?q=marmalade": ["The stack, middle", "Marmalade"],
  "/2024/lighthouse/": ["A talk with a known shape", "Then there are two.", "rest(keeper)", "miles", "The end"],
};

for (const [address, texts] of Object.entries(SPOKEN)) {
  const needs = address.startsWith("/search") ? needsProgram : {};
  onPage(address)(
    `without JavaScript: ${address}`,
    async (page) => {
      for (const text of texts)
        assert.ok((await page.locator("main").getByText(text).filter({ visible: true }).count()) > 0, text);
    },
    { javaScriptEnabled: false, ...needs },
  );

  test(`as text alone: ${address}`, needs, async () => {
    const { stdout } = await promisify(execFile)("w3m", ["-dump", "-cols", "200", url(address)]);
    let from = 0;
    for (const text of address === "/2024/lighthouse/" ? texts : []) {
      const at = stdout.indexOf(text, from);
      assert.ok(at >= 0, `${text} comes after the slides before it:\n${stdout}`);
      from = at;
    }
    for (const text of texts) assert.ok(stdout.includes(text), `${text}:\n${stdout}`);
  });
}
