// What visitors do with the page of a talk, with a mouse, a keyboard, or without JavaScript.
import assert from "node:assert/strict";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { repository } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { openDeck, position, untilTools } from "../lib/watch.mjs";

const place = await temporaryDirectory("talk-page");
after(() => place.remove());
const folder = path.join(place.path, "harbour");
await mkdir(folder);
for (const [from, to] of [
  ["steps.webm", "talk.webm"],
  ["steps.vtt", "talk.en.vtt"],
  ["hills.svg", "hills.svg"],
])
  await copyFile(path.join(repository, "decks/format", from), path.join(folder, to));
await writeFile(
  path.join(folder, "deck.md"),
  `---
title: The harbour
description: Ships, seen from the *land*.
cover: hills.svg
video: [https://youtu.be/abc-DEF_123, talk.webm]
---

# The harbour

---

## Ships

\`\`\`js
${"const ship = 'a line of code that is wider than a telephone is'; ".repeat(3)}
\`\`\`

----

## Small ships

| a | b |
|---|---|
| ${"wide ".repeat(40)} | x |
`,
);

const { url, visit } = await browserSuite({ root: place.path });
const about = url("/harbour/about");

async function onPage(name, run, options = {}) {
  test(name, async () => {
    const { page, context, watch } = await visit(options);
    try {
      await page.goto(about);
      await run(page, watch, context);
    } finally {
      await context.close();
    }
  });
}

onPage("a recording of another host loads when it is asked for, and nothing before", async (page, watch, context) => {
  const asked = [];
  await context.route("https://www.youtube-nocookie.com/**", (route) => {
    asked.push(route.request().url());
    return route.fulfill({ contentType: "text/html", body: "<p>the player" });
  });
  await page.locator(".recording-frame").scrollIntoViewIfNeeded();
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  watch.assertClean();
  assert.equal(await page.locator("iframe").count(), 0);

  await page.getByRole("link", { name: "Watch at YouTube" }).press("Enter");
  await page.frameLocator("iframe").getByText("the player").waitFor();
  assert.deepEqual(asked, ["https://www.youtube-nocookie.com/embed/abc-DEF_123?autoplay=1"]);
  assert.equal(await page.locator("iframe").getAttribute("title"), "The harbour");
  assert.match(await page.locator("iframe").getAttribute("allow"), /(^|; )fullscreen(;|$)/);
  assert.equal(await page.locator("iframe").getAttribute("allowfullscreen"), null); // a warning, beside `allow`
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "IFRAME");
  assert.equal(page.url(), about);
});

onPage("a file plays, with its captions", async (page, watch) => {
  const video = page.locator("video");
  await video.evaluate((element) => {
    element.muted = true;
    element.textTracks[0].mode = "showing";
    return element.play();
  });
  await page.waitForFunction(() => document.querySelector("video").currentTime > 0.05);
  await page.waitForFunction(() => document.querySelector("video").textTracks[0].cues?.length > 0);
  assert.equal(await video.evaluate((element) => element.textTracks[0].language), "en");
  watch.assertClean();
});

onPage("a slide's number leads to it in the deck", async (page, watch) => {
  await page.getByRole("link", { name: "Show slide 3" }).press("Enter");
  await page.waitForFunction(() => globalThis.Reveal?.isReady());
  assert.deepEqual(await position(page), { h: 1, v: 1, f: -1 });
  watch.assertClean();
});

onPage("the contents lead down the page", async (page) => {
  await page.getByRole("link", { name: "Small ships" }).press("Enter");
  assert.equal(new URL(page.url()).hash, "#s-small-ships");
  const top = await page.locator("#s-small-ships").evaluate((element) => element.getBoundingClientRect().top);
  assert.ok(top > -2 && top < 720, `${top}`);
});

onPage("the frame to embed is completed and copied", async (page, watch, context) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const share = page.getByRole("region", { name: "Share" });
  await share.waitFor();
  assert.equal(await share.locator("figcaption").textContent(), url("/harbour/"));
  await share.locator("img").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".share img").naturalWidth > 0);
  await share.getByRole("button", { name: "Copy" }).click();
  await share.getByText("Copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(
    copied,
    `<iframe src="${url("/harbour/")}" title="The harbour" width="960" height="540" allow="fullscreen" loading="lazy"></iframe>`,
  );
  watch.assertClean();
});

onPage(
  "everything can be read without JavaScript",
  async (page, watch) => {
    const text = await page.locator("main").textContent(); // also of what is further down
    for (const part of ["The harbour", "Ships, seen from the land.", "Show the slides", "Small ships", "const ship"])
      assert.ok(text.includes(part), part);
    assert.equal(
      await page.getByRole("link", { name: "Watch at YouTube" }).getAttribute("href"),
      "https://youtu.be/abc-DEF_123",
    );
    assert.equal(await page.getByRole("button").count(), 0);
    watch.assertClean();
  },
  { javaScriptEnabled: false },
);

onPage(
  "a phone need not scroll sideways",
  async (page) => {
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(widths[0] <= widths[1], `${widths}`);
  },
  { viewport: { width: 360, height: 700 } },
);

test("q shows the deck's address as a QR code, and q or Escape take it away", async () => {
  const { page, context, watch } = await visit();
  await openDeck(page, `${url("/harbour/")}#/1`);
  await untilTools(page);
  const dialog = page.getByRole("dialog", { name: "The address of these slides" });
  for (const end of ["q", "Escape"]) {
    await page.keyboard.press("q");
    await dialog.waitFor();
    assert.ok((await dialog.textContent()).includes(url("/harbour/")));
    await page.waitForFunction(() => document.querySelector("dialog img").naturalWidth > 0);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Close");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press(end);
    await dialog.waitFor({ state: "hidden" });
  }
  assert.deepEqual(await position(page), { h: 1, v: 0, f: -1 });
  assert.equal(await page.evaluate(() => globalThis.Reveal.isOverview()), false);
  await page.keyboard.press("q");
  await page.evaluate(() => {
    document.activeElement.click(); // and before the focus has left what is closed:
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { keyCode: 40, bubbles: true }));
  });
  assert.deepEqual(await position(page), { h: 1, v: 1, f: -1 });
  await page.keyboard.press("Shift+Slash");
  await page.getByText("QR code of the address").waitFor();
  watch.assertClean();
  await context.close();
});

test("a deck leads to its talk's page", async () => {
  const { page, context, watch } = await visit();
  await openDeck(page, url("/harbour/"));
  await page.getByRole("link", { name: "About this talk" }).press("Enter");
  await page.waitForURL(about);
  await page.getByRole("link", { name: "Show the slides" }).press("Enter");
  await page.waitForURL(/\/harbour\/(#|$)/);
  watch.assertClean();
  await context.close();
});
