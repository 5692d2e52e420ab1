// The page of a talk, as it comes: what is known of it, its slides as text, its policy, what machines read of it.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { runDecksd, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const files = {
  "2015/polyconf/deck.md": `---
title: Servers & "gardens"
subtitle: A talk <b>in bold</b>
date: 2015-07-04
speakers: [{name: Ada Adams, url: "https://ada.example/"}, Ben]
event: PolyConf
venue: Hall 2
location: Poznań, Poland
description: |
  What *grows* in a server, </script> and [what does not](more.html).

  <script>alert(1)</script>
tags: [gardens, servers]
lang: pl
license: CC-BY-SA-4.0
cover: cover.png
video:
  - https://youtu.be/abc-DEF_123?t=90
  - {url: talk.mp4, title: "The recording", captions: words.vtt, lang: de}
  - url: again.webm
  - https://tv.example/watch/1
  - "javascript:alert(1)"
  - gone.mp4
pdf: [slides.pdf, gone.pdf]
links:
  - {title: The code, url: https://code.example/}
  - javascript:alert(2)
  - more.html
publishNotes: true
---

# First <em>heading</em>

Some text <!-- .element: class="fragment" -->

Note: Said, not shown.

----

## Below

- one
- two

![A picture](cover.png) ![elsewhere](https://other.example/x.png)

---

<!-- .slide: id="last" -->

No heading, [to the first](#/first-heading)
`,
  "2015/polyconf/cover.png": PNG,
  "2015/polyconf/talk.mp4": "not really",
  "2015/polyconf/words.vtt": "WEBVTT\n",
  "2015/polyconf/again.webm": "not really",
  "2015/polyconf/again.vtt": "WEBVTT\n",
  "2015/polyconf/again.pt-BR.vtt": "WEBVTT\n",
  "2015/polyconf/againx.vtt": "WEBVTT\n",
  "2015/polyconf/slides.pdf": "%PDF-1.4",
  "2015/polyconf/more.html": "<p>more</p>",
  "recorded/deck.yaml": "title: Only a recording\ndate: 2016\nspeakers: Ada Adams\nvideo: https://vimeo.com/123456\n",
  "captioned/deck.yaml": "video: {url: talk.mp4, lang: de}\n",
  "captioned/talk.mp4": "not really",
  "captioned/talk.vtt": "WEBVTT\n",
  "captioned/talk.DE.vtt": "WEBVTT\n",
  "captioned/talk.zh.vtt": "WEBVTT\n",
  "paper/deck.yaml": "pdf: https://pdf.example/x.pdf\n",
  "settings/deck.yaml": "title: No talk\n",
  "plain/deck.md": "# Plain\n",
  "plain/deck.pdf": "%PDF-1.4",
  "kept/deck.md": "---\nembed: false\ndraft: true\ntags: [secret]\nspeakers: Nobody\nevent: Hidden\n---\n# Kept\n",
  "whole/index.html": "<!doctype html><title>Own</title><p>mine</p>",
  "own/index.html": `<!doctype html><title>Own</title><div class="reveal"><div class="slides">
<section><h2>First</h2><p>Mine and <b>only</b> mine</p><script>no()</script><aside class="notes">hush</aside></section>
<section><section id="kept">Deeper</section><section data-markdown><textarea data-template>
## Written
As $E=mc^2$ has it
</textarea></section></section></div></div>`,
  "drawn/deck.md": "# Drawn\n\nEuler: $e^{i\\pi}+1=0$\n\n```mermaid\ngraph LR\naccTitle: A & B\nA --> B\n```\n",
  "about/deck.md": "# A deck that is called so\n",
  "plain/about/deck.md": "# Below another one\n",
};

let place;
let server;
let known;

before(async () => {
  place = await temporaryDirectory("talk-page");
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(place.path, file)), { recursive: true });
    await writeFile(path.join(place.path, file), text);
  }
  server = await startDecksd({ root: place.path });
  known = await startDecksd({ root: place.path, args: ["--url", "https://decks.example.org/talks"] });
});
after(async () => {
  await server?.stop();
  await known?.stop();
  await place.remove();
});

async function get(target, from = server) {
  const response = await fetch(new URL(target, from.url), { redirect: "manual" });
  return { response, status: response.status, text: await response.text() };
}

const schemaOf = (text) => JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)[1]);
const meta = (text, name) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(text)?.[1];

describe("the text of slides", () => {
  test("is there for a page of the author's own, with the numbers that its slides have there", async () => {
    const { text } = await get("/own/about");
    assert.match(text, /<a href="\.\/#\/0"[^>]*>1<\/a><\/p>\n<h3>First<\/h3>\n<p>Mine and <b>only<\/b> mine<\/p>/);
    assert.match(text, /<a href="\.\/#\/1"[^>]*>2<\/a><\/p>\nDeeper/);
    assert.match(text, /<a href="\.\/#\/1\/1"[^>]*>3<\/a><\/p>\n<h3>Written<\/h3>/);
    assert.match(text, /<code class="math" role="math" aria-label="Formula: E=mc\^2">E=mc\^2<\/code>/);
    assert.match(text, /<a href="#s-first">First<\/a>/);
    assert.ok(!/hush|no\(\)/.test(text), text);
    assert.match((await get("/own/")).text, /^<!doctype html><title>Own<\/title><div class="reveal">/);
  });

  test("has formulas as TeX and diagrams by their titles", async () => {
    const { text } = await get("/drawn/about");
    assert.match(text, /Euler: <code class="math" role="math" aria-label="Formula: e\^\{i\\pi\}\+1=0">e\^/);
    assert.match(text, /<figure class="diagram">\n<figcaption>A &amp; B<\/figcaption>\n<details>/);
  });
});

describe("what is known of a talk", () => {
  let text;
  let response;
  before(async () => ({ text, response } = await get("/2015/polyconf/about")));

  test("title, subtitle, people, time and place", () => {
    assert.match(
      text,
      /<h1 lang="pl">Servers &amp; "gardens"<\/h1>|<h1 lang="pl">Servers &amp; &quot;gardens&quot;<\/h1>/,
    );
    assert.match(text, /A talk &lt;b&gt;in bold&lt;\/b&gt;/);
    assert.match(text, /<a href="\.\.\/\.\.\/people\/ada-adams\/">Ada Adams<\/a>, <a[^>]*>Ben<\/a>/);
    assert.match(
      text,
      /<time datetime="2015-07-04">4 July 2015<\/time> · <a [^>]*>PolyConf<\/a>, <a [^>]*>Hall 2<\/a>, Poznań, Poland</,
    );
    assert.match(text, /<a class="button" href="\.\/">Show the slides<\/a>\s*<span[^>]*>3 slides/);
  });

  test("the abstract is Markdown, without the author's HTML", () => {
    assert.match(text, /What <em>grows<\/em> in a server, .* and <a href="more\.html">what does not<\/a>/);
    assert.doesNotMatch(text, /<script>alert/);
  });

  test("people, venues and tags lead to their pages", async () => {
    for (const link of ["people/ada-adams/", "people/ben/", "venues/polyconf/", "venues/hall-2/", "tags/gardens/"]) {
      assert.ok(text.includes(`href="../../${link}"`), link);
      assert.equal((await get(`/${link}`)).status, 200, link);
    }
  });

  test("PDF, links and licence", () => {
    assert.match(text, /<a href="slides\.pdf\?v=[0-9a-f]+">PDF<\/a>/);
    assert.match(text, /<a href="https:\/\/code\.example\/">The code<\/a>/);
    assert.match(text, /<a href="more\.html">more\.html<\/a>/);
    assert.match(text, /<a href="https:\/\/creativecommons\.org\/licenses\/by-sa\/4\.0\/">CC BY-SA 4\.0<\/a>/);
  });

  test("slides as text, with contents, numbers that lead into the deck, and notes", () => {
    assert.match(text, /<li><a href="#s-first-heading">First heading<\/a><\/li>/);
    assert.match(text, /<li class="below"><a href="#s-below">Below<\/a><\/li>/);
    assert.match(text, /<li class="slide" id="s-below">\s*<p class="slide-number"><a href="\.\/#\/below"/);
    assert.match(text, /<h3>First <em>heading<\/em><\/h3>\s*<p>Some text\s*<\/p>/);
    assert.match(text, /<div class="notes">\s*<p class="notes-label">Notes<\/p>\s*<p>Said, not shown\.<\/p>/);
    assert.match(text, /<img src="cover\.png\?v=[0-9a-f]+" alt="A picture"/);
    assert.match(text, /<a href="https:\/\/other\.example\/x\.png">elsewhere<\/a>/);
    assert.match(text, /id="s-last"[\s\S]*<a href="\.\/#\/first-heading">to the first<\/a>/);
  });

  test("files play with their captions", () => {
    assert.match(
      text,
      /<h3>The recording<\/h3>\s*<video [^>]*controls preload="metadata" src="talk\.mp4\?v=[0-9a-f]+"[^>]*>\s*<track kind="captions" src="words\.vtt\?v=[0-9a-f]+" srclang="de" label="Deutsch">/,
    );
    const again = /<video [^>]*src="again\.webm[^>]*>([\s\S]*?)<\/video>/.exec(text)[1];
    assert.match(again, /src="again\.pt-BR\.vtt\?v=[0-9a-f]+" srclang="pt-BR" label="Português">/);
    assert.match(again, /src="again\.vtt\?v=[0-9a-f]+" srclang="pl" label="Polski">/);
    assert.doesNotMatch(again, /againx/);
  });

  test("a language has captions once, those that name it", async () => {
    const tracks = [...(await get("/captioned/")).text.matchAll(/<track [^>]* src="([^?]*)[^>]* srclang="([^"]*)"/g)];
    assert.deepEqual(
      tracks.map(([, file, lang]) => [file, lang]),
      [
        ["talk.DE.vtt", "DE"],
        ["talk.zh.vtt", "zh"],
      ],
    );
  });

  test("recordings of others are links, whose players only this page may frame", () => {
    assert.match(
      text,
      /data-frame="https:\/\/www\.youtube-nocookie\.com\/embed\/abc-DEF_123\?autoplay=1&amp;start=90"[^>]*>\s*<a href="https:\/\/youtu\.be\/abc-DEF_123\?t=90">/,
    );
    assert.match(text, /<a href="https:\/\/tv\.example\/watch\/1">Watch at tv\.example<\/a>/);
    assert.doesNotMatch(text, /<iframe/);
    const policy = response.headers.get("content-security-policy");
    assert.match(policy, /frame-src https:\/\/www\.youtube-nocookie\.com(;|$)/);
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /img-src 'self' data:;/);
    assert.doesNotMatch(policy, /unsafe|tv\.example/);
  });

  test("nothing that runs, whatever the author wrote", () => {
    assert.doesNotMatch(text, /javascript:/i);
    const scripts = [...text.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    assert.equal(scripts.length, 2);
    assert.match(scripts[0] + scripts[1], /application\/ld\+json/);
  });
});

test("what is wrong is told with its line, once", async () => {
  const { stdout } = await runDecksd(["--check", "--root", place.path]);
  for (const name of ["javascript:alert(1)", "gone.mp4", "gone.pdf"]) {
    const lines = stdout.split("\n").filter((line) => line.includes(`\`${name}\``));
    assert.equal(lines.length, 1, stdout);
    assert.match(lines[0], /^2015\/polyconf\/deck\.md:\d+: warning: /);
  }
});

describe("addresses", () => {
  test("one way to write it", async () => {
    for (const [from, to] of [
      ["/2015/polyconf/about/", "../about"],
      ["/recorded/about", "./"],
      ["/recorded/about/", "../"],
    ]) {
      const { response } = await get(from);
      assert.equal(response.status, 308, from);
      assert.equal(response.headers.get("location"), to);
    }
  });

  test("a deck that is called about keeps its address", async () => {
    assert.match((await get("/about/")).text, /A deck that is called so/);
    assert.match((await get("/about/about")).text, /<h3>A deck that is called so<\/h3>/);
    assert.match((await get("/plain/about/")).text, /class="reveal"[\s\S]*Below another one/);
    assert.match((await get("/plain/about")).text, /<h3>Plain<\/h3>/);
  });

  test("a page has tags for itself and comes compressed", async () => {
    const { response } = await get("/plain/about");
    const again = await fetch(new URL("/plain/about", server.url), {
      headers: { "If-None-Match": response.headers.get("etag") },
    });
    assert.equal(again.status, 304);
    assert.equal(response.headers.get("content-encoding"), "gzip");
  });
});

describe("talks without slides", () => {
  test("have the page as their home", async () => {
    const { text, response } = await get("/recorded/");
    assert.match(text, /<h1>Only a recording<\/h1>/);
    const [, poster] =
      /data-frame="https:\/\/player\.vimeo\.com\/video\/123456\?[^>]*>\s*<a [^>]*><img src="([^"]*)"/.exec(text);
    assert.match((await get(new URL(poster, new URL("/recorded/", server.url)).pathname)).text, /^<svg /);
    assert.match(response.headers.get("content-security-policy"), /frame-src https:\/\/player\.vimeo\.com(;|$)/);
    assert.doesNotMatch(text, /Show the slides|class="share"|class="slides"/);
  });

  test("are listed, as are those of a PDF alone; settings alone are no talk", async () => {
    const { text } = await get("/");
    assert.match(text, /href="recorded\/"[^>]*>Only a recording</);
    assert.match(text, /href="paper\/"[^>]*>paper</);
    assert.match((await get("/paper/")).text, /<a href="https:\/\/pdf\.example\/x\.pdf">PDF<\/a>/);
    assert.equal((await get("/settings/")).status, 404);
  });
});

test("a PDF beside the source is found by its name", async () => {
  assert.match((await get("/plain/about")).text, /<a href="deck\.pdf\?v=[0-9a-f]+">PDF<\/a>/);
});

test("an author's own page has a page about it", async () => {
  const { text } = await get("/whole/about");
  assert.match(text, /Show the slides/);
  assert.doesNotMatch(text, /class="contents"/);
});

test("a draft's page leads nowhere that lists it, and asks search engines to pass by", async () => {
  const { text } = await get("/kept/about");
  assert.match(text, /<meta name="robots" content="noindex">/);
  assert.doesNotMatch(text, /href="[^"]*(people\/nobody|tags\/secret|venues\/)/);
  assert.match(text, /Nobody/);
});

describe("what machines read", () => {
  for (const target of ["/2015/polyconf/", "/2015/polyconf/about"])
    test(`cards and schema.org at ${target}`, async () => {
      const { text } = await get(target, known);
      assert.equal(meta(text, "og:title"), "Servers &amp; &quot;gardens&quot;");
      assert.equal(meta(text, "og:url"), "https://decks.example.org/talks/2015/polyconf/");
      assert.equal(meta(text, "og:image"), "https://decks.example.org/talks/2015/polyconf/cover.png");
      assert.equal(meta(text, "og:image:width"), "1");
      assert.equal(meta(text, "twitter:card"), "summary_large_image");
      assert.match(meta(text, "description"), /^What grows in a server, /);
      assert.equal(meta(text, "og:description"), meta(text, "description"));

      const schema = schemaOf(text);
      assert.equal(schema["@type"], "PresentationDigitalDocument");
      assert.equal(schema.name, 'Servers & "gardens"');
      assert.equal(schema.inLanguage, "pl");
      assert.deepEqual(schema.keywords, ["gardens", "servers"]);
      assert.deepEqual(schema.author[0], { "@type": "Person", name: "Ada Adams", url: "https://ada.example/" });
      assert.equal(schema.license, "https://creativecommons.org/licenses/by-sa/4.0/");
      assert.equal(schema.recordedAt["@type"], "Event");
      assert.equal(schema.recordedAt.name, "PolyConf");
      assert.equal(schema.recordedAt.startDate, "2015-07-04");
      assert.deepEqual(schema.recordedAt.location, {
        "@type": "Place",
        name: "Hall 2",
        address: "Poznań, Poland",
      });
      assert.deepEqual(
        schema.video.map(({ embedUrl, contentUrl, url }) => embedUrl ?? contentUrl ?? url),
        [
          "https://www.youtube-nocookie.com/embed/abc-DEF_123?autoplay=1&start=90",
          "https://decks.example.org/talks/2015/polyconf/talk.mp4",
          "https://decks.example.org/talks/2015/polyconf/again.webm",
          "https://tv.example/watch/1",
        ],
      );
    });

  test("nothing relative where the site does not know its address", async () => {
    const { text } = await get("/2015/polyconf/about");
    assert.equal(meta(text, "og:image"), undefined);
    assert.equal(meta(text, "og:url"), undefined);
    assert.equal(schemaOf(text).url, undefined);
    assert.equal(meta(text, "twitter:card"), "summary");
  });

  test("a talk that says nothing of itself is described all the same", async () => {
    assert.equal(meta((await get("/plain/")).text, "description"), "Slides of a talk.");
  });
});

describe("to share", () => {
  test("the frame and the code have the site's own address", async () => {
    const { text } = await get("/2015/polyconf/about", known);
    const snippet = /class="share-frame"[\s\S]*?<code>([\s\S]*?)<\/code>/.exec(text)[1];
    assert.match(
      snippet,
      /^&lt;iframe src="https:\/\/decks\.example\.org\/talks\/2015\/polyconf\/" title="Servers &amp;amp; /,
    );
    assert.match(text, /<img src="about\/qr\.svg"/);
    assert.match(text, /<div class="share-frame">/);
  });

  test("where it is not known, the frame waits for the script", async () => {
    const { text } = await get("/plain/about");
    assert.match(text, /<img src="about\/qr\.svg"/);
    assert.match(text, /<div class="share-frame" hidden>/);
  });

  test("embed: false offers no frame", async () => {
    assert.doesNotMatch((await get("/kept/about", known)).text, /share-frame/);
  });

  test("the code is a drawing that nothing else can be put into", async () => {
    const code = await get("/plain/about/qr.svg", known);
    assert.equal(code.status, 200);
    assert.equal(code.response.headers.get("content-type"), "image/svg+xml");
    assert.match(code.text, /^<svg [\s\S]*<\/svg>\n$/);
    const other = await get("/plain/about/qr.svg?address=https://evil.example/plain/", known);
    assert.equal(other.text, code.text);
  });

  test("without an address of its own, the site draws what the page says, for this deck only", async () => {
    const draw = (address) => get(`/2015/polyconf/about/qr.svg?address=${encodeURIComponent(address)}`);
    const { text } = await get("/2015/polyconf/about/qr.svg");
    assert.equal(text, (await draw(new URL("/2015/polyconf/", server.url).href)).text);
    for (const address of [
      "http://a/2015/polyconf/",
      "http://192.0.2.7:8080/2015/polyconf/",
      "https://decks.example/any/prefix/2015/polyconf/",
    ])
      assert.equal((await draw(address)).status, 200, address);
    for (const address of [
      "https://evil.example/",
      "https://evil.example/?/2015/polyconf/",
      "https://evil.example/#/2015/polyconf/",
      "https://evil.example@x/2015/polyconf/",
      "javascript:alert(1)//2015/polyconf/",
      "/2015/polyconf/",
      "https:///2015/polyconf/",
      `https://example.org/${"x".repeat(600)}/2015/polyconf/`,
      "https://example.org/\n/2015/polyconf/",
    ])
      assert.equal((await draw(address)).status, 404, address);
  });
});
