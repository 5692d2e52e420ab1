// Paper: the print view of the decks that we ship, and the PDF that `decksd pdf` makes of them.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { decksdBinary, repository, startDecksd } from "../lib/decksd.mjs";
import { browserSuite } from "../lib/suite.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { openDeck } from "../lib/watch.mjs";

const root = path.join(repository, "decks");
const decks = ["welcome", "format", "inside", "2013/self-hosting"];
const { url, visit, needsProgram } = await browserSuite({ root });
const place = await temporaryDirectory("print");
after(() => place.remove());
const run = promisify(execFile);

const decksd = (...args) => run(decksdBinary(), args, { cwd: place.path, encoding: "utf8" });
const pagesOf = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;

/** How many slides a deck has on the screen. */
async function slidesOf(deck) {
  const { page, context } = await visit();
  await openDeck(page, url(`/${deck}/`));
  const count = await page.evaluate(() => globalThis.Reveal.getTotalSlides());
  await context.close();
  return count;
}

/** What sticks out of its page, or is there but cannot be seen. */
function faults() {
  const found = [];
  const name = (element) => `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 40)}"`;
  for (const [index, sheet] of [...document.querySelectorAll(".pdf-page")].entries()) {
    const frame = sheet.getBoundingClientRect();
    if (frame.width === 0 || frame.height === 0) found.push(`page ${index + 1} has no size`);
    for (const element of sheet.querySelectorAll("h1, h2, h3, p, li, table, img, pre")) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || element.closest("aside, .r-stack, .grow")) continue;
      if (box.left < frame.left - 2 || box.right > frame.right + 2)
        found.push(`page ${index + 1}: ${name(element)} at its side`);
      if (box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
        found.push(`page ${index + 1}: ${name(element)} at its end`);
    }
    for (const code of sheet.querySelectorAll("pre code"))
      if (code.scrollHeight > code.clientHeight + 2 || code.scrollWidth > code.clientWidth + 2)
        found.push(`page ${index + 1}: ${name(code)} is cut`);
    for (const fragment of sheet.querySelectorAll(
      ".fragment:not(.fade-out, .semi-fade-out, .fade-in-then-out, .fade-in-then-semi-out, .current-visible)",
    ))
      if (getComputedStyle(fragment).visibility !== "visible" || getComputedStyle(fragment).opacity === "0")
        found.push(`page ${index + 1}: ${name(fragment)} is not shown`);
  }
  return found;
}

for (const deck of decks)
  test(`the print view of ${deck}: a page a slide, nothing cut, nothing hidden`, async () => {
    const { page, context } = await visit();
    await page.goto(url(`/${deck}/?view=print`));
    await page.locator("html.print-ready").waitFor({ state: "attached" });
    assert.equal(await page.locator(".pdf-page").count(), await slidesOf(deck));
    assert.deepEqual(await page.evaluate(faults), []);
    await context.close();
  });

test("long lines of code go on below, with and without numbers, and the page holds them", needsProgram, async (t) => {
  const line = `call(${"argument, ".repeat(30)}end)`;
  const code = (info) => `\`\`\`${info}\n${line}\n${"short()\n".repeat(14)}${line}\n\`\`\`\n`;
  const folder = path.join(place.path, "long");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "talk.md"), `# Plain\n\n${code("js")}\n---\n\n# Numbered\n\n${code("js [1|2]")}`);
  const server = await startDecksd({ root: folder });
  t.after(() => server.stop());
  const { page, context } = await visit();
  await page.goto(new URL("/talk/?view=print", server.url).href);
  await page.locator("html.print-ready").waitFor({ state: "attached" });
  assert.deepEqual(await page.evaluate(faults), []);
  await context.close();
});

test("backgrounds stay on paper", async () => {
  const { page, context } = await visit();
  await page.goto(url("/format/?view=print"));
  await page.locator("html.print-ready").waitFor({ state: "attached" });
  const colours = await page
    .locator(".pdf-page > .slide-background")
    .evaluateAll((backgrounds) => backgrounds.map((background) => getComputedStyle(background).backgroundColor));
  assert.ok(colours.includes("rgb(18, 59, 74)") || new Set(colours).size > 2, colours.join(" "));
  await context.close();
});

test("notes are printed where they are asked for", async () => {
  const { page, context } = await visit();
  await page.goto(url("/2013/self-hosting/?view=print&showNotes=separate-page"));
  await page.locator("html.print-ready").waitFor({ state: "attached" });
  const notes = await page
    .locator(".pdf-page .speaker-notes-pdf, .pdf-page.speaker-notes-pdf, .speaker-notes-pdf")
    .count();
  assert.ok(notes > 10, `${notes}`);
  await context.close();
});

for (const deck of decks)
  test(`decksd pdf ${deck}`, needsProgram, async () => {
    const { stdout } = await decksd("pdf", "--root", root, deck);
    const file = `${path.basename(deck)}.pdf`;
    assert.equal(stdout, `${file}\n`);
    const pdf = readFileSync(path.join(place.path, file));
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    assert.equal(pagesOf(pdf), await slidesOf(deck));
    assert.match(pdf.toString("latin1"), /\/MediaBox \[0 0 7\d\d(\.\d+)? 5\d\d(\.\d+)?\]/);
  });

test("decksd pdf: with notes, to a file that is named, over one that was there", needsProgram, async () => {
  const file = path.join(place.path, "with notes.pdf");
  writeFileSync(file, "old");
  await decksd("pdf", "--root", root, `${root}/2013/self-hosting/`, "--notes", "-o", file);
  assert.ok(pagesOf(readFileSync(file)) > (await slidesOf("2013/self-hosting")));
});

test("decksd pdf: to standard output", needsProgram, async () => {
  const { stdout } = await run(decksdBinary(), ["pdf", "--root", root, "welcome", "-o", "-"], {
    cwd: place.path,
    encoding: "buffer",
    maxBuffer: 1 << 26,
  });
  assert.equal(pagesOf(stdout), await slidesOf("welcome"));
});

test("decksd pdf: what goes wrong is said, and nothing is left behind", needsProgram, async () => {
  const empty = path.join(place.path, "empty");
  mkdirSync(empty);
  const fails = (args, said) =>
    assert.rejects(run(decksdBinary(), args, { cwd: empty, encoding: "utf8" }), ({ code, stderr }) => {
      assert.equal(code, said.code ?? 1, stderr);
      assert.match(stderr, said.text);
      return true;
    });
  await fails(["pdf", "--root", root, "formt"], { text: /no deck `formt`: did you mean `format\/`\?/ });
  await fails(["pdf", "--root", root, "welcome", "--deck-limit", "9"], {
    text: /welcome\/deck\.md: error: there are no sl/,
  });
  await fails(["pdf", "--root", root, "welcome", "--chromium", "/nowhere/chromium"], {
    text: /cannot start \/nowhere\/chromium: .*install Chromium/,
  });
  await fails(["pdf", "--root", root, "welcome", "--chromium", "true"], {
    text: /the browser failed at Target\.createTarget/,
  });
  await fails(["pdf", "--root", root, "welcome", "-o", "/nowhere/a.pdf"], {
    text: /\/nowhere\/a\.pdf cannot be written/,
  });
  await fails(["pdf"], { text: /write `decksd pdf DECK`/, code: 2 });
  await fails(["pdf", "a", "b"], { text: /write `decksd pdf DECK`/, code: 2 });
  await fails(["--notes"], { text: /--output and --notes are for `decksd pdf DECK`/, code: 2 });
  assert.deepEqual(readdirSync(empty), []);
});
