// The index page: what it lists, in which order, and how it looks on screens of all kinds.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { repository } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";

const { onPage, url, visit } = await browserSuite({ root: path.join(repository, "tests/fixtures/site") });

const onIndex = onPage("/");

/** Relative luminance of a CSS colour "rgb(r, g, b)", roughly. */
function luminance(colour) {
  const [r, g, b] = colour.match(/[\d.]+/g).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

async function bodyColours(page) {
  const [text, background] = await page.evaluate(() => {
    const style = globalThis.getComputedStyle(globalThis.document.body);
    const root = globalThis.getComputedStyle(globalThis.document.documentElement);
    const isClear = style.backgroundColor === "rgba(0, 0, 0, 0)";
    return [style.color, isClear ? root.backgroundColor : style.backgroundColor];
  });
  return { text: luminance(text), background: luminance(background) };
}

onIndex("every talk, newest first, those without a date last", async (page) => {
  const titles = await page.locator(".talk-title").allTextContents();
  assert.deepEqual(
    titles.map((title) => title.trim()),
    [
      "Spring tide",
      "The keeper's last winter",
      "Fog",
      "A talk without a date and with a title that is much longer than a telephone is wide",
    ],
  );
});

onIndex("a talk has its date, venue and speakers, and leads to the deck", async (page) => {
  const talk = page.locator(".talk").filter({ hasText: "Spring tide" });
  assert.equal(await talk.locator("time").getAttribute("datetime"), "2024-05-01");
  assert.match(await talk.textContent(), /Town hall/);
  assert.match(await talk.textContent(), /Ida Strand.*Tom Bakke/s);
  await talk.getByRole("link", { name: "Spring tide" }).click();
  await page.waitForFunction(() => globalThis.Reveal?.isReady());
  assert.equal(page.url().split("#")[0], url("/2024/spring/"));
});

onIndex(
  "light",
  async (page) => {
    const { text, background } = await bodyColours(page);
    assert.ok(background > 0.8 && text < 0.4, `text ${text} on ${background}`);
  },
  { colorScheme: "light" },
);

onIndex(
  "dark",
  async (page) => {
    const { text, background } = await bodyColours(page);
    assert.ok(background < 0.2 && text > 0.6, `text ${text} on ${background}`);
  },
  { colorScheme: "dark" },
);

for (const width of [320, 360, 768])
  onIndex(
    `${width} pixels are wide enough`,
    async (page) => {
      const reach = await page.evaluate(() => globalThis.document.documentElement.scrollWidth);
      assert.ok(reach <= width, `${reach} pixels wide`);
      for (const link of await page.locator(".talk-title a").all()) assert.ok(await link.isVisible());
    },
    { viewport: { width, height: 700 }, isMobile: true, hasTouch: true },
  );

onIndex(
  "without JavaScript it is the same",
  async (page) => {
    assert.equal(await page.locator(".talk-title a").count(), 4);
  },
  { javaScriptEnabled: false },
);

test("a page that is not there says so and leads home", async () => {
  const { page, context } = await visit();
  const response = await page.goto(url("/no/such/talk/"));
  assert.equal(response.status(), 404);
  await page.getByRole("link", { name: "All talks" }).click();
  assert.equal(page.url(), url("/"));
  await context.close();
});
