// The index narrows while one types; the same form works without a script, and by keyboard alone.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after } from "node:test";
import { browserSuite } from "../lib/suite.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const directory = await temporaryDirectory("lists");
after(() => directory.remove());
for (let i = 0; i < 120; i++) {
  const folder = path.join(directory.path, `talk-${i}`);
  mkdirSync(folder);
  const head = `title: Talk ${i}${i === 119 ? " on Über-Fog" : ""}\ndate: ${2000 + (i % 20)}\nspeakers: Speaker ${i % 3}\ntags: [odd${i % 2}]`;
  writeFileSync(path.join(folder, "deck.md"), `---\n${head}\n---\n\n# x\n`);
}

const { onPage } = await browserSuite({ root: directory.path });

const onIndex = onPage("/");

const listed = (page) => page.locator(".talk-title").allTextContents();

onIndex("typing narrows the list, says how many are left, and can be bookmarked", async (page) => {
  assert.equal((await listed(page)).length, 100);
  await page.getByRole("searchbox").pressSequentially("uber fog");
  await page.waitForURL((address) => address.search === "?q=uber+fog"); // it was narrowed before, by the first letters
  assert.match(await page.getByRole("status").textContent(), /^1 talk\./);
  assert.deepEqual(await listed(page), ["Talk 119 on Über-Fog"]);
  assert.match(await page.title(), /uber fog/);
  await page.reload();
  assert.equal(await page.getByRole("searchbox").inputValue(), "uber fog");
  assert.equal((await listed(page)).length, 1);
  await page.getByRole("searchbox").fill("");
  await page
    .getByRole("status")
    .filter({ hasText: /^120 talks/ })
    .waitFor();
  assert.equal(new URL(page.url()).search, "");
});

onIndex("choices narrow it further", async (page) => {
  await page.getByLabel("Year").selectOption("2003");
  await page
    .getByRole("status")
    .filter({ hasText: /^6 talks/ })
    .waitFor();
  await page.getByLabel("Speaker").selectOption("Speaker 0");
  await page
    .getByRole("status")
    .filter({ hasText: /^2 talks/ })
    .waitFor();
  await page.getByRole("link", { name: "All talks" }).click();
  await page
    .getByRole("status")
    .filter({ hasText: /^120 talks/ })
    .waitFor();
});

onIndex("by keyboard alone: past the navigation, into the field, on to a talk", async (page) => {
  const focused = () =>
    page.evaluate(() => {
      const { activeElement } = globalThis.document;
      return activeElement.name || activeElement.textContent;
    });
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Skip to the content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "q");
  await page.keyboard.type("119");
  await page
    .getByRole("status")
    .filter({ hasText: /^1 talk\./ })
    .waitFor();
  assert.equal(await focused(), "q");
  for (let i = 0; i < 20 && (await focused()) !== "Talk 119 on Über-Fog"; i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => globalThis.Reveal?.isReady());
  assert.equal(new URL(page.url()).pathname, "/talk-119/");
});

onIndex("older talks are a link away", async (page) => {
  await page.getByRole("link", { name: "Older talks" }).click();
  assert.equal((await listed(page)).length, 20);
  await page.getByRole("link", { name: "Newer talks" }).click();
  assert.equal((await listed(page)).length, 100);
});

onIndex(
  "without JavaScript the form does the same",
  async (page) => {
    await page.getByRole("searchbox").fill("uber fog");
    await page.getByRole("button", { name: "Filter" }).click();
    assert.deepEqual(await listed(page), ["Talk 119 on Über-Fog"]);
    await page.getByRole("searchbox").fill("");
    await page.getByLabel("Tag").selectOption("odd1");
    await page.getByRole("button", { name: "Filter" }).click();
    assert.equal((await listed(page)).length, 60);
    await page.getByRole("link", { name: "All talks" }).click();
    await page.getByRole("link", { name: "Older talks" }).click();
    assert.equal((await listed(page)).length, 20);
  },
  { javaScriptEnabled: false },
);
