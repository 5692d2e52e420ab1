// An author who puts script, and orders to terminals, wherever a deck can say something. Whatever decksd makes of it,
// pages, feeds, lists for programs, drawings, lines of the log, is looked at: nothing runs, nothing is left of the orders.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { launchChromium } from "../lib/chromium.mjs";
import { runDecksd, startDecksd } from "../lib/decksd.mjs";
import { get } from "../lib/get.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";

// Escape, bell, CSI in one character, and the override that turns round what follows.
const orders = "\u001b[31m\u001b]0;x\u0007\u009b31m\u202e";
const script = `"'><script>ran()</script><img src=x onerror=ran()><svg onload=ran()>`;
const evil = `${script}${orders}`;
// As YAML's double quotes have it: raw control characters are errors there.
const quoted = JSON.stringify(evil).replace("\u009b", "\\x9b").replace("\u202e", "\\u202e");
const inline = script.replaceAll("'", "");

const place = await temporaryDirectory("hostile");
after(() => place.remove());
const root = path.join(place.path, "root");
const folder = "x<script>ran()<\u202e\u009b31m&\"'";
const pictures = "pic\u202e\u009b<script>&.svg";

const write = (name, text) => place.write(`root/${name}`, text);

write(
  `${folder}/deck.md`,
  `---
title: ${quoted}
subtitle: ${quoted}
speakers: [{name: ${quoted}, url: ${quoted}, email: ${quoted}}, {name: Ada, url: "javascript:ran()"}]
event: ${quoted}
venue: ${quoted}
location: ${quoted}
description: ${quoted}
tags: [${quoted}, plain]
lang: ${quoted}
license: ${quoted}
date: 2015-07-04
updated: ${quoted}
slug: ${quoted}
theme: ${quoted}
highlightTheme: ${quoted}
video: ["javascript:ran()", ${quoted}, {url: "https://example.org/v", title: ${quoted}}]
pdf: ["javascript:ran()", ${quoted}]
links: [{title: ${quoted}, url: "javascript:ran()"}, {title: ${quoted}, url: "https://example.org/\\e[31m\\u202e"}]
cover: ${quoted}
aliases: [${quoted}]
css: ${quoted}
scripts: ${quoted}
publishNotes: true
revealOptions: {${quoted}: ${quoted}, transition: ${quoted}}
${quoted}: 1
---

# ${evil}

![${inline}${orders}](${encodeURI(pictures)} "${inline.replaceAll('"', "")}${orders}")
![gone ${orders}](gone%1b%e2%80%ae.png)
[${evil}](javascript:ran())
[link ${orders}](https://example.org/${encodeURI(orders)} "${orders}")
&#27;[31m &#x9b;31m &#7; &#x202e; \\\`

\`\`\`${evil.replaceAll(/\s/g, "")}
code ${evil}
\`\`\`

\`${evil}\` $x${evil}$ \\(${evil}\\)

<!-- .slide: id="${orders}" data-x="${inline.replaceAll('"', "")}" data-background-image="javascript:ran()" -->

<p title="raw${orders.replace("\u202e", "")}">raw<script>ran()</script></p>

---

## Second ${evil} <!-- .element: class="${orders}" onclick="ran()" -->

| a${evil} | b |
|---|---|
| ${evil} | x[^1] |

[^1]: ${evil}

\`\`\`mermaid
graph TD; A["${evil}"]
\`\`\`

Note: ${evil}
`,
);
write(`${folder}/${pictures}`, "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>\n");
write("other/deck.md", "---\ntitle: Other\ntags: plain\nspeakers: Ada\n---\n\n# Other\n");
write("other/reveal.json", JSON.stringify({ [evil]: evil }));
write("e\u001b[31m\u0007/deck.md", "# In a folder that no URL can name\n");

// Line ends and tabs are no orders; DEL does nothing to anybody.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ORDERS = /[\0-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\u202d\u202e]/u;

function assertPlain(text, what) {
  const at = text.search(ORDERS);
  assert.ok(at < 0, `${what}: ${JSON.stringify(text.slice(Math.max(0, at - 80), at + 20))}`);
}

// Scripts of the pages themselves are files; data for them is JSON. HTML in a slide is the author's right: that no
// script in it runs is the policy's business.
function assertScriptless(html, what) {
  const own = html.replace(/<div class="slides">.*<\/section>/s, "").replaceAll(/<!--.*?-->/gs, "");
  for (const [tag] of own.matchAll(/<script\b[^>]*>/g))
    assert.match(tag, / src="[^"]+"| type="application\/(ld\+)?json"/, what);
  for (const [tag] of own.matchAll(/<[a-z][^>]*>/g))
    assert.doesNotMatch(tag.replaceAll(/="[^"]*"/g, ""), /\son\w+\s*=/, what);
  assert.doesNotMatch(own, /\s(href|src|action|data|xlink:href|data-[\w-]+)="\s*javascript:/i, what);
}

const VISITS = [
  "",
  "people/",
  "tags/",
  "venues/",
  "events/",
  "search",
  "feed.xml",
  "sitemap.xml",
  "decks.json",
  "robots.txt",
  "opensearch.xml",
  "other/",
  "other/about",
  "_/metrics",
  "_/health",
  `search?q=${encodeURIComponent("ran")}`,
  `search?q=${encodeURIComponent(evil)}`,
  `search.json?q=ran`,
  `search.json?q=${encodeURIComponent(evil)}`,
  `?tag=${encodeURIComponent(evil)}`,
  `${encodeURIComponent(evil)}/`,
  `${encodeURIComponent("\u202e\u009b")}`,
];

/** All that can be reached from the pages, and what is asked for besides. */
async function visitAll(server) {
  const seen = new Map();
  const queue = VISITS.map((target) => new URL(target, server.url).href);
  for (const deck of [folder, "other"]) {
    const url = new URL(`${encodeURIComponent(deck)}/`, server.url).href;
    queue.push(url, `${url}about`);
    for (const format of ["json", "xml"])
      queue.push(new URL(`oembed?format=${format}&url=${encodeURIComponent(url)}`, server.url).href);
  }
  while (queue.length > 0) {
    const url = queue.shift();
    if (seen.has(url)) continue;
    const answer = await get(new URL(url));
    seen.set(url, answer);
    for (const [, link] of answer.text.matchAll(/(?:href|src|content|data-src)="([^"]+)"/g)) {
      const to = URL.canParse(link, url) && new URL(link.replaceAll("&amp;", "&"), url);
      if (to && to.origin === new URL(server.url).origin && !to.pathname.startsWith("/_/")) {
        to.hash = "";
        queue.push(to.href);
      }
    }
  }
  return seen;
}

describe("a hostile author", async () => {
  let server;
  let answers;
  after(() => server?.stop());

  test("gives no orders to who asks, and no script to who reads, anywhere on the site", async () => {
    server = await startDecksd({ root, args: ["--access-log", "-"] });
    answers = await visitAll(server);
    assert.ok(answers.size > 35, `${answers.size}`);
    const kinds = new Set();
    for (const [url, { status, headers, text }] of answers) {
      assert.ok([200, 301, 308, 400, 401, 404].includes(status), `${status} ${url}`);
      const type = headers["content-type"] ?? "";
      kinds.add(type.split(";")[0]);
      for (const [name, value] of Object.entries(headers)) assertPlain(String(value), `${name} of ${url}`);
      // What the author wrote is sent as it is to who asks for the file.
      if (/\.(md|json)$/.test(new URL(url).pathname) && !/decks\.json|search\.json/.test(url)) continue;
      assertPlain(text, url);
      if (type.startsWith("text/html")) {
        assertScriptless(text, url);
        assert.match(headers["content-security-policy"], /default-src 'none'.*script-src 'self'/);
        assert.doesNotMatch(headers["content-security-policy"], /script-src[^;]*'unsafe-/);
      }
    }
    for (const kind of [
      "text/html",
      "application/atom+xml",
      "application/xml",
      "application/json",
      "image/svg+xml",
      "text/plain",
    ])
      assert.ok(kinds.has(kind), `${kind} is among ${[...kinds]}`);
  });

  test("runs nothing in a browser", async () => {
    const browser = await launchChromium();
    try {
      const context = await browser.newContext();
      const ran = [];
      await context.exposeFunction("ran", () => ran.push("ran"));
      const page = await context.newPage();
      page.on("dialog", (dialog) => ran.push(dialog.message()));
      for (const [url, { status, headers }] of answers) {
        if (status !== 200 || !/^(text\/html|image\/svg)/.test(headers["content-type"])) continue;
        await page.goto(url);
        assert.deepEqual(ran, [], url);
      }
      await page.goto(new URL(`${encodeURIComponent(folder)}/`, server.url).href);
      await page.waitForFunction("window.Reveal?.isReady()");
      for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
      assert.deepEqual(ran, []);
    } finally {
      await browser.close();
    }
  });

  test("writes nothing but text into the logs", async () => {
    const wanted = () => server.output().includes("GET /?tag=");
    await until(wanted, server.output);
    assertPlain(server.output(), "the log as text");
    assert.match(server.output(), /\\x1b\[31m/);
    for (const format of ["logfmt", "json"]) {
      const other = await startDecksd({
        root,
        args: ["--log-format", format],
        env: { DECKSD_LOG_FORMAT: format },
      }).catch((error) => error);
      assertPlain(other instanceof Error ? other.message : other.output(), format);
      if (!(other instanceof Error)) await other.stop();
    }
  });

  test("nor onto the terminal of who checks, explains or exports", async () => {
    const out = path.join(place.path, "out");
    for (const args of [["--check"], ["--explain", folder], ["export", out]]) {
      const { stdout, stderr } = await runDecksd(["--root", root, ...args]);
      assertPlain(stdout + stderr, args[0]);
      assert.ok((stdout + stderr).length > 100, stdout + stderr);
    }
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    let looked = 0;
    for (const file of files) {
      const name = path.join(file.parentPath ?? file.path, file.name);
      if (!/\.(html|xml|svg|txt|json)$/.test(name) || name.startsWith(path.join(out, "_"))) continue;
      if (name.endsWith("reveal.json")) continue; // the author's
      const text = readFileSync(name, "utf8");
      assertPlain(text, name);
      if (name.endsWith(".html")) assertScriptless(text, name);
      looked++;
    }
    assert.ok(looked > 15, `${looked}`);
  });
});
