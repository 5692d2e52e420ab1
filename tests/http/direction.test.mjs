// Text that runs from right to left says so wherever a page of the site has it, and nothing else does.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { ask } from "./exchange.mjs";

const deck = (lang) =>
  `---\nlang: ${lang}\nsubtitle: מה, עוד?\ndescription: תקציר!\npublishNotes: true\n---\n\n# שלום: C++.\n\n` +
  "טקסט עם פיסוק!\n\n---\n\n## ועוד\n\nNote: הערה עם פיסוק!\n";

const hebrew = ' lang="he" dir="rtl"';

let directory;
let server;
let port;

const text = async (target) => (await ask(port, target)).text;

before(async () => {
  directory = await temporaryDirectory("direction");
  directory.write("hebrew/deck.md", deck("he"));
  directory.write("latin/deck.md", deck("he-Latn"));
  server = await startDecksd({ root: directory.path });
  port = Number(new URL(server.url).port);
});

after(async () => {
  await server.stop();
  await directory.remove();
});

test("a talk's page: heading, subtitle, abstract, contents and slides", async () => {
  const page = await text("/hebrew/about");
  for (const element of [
    `<h1${hebrew}>שלום: C++.</h1>`,
    `<p class="about-subtitle"${hebrew}>מה, עוד?</p>`,
    `<div class="about-abstract"${hebrew}>`,
  ])
    assert.ok(page.includes(element), element);
  assert.equal(page.split(`<ol${hebrew}>`).length, 3);
  assert.match(page, /<html lang="en">/);
  assert.equal(page.split(' lang="he"').length, page.split(hebrew).length);
});

test("lists, and what a search has found", async () => {
  for (const target of ["/", `/search?q=${encodeURIComponent("פיסוק")}`]) {
    const page = await text(target);
    assert.ok(page.includes(`<a href="hebrew/"${hebrew}>שלום: C++.</a>`), target);
    assert.ok(page.includes(`<span${hebrew}>מה, עוד?</span>`), target);
    assert.match(page, /<input type="search" name="q" dir="auto" /);
    assert.equal(page.split(' lang="he"').length, page.split(hebrew).length);
  }
  const found = await text(`/search?q=${encodeURIComponent("פיסוק")}`);
  assert.ok(found.includes(`<ul class="found-slides"${hebrew}>`));
  assert.ok(found.includes('<span lang="en" dir="ltr">Notes:</span>'));
});

test("the same language in Latin script keeps the page's direction", async () => {
  const page = await text("/latin/about");
  assert.match(page, /<h1 lang="he-Latn">/);
  assert.ok(!page.includes('dir="rtl"'));
});

test("slides of a deck stand as reveal.js would show them", async () => {
  assert.match(await text("/hebrew/"), /<html lang="he">/);
  assert.ok(!(await text("/hebrew/")).includes('dir="rtl"'));
});
