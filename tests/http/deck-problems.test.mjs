// What decks of strangers and of other tools lead to, seen from the command line and the page.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { runDecksd, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

let place;

before(async () => {
  place = await temporaryDirectory("deck-problems");
});
after(() => place.remove());

/** Writes the files of a root of its own: {"talk/deck.md": text…}. */
async function rootOf(name, files) {
  const root = path.join(place.path, name);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  return root;
}

const check = async (name, files) => runDecksd(["--check", "--root", await rootOf(name, files)]);

async function explain(name, files) {
  const { code, stdout, stderr } = await runDecksd(["--root", await rootOf(name, files), "--explain", "talk"]);
  assert.equal(code, 0, stderr);
  return stdout;
}

describe("what --check finds in slides, with its line", () => {
  const problems = [
    ["a dead link", "# A\n\n---\n\n[x](gone.md)\n", /^talk\/deck\.md:5: warning: the link "gone\.md" leads nowhere/m],
    ["a dead picture", "# A\n\n![x](gone.png)\n", /^talk\/deck\.md:3: warning: "gone\.png" is not there/m],
    ["a dead background", '# A\n\n---\n<!-- .slide: data-background="gone.jpg" -->\n', /^talk\/deck\.md:4.*gone\.jpg/m],
    ["an unknown language", "# A\n\n```klingon\nQapla\n```\n", /^talk\/deck\.md:3: note: .*klingon/m],
    [
      "a fence left open",
      "# A\n\n```js\nx\n\n---\n\n# B\n",
      /^talk\/deck\.md:3: warning: this code fence is not closed/m,
    ],
    ["an include that is not there", "# A\n\nFILE: gone.md\n", /^talk\/deck\.md:3.*gone\.md/m],
    [
      "a picture of another host in the abstract",
      "---\ndescription: A ![b](https://far.example/b.png)\n---\n\n# A\n",
      /^talk\/deck\.md:2: warning: description: the picture .https:\/\/far\.example\/b\.png. is on another host/m,
    ],
    [
      "HTML in the abstract",
      "---\ntitle: A\ndescription: A <b>b</b>\n---\n\n# A\n",
      /^talk\/deck\.md:3: warning: description: HTML is left out/m,
    ],
    ["an attribute without quotes", "# A <!-- .element: id=x -->\n", /^talk\/deck\.md:1: warning: .*needs quotes/m],
  ];
  for (const [what, text, expected] of problems)
    test(what, async () => {
      const { stdout } = await check(what.replaceAll(" ", "-"), { "talk/deck.md": text });
      assert.match(stdout, expected);
      assert.match(stdout, /^1 deck, /m);
    });
});

describe("YAML of strangers is bounded, reported and not fatal", () => {
  const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"];
  for (let i = 1; i < 12; i++) {
    const [name, before] = [i, i - 1].map((n) => String.fromCharCode(97 + n));
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(",")}]`);
  }
  const hostile = {
    "an alias bomb": bomb.join("\n"),
    "10,000 levels": `title: ${"[".repeat(10000)}${"]".repeat(10000)}`,
    "10,000 levels left open": `title: ${"{a: ".repeat(10000)}`,
    "a key twice": "title: A\ntitle: B",
    "no UTF-8": Buffer.from("title: caf\xe9", "latin1"),
    tags: "title: !!python/object/apply:os.system [ls]",
    "a tab for indentation": "title:\n\t- A",
  };
  for (const [what, yaml] of Object.entries(hostile)) {
    const head = Buffer.concat([Buffer.from("---\n"), Buffer.from(yaml), Buffer.from("\n---\n# Shown\n")]);
    const roots = {
      "front matter": { "talk/deck.md": head },
      "deck.yaml": { "talk/deck.yaml": Buffer.from(yaml), "talk/deck.md": "# Shown\n" },
    };
    for (const [where, files] of Object.entries(roots))
      test(`${what} in ${where}`, async () => {
        const began = process.hrtime.bigint();
        const { code, signal, stdout } = await check(`${what}-${where}`.replace(/\W/g, "-"), files);
        assert.equal(signal, null);
        assert.equal(code, 1, stdout);
        assert.match(stdout, /^talk\/deck\.(md|yaml)(:\d+)+: \w+: /m);
        // A source that is no text as a whole cannot be shown.
        const isText = where === "deck.yaml" || what !== "no UTF-8";
        assert.match(stdout, isText ? /^1 deck, 1 slide: /m : /^1 deck, 0 slides: /m);
        assert.ok(stdout.length < 20000, "problems are bounded, too");
        assert.ok(process.hrtime.bigint() - began < 10_000_000_000n, "slow");
      });
  }
});

describe("settings of other tools", () => {
  const dialects = {
    "reveal-md.json": [
      { "talk/reveal-md.json": '{"separator": "^@@@$", "verticalSeparator": "^@v@$"}', "talk/slides.md": "# A\n" },
      [/^separator: "\^@@@\$" {2}# talk\/reveal-md\.json:1$/m, /^verticalSeparator: "\^@v@\$"/m],
    ],
    "reveal.json": [
      { "talk/reveal.json": '{"controls": false}', "talk/slides.md": "# A\n" },
      [/^ {2}controls: false {2}# talk\/reveal\.json:1$/m],
    ],
    "mkslides.yml": [
      {
        "talk/mkslides.yml": "slides:\n  theme: solarized\n  separator: ^@@@$\nrevealjs:\n  width: 1000\n",
        "talk/index.md": "# A\n",
      },
      [/^theme: "solarized" {2}# talk\/mkslides\.yml:2$/m, /^separator: "\^@@@\$"/m, /^ {2}width: 1000 /m],
    ],
    "HedgeDoc's slideOptions": [
      { "talk/deck.md": "---\nslideOptions:\n  theme: white\n  transition: fade\n---\n# A\n" },
      [/^theme: "white" {2}# talk\/deck\.md:3$/m, /^ {2}transition: "fade" {2}# talk\/deck\.md:4$/m],
    ],
    "reveal-md's front matter": [
      {
        "talk/deck.md":
          "---\ntheme: league\nrevealOptions:\n  slideNumber: true\nabsoluteUrl: https://x.test\n---\n# A\n",
      },
      [/^theme: "league"/m, /^ {2}slideNumber: true /m],
    ],
    "options of reveal.js at the top": [
      { "talk/deck.md": "---\ntransition: none\n---\n# A\n" },
      [/^ {2}transition: "none" {2}# talk\/deck\.md:2$/m],
    ],
    "Hugo's and Jekyll's": [
      { "talk/deck.md": "---\nauthors: [Ada, Grace]\nkeywords: [c, http]\nconference: ExampleConf\n---\n# A\n" },
      [/^speakers: .*Ada.*Grace/m, /^tags: \["c",\s*"http"\]/m, /^event: "ExampleConf"/m],
    ],
    "what is built in": [
      { "talk/deck.md": "# A\n" },
      [
        /^separator: "\\\\r\?\\\\n---\\\\r\?\\\\n" {2}# built-in$/m,
        /^verticalSeparator: "\\\\r\?\\\\n----\\\\r\?\\\\n" {2}# built-in$/m,
        /^notesSeparator: "\^\\\\s\*notes\?:" {2}# built-in$/m,
      ],
    ],
  };
  for (const [what, [files, expected]] of Object.entries(dialects))
    test(what, async () => {
      const stdout = await explain(what.replace(/\W/g, "-"), files);
      for (const line of expected) assert.match(stdout, line);
    });
});

test("what is wrong with settings that decks inherit is said once", async () => {
  const { stdout } = await check("inherited", {
    "deck.yaml": "thme: moon\nlang: [x]\n",
    "a/deck.md": "# A\n",
    "b/deck.md": "# B\n",
    "b/c/deck.md": "# C\n",
  });
  assert.match(stdout, /^deck\.yaml:1:1: warning: `thme`: did you mean `theme`\?$/m);
  assert.match(stdout, /^deck\.yaml:2:7: warning: `lang` must be text, not a list$/m);
  assert.match(stdout, /^3 decks, 3 slides: 0 errors, 2 warnings, 0 notes$/m);
});

test("each layer has the last word over those before it", async () => {
  const files = {
    "site.yaml": "deck:\n  theme: beige\n  event: site\n  venue: site\n  location: site\n  license: site\n",
    "decks/deck.yaml":
      "event: root\nvenue: root\nlocation: root\nlicense: root\nrevealOptions: {width: 1, height: 1}\n",
    "decks/talk/mkslides.yml": "slides: {theme: sky}\nvenue: tool\n",
    "decks/talk/deck.yaml": "venue: own\nlocation: own\nrevealOptions: {height: 2}\n",
    "decks/talk/deck.md": "---\nlocation: head\nrevealOptions: {margin: 3}\n---\n# A\n",
  };
  const root = await rootOf("layers", files);
  const args = ["--config", path.join(root, "site.yaml"), "--root", path.join(root, "decks"), "--explain", "talk"];
  const { stdout } = await runDecksd(args);
  for (const line of [
    /^theme: "sky" {2}# talk\/mkslides\.yml:1$/m,
    /^event: "root" {2}# deck\.yaml:1$/m,
    /^venue: "own" {2}# talk\/deck\.yaml:1$/m,
    /^location: "head" {2}# talk\/deck\.md:2$/m,
    /^license: "root" {2}# deck\.yaml:4$/m,
    /^ {2}width: 1 {2}# deck\.yaml:5$/m,
    /^ {2}height: 2 {2}# talk\/deck\.yaml:3$/m,
    /^ {2}margin: 3 {2}# talk\/deck\.md:3$/m,
    /^math: true {2}# built-in$/m,
  ])
    assert.match(stdout, line);
});

test("a name is found in whichever Unicode form it is written", async () => {
  const [composed, decomposed] = ["Café 1.svg", "Größe.svg"].map((name, i) => name.normalize(["NFC", "NFD"][i]));
  const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>';
  const files = {
    "talk/deck.md": `![a](<${composed.normalize("NFD")}>) ![b](${decomposed.normalize("NFC")})\n`,
    [`talk/${composed}`]: picture,
    [`talk/${decomposed}`]: picture,
  };
  const checked = await check("names", files);
  assert.match(checked.stdout, /^1 deck, 1 slide: 0 errors, 0 warnings, 0 notes$/m);
  const server = await startDecksd({ root: path.join(place.path, "names") });
  try {
    const page = await (await fetch(new URL("talk/", server.url))).text();
    const sources = [...page.matchAll(/<img src="([^"]+)"/g)].map(([, source]) => source);
    assert.equal(sources.length, 2);
    for (const source of sources) {
      const response = await fetch(new URL(source, new URL("talk/", server.url)));
      assert.equal(response.status, 200, source);
      assert.equal(await response.text(), picture);
    }
  } finally {
    await server.stop();
  }
});

test("short codes are emoji where the deck asks for it", async () => {
  const text = "It works :tada:, at 10:30:45, :nosuch:, `:tada:`\n";
  const root = await rootOf("emoji", {
    "on/deck.md": `---\nemoji: true\n---\n${text}`,
    "off/deck.md": text,
  });
  const server = await startDecksd({ root });
  try {
    const page = async (name) => (await fetch(new URL(name, server.url))).text();
    assert.match(await page("on/"), /It works 🎉, at 10:30:45, :nosuch:, <code>:tada:<\/code>/);
    assert.match(await page("off/"), /It works :tada:, at/);
  } finally {
    await server.stop();
  }
});
