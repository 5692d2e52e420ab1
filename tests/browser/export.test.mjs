// A site as files: every page and file of it, behind a server that knows nothing of decks, below a path of its own.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { launchChromium } from "../lib/chromium.mjs";
import { decksdBinary, repository, startDecksd } from "../lib/decksd.mjs";
import { serveFiles } from "../lib/files.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { openDeck, watchContext } from "../lib/watch.mjs";

const root = path.join(repository, "decks");
const place = await temporaryDirectory("export");
after(() => place.remove());
const run = promisify(execFile);
const decksd = (...args) => run(decksdBinary(), args, { cwd: place.path, encoding: "utf8" });
const out = path.join(place.path, "out");

function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

test("every file has the bytes that the server sends, and its compressed forms hold the same", async () => {
  const { stdout } = await decksd("export", "out", "--root", root);
  const files = filesBelow(out);
  assert.match(stdout, /^out: \d+ files\n$/);
  assert.equal(Number(stdout.match(/\d+/)[0]), files.length - 1); // its own list
  const server = await startDecksd({ root });
  for (const file of files) {
    const bytes = readFileSync(path.join(out, file));
    const plain = () => readFileSync(path.join(out, file.replace(/\.(gz|br)$/, "")));
    if (file.endsWith(".gz")) assert.ok(gunzipSync(bytes).equals(plain()), file);
    else if (file.endsWith(".br")) assert.ok(brotliDecompressSync(bytes).equals(plain()), file);
    else if (/\.(svg|css|js|md|webm|woff2)$/.test(file)) {
      const answer = await fetch(new URL(file.split("/").map(encodeURIComponent).join("/"), server.url));
      assert.equal(answer.status, 200, file);
      assert.ok(Buffer.from(await answer.arrayBuffer()).equals(bytes), file);
      const modified = Date.parse(answer.headers.get("last-modified"));
      assert.equal(Math.floor(statSync(path.join(out, file)).mtimeMs / 1000) * 1000, modified, file);
    }
  }
  await server.stop();
});

test("lists are whole, for nobody would answer for the rest of them", async () => {
  const many = await temporaryDirectory("export-many");
  try {
    for (let i = 0; i < 101; i++) many.write(`decks/talk-${i}/deck.md`, `---\ntags: all\n---\n\n# Talk ${i}\n`);
    await decksd("export", "many", "--root", path.join(many.path, "decks"));
    for (const list of ["index.html", "tags/all/index.html"]) {
      const html = readFileSync(path.join(place.path, "many", list), "utf8");
      assert.equal(html.match(/class="talk-title"/g).length, 101, list);
      assert.doesNotMatch(html, /Older talks/);
    }
  } finally {
    await many.remove();
  }
});

test("below any path, every link leads somewhere and every deck starts", async (t) => {
  const server = await serveFiles(out, "/some/where/");
  const browser = await launchChromium();
  t.after(async () => {
    await browser.close();
    await server.stop();
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const watch = await watchContext(context, server.url);
  const page = await context.newPage();
  const seen = new Set();
  const wanted = [server.url];
  const decks = [];
  while (wanted.length > 0) {
    const address = wanted.pop();
    if (seen.has(address)) continue;
    seen.add(address);
    const answer = await fetch(address);
    assert.equal(answer.status, 200, address);
    if (!answer.headers.get("content-type").startsWith("text/html")) continue;
    const html = await answer.text();
    if (html.includes('id="reveal-options"')) decks.push(address);
    assert.doesNotMatch(
      html,
      /role="search"|href="[^"]*\?(q|page|year|speaker|tag|venue)=/,
      `${address} asks for what only decksd answers`,
    );
    for (const [, reference] of html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
      const url = new URL(reference.replaceAll("&amp;", "&"), answer.url);
      url.hash = url.search = "";
      if (url.href.startsWith(new URL("/", server.url).href)) {
        assert.ok(url.href.startsWith(server.url), `${address}: ${reference}`);
        wanted.push(url.href);
      }
    }
  }
  assert.equal(decks.length, 4, decks.join(" "));
  assert.ok([...seen].some((address) => address.endsWith("/about")));
  for (const deck of decks) {
    await openDeck(page, deck);
    await page.keyboard.press("ArrowRight");
    await page.locator(".slides section.present").first().waitFor();
  }
  await page.goto(new URL("2013/self-hosting/about", server.url).href);
  await page.waitForURL(/about\.html$/);
  await page.locator("h1").waitFor();
  watch.assertClean();
});

test("the next export takes away what is gone, and nothing else", async () => {
  const decks = path.join(place.path, "decks");
  const site = path.join(place.path, "site");
  mkdirSync(path.join(decks, "one"), { recursive: true });
  mkdirSync(path.join(decks, "two"), { recursive: true });
  writeFileSync(path.join(decks, "one/deck.md"), "---\ntitle: One\naliases: [/eins/]\n---\n# One\n");
  writeFileSync(path.join(decks, "two/deck.md"), "# Two\n");
  await decksd("export", site, "--root", decks);
  assert.ok(existsSync(path.join(site, "two/index.html")));
  assert.match(readFileSync(path.join(site, "eins/index.html"), "utf8"), /url=\.\.\/one\/"/);
  rmSync(path.join(decks, "two"), { recursive: true });
  writeFileSync(path.join(site, "CNAME"), "talks.example\n");
  await decksd("export", site, "--root", decks);
  assert.ok(!existsSync(path.join(site, "two")));
  assert.ok(existsSync(path.join(site, "one/index.html")));
  assert.ok(existsSync(path.join(site, "CNAME")));
});

test("it writes into directories of its own only, and follows no link out of them", async () => {
  const fails = (args, text) =>
    assert.rejects(decksd(...args), ({ code, stderr }) => {
      assert.equal(code, 1);
      assert.match(stderr, text);
      return true;
    });
  const other = path.join(place.path, "other");
  mkdirSync(other);
  writeFileSync(path.join(other, "thesis.tex"), "");
  await fails(["export", other, "--root", root], /holds other things than an exported site: name a new or an empty/);
  assert.deepEqual(readdirSync(other), ["thesis.tex"]);
  const mistaken = path.join(place.path, "mistaken");
  mkdirSync(path.join(mistaken, "talk"), { recursive: true });
  writeFileSync(path.join(mistaken, "talk/deck.md"), "---\nthme: x\n---\n\n# A talk\n");
  await fails(["export", path.join(mistaken, "out"), "--root", mistaken], /out lies in the directory of the decks/);
  assert.match((await decksd("export", "told", "--root", mistaken)).stderr, /deck\.md:2:1: warning/);
  await fails(["export", "/dev/null/x", "--root", root], /cannot write to \/dev\/null\/x: Not a directory/);

  const linked = path.join(place.path, "linked");
  await decksd("export", linked, "--root", root);
  renameSync(path.join(linked, "format"), path.join(linked, "kept"));
  symlinkSync(other, path.join(linked, "format"));
  await fails(["export", linked, "--root", root], /cannot write format\//);
  assert.deepEqual(readdirSync(other), ["thesis.tex"]);

  // A list that somebody wrote names nothing outside.
  rmSync(path.join(linked, "format"));
  writeFileSync(
    path.join(linked, ".decksd-export"),
    `../other/thesis.tex\n${other}/thesis.tex\nkept/../../other/thesis.tex\n`,
  );
  await decksd("export", linked, "--root", root);
  assert.deepEqual(readdirSync(other), ["thesis.tex"]);
});
