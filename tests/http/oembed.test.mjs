// How to embed a deck, asked as https://oembed.com has it.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { selectXml } from "../lib/xml.mjs";

const ADDRESS = "https://decks.example.org/talks";

// A picture of 1 × 1.
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const root = await temporaryDirectory("oembed");
after(root.remove);

root.write(
  "2015/lamp/deck.md",
  `---
title: "A lamp <\\"'&>"
speakers: [{name: Ada Adams, url: "https://ada.example/"}]
cover: dot.png
aliases: /lamp
---

# A lamp
`,
);
root.write("2015/lamp/dot.png", Buffer.from(DOT, "base64"));
root.write("both/deck.md", "---\nspeakers: [ada, Ben Bloggs]\n---\n\n# Both\n");
root.write("hers/deck.md", "---\nspeakers: ada\n---\n\n# Hers\n");
root.write("plain deck.md", "# Plain\n\n---\n\n# More\n");
root.write("guarded/deck.md", "---\nembed: false\n---\n\n# Guarded\n");

async function ask(server, url, options = {}) {
  const target = new URL("/oembed", server.url);
  for (const [name, value] of Object.entries({ url, ...options })) target.searchParams.set(name, value);
  const response = await fetch(target);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function embed(server, url, options) {
  const { status, text } = await ask(server, url, options);
  assert.equal(status, 200, `${url}: ${text}`);
  return JSON.parse(text);
}

/** The attributes of the one iframe in a piece of HTML. */
function frame(html) {
  const attributes = /^<iframe ([^>]*)><\/iframe>$/.exec(html)[1];
  const decode = (text) => text.replace(/&(\w+);/g, (_all, name) => ({ lt: "<", gt: ">", amp: "&", quot: '"' })[name]);
  return Object.fromEntries(
    [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, decode(value)]),
  );
}

/** The discovery links of a page: format → address. */
function discover(text, base) {
  const links = [...text.matchAll(/<link rel="alternate" type="(\w+\/\w+)\+oembed" href="([^"]*)"/g)];
  return Object.fromEntries(links.map(([, type, href]) => [type, new URL(href.replaceAll("&amp;", "&"), base)]));
}

describe("a site that knows its address", () => {
  let server;
  before(async () => (server = await startDecksd({ root: root.path, args: ["--url", ADDRESS] })));
  after(() => server.stop());

  test("answers with a frame and what is known of the talk", async () => {
    const { headers, text } = await ask(server, `${ADDRESS}/2015/lamp/`);
    assert.equal(headers.get("content-type"), "application/json");
    assert.equal(headers.get("access-control-allow-origin"), "*");
    assert.ok(headers.get("etag"));
    const { html, ...answer } = JSON.parse(text);
    assert.deepEqual(answer, {
      type: "rich",
      version: "1.0",
      title: "A lamp <\"'&>",
      author_name: "Ada Adams",
      author_url: "https://ada.example/",
      provider_name: "Decks",
      provider_url: `${ADDRESS}/`,
      thumbnail_url: `${ADDRESS}/2015/lamp/dot.png`,
      thumbnail_width: 1,
      thumbnail_height: 1,
      width: 960,
      height: 540,
    });
    assert.deepEqual(frame(html), {
      src: `${ADDRESS}/2015/lamp/`,
      title: "A lamp <\"'&>",
      width: "960",
      height: "540",
      allow: "fullscreen",
      loading: "lazy",
    });
  });

  test("says the same in XML", async () => {
    const { headers, text } = await ask(server, `${ADDRESS}/2015/lamp/`, { format: "xml" });
    assert.equal(headers.get("content-type"), "text/xml; charset=utf-8");
    const answer = await embed(server, `${ADDRESS}/2015/lamp/`);
    for (const [name, value] of Object.entries(answer))
      assert.equal(selectXml(text, `string(/oembed/${name})`)[0], String(value), name);
    assert.equal(Number(selectXml(text, "count(/oembed/*)")[0]), Object.keys(answer).length);
  });

  test("knows a deck by whatever leads to it", async () => {
    for (const [url, src] of [
      [`${ADDRESS}/2015/lamp`, "/2015/lamp/"],
      [`${ADDRESS}/2015/lamp/about`, "/2015/lamp/"],
      [`${ADDRESS}/2015/lamp/?a=1#/2/1`, "/2015/lamp/#/2/1"],
      [`${ADDRESS}/2015/lamp/#<b>`, "/2015/lamp/"],
      [`${ADDRESS}/lamp`, "/2015/lamp/"],
      [`${ADDRESS}/lamp/`, "/2015/lamp/"],
      [`${ADDRESS}/2015/../2015//lamp/`, "/2015/lamp/"],
      [`${ADDRESS}/lamp/about`, "/2015/lamp/"],
      [`${ADDRESS}/plain%20deck/`, "/plain%20deck/"],
      ["http://Decks.Example.ORG/talks/2015/lamp/", "/2015/lamp/"],
      ["https://decks.example.org:443/talks/2015/lamp/", "/2015/lamp/"],
      ["HTTP://DECKS.example.org:80/talks/2015/lamp/", "/2015/lamp/"],
      [new URL("/2015/lamp/", server.url).href, "/2015/lamp/"],
    ])
      assert.equal(frame((await embed(server, url)).html).src, ADDRESS + src, url);
  });

  test("keeps the frame within what is asked for", async () => {
    for (const [options, width, height] of [
      [{ maxwidth: 480 }, 480, 270],
      [{ maxheight: 270 }, 480, 270],
      [{ maxwidth: 320, maxheight: 900 }, 320, 180],
      [{ maxwidth: 9000, maxheight: 100 }, 177, 100],
      [{ maxwidth: "many", maxheight: "-3" }, 960, 540],
      [{ maxwidth: "99999999999999999999" }, 960, 540],
    ]) {
      const answer = await embed(server, `${ADDRESS}/2015/lamp/`, options);
      assert.deepEqual([answer.width, answer.height], [width, height], JSON.stringify(options));
      assert.deepEqual([frame(answer.html).width, frame(answer.html).height], [String(width), String(height)]);
    }
  });

  test("answers what it cannot give as the specification says", async () => {
    const lamp = `${ADDRESS}/2015/lamp/`;
    for (const [status, url, options] of [
      [404, "https://elsewhere.example/talks/2015/lamp/"],
      [404, "https://decks.example.org/2015/lamp/"],
      [404, "https://decks.example.org.evil.example/talks/2015/lamp/"],
      [404, "https://decks.example.org@evil.example/talks/2015/lamp/"],
      [404, `${ADDRESS}evil/2015/lamp/`],
      [404, "https://decks.example.org:80/talks/2015/lamp/"],
      [404, "https://decks.example.org:4430/talks/2015/lamp/"],
      [404, "https://:443/talks/2015/lamp/"],
      [404, "https://"],
      [404, `${ADDRESS}/nothing/`],
      [404, `${ADDRESS}/`],
      [404, `${ADDRESS}/2015/lamp/dot.png`],
      [404, `${ADDRESS}/%00`],
      [404, `${ADDRESS}/..%2f..%2f`],
      [404, "javascript:alert(1)"],
      [404, "//decks.example.org/talks/2015/lamp/"],
      [400, ""],
      [404, "x".repeat(5000)],
      [501, lamp, { format: "yaml" }],
      [401, `${ADDRESS}/guarded/`],
    ])
      assert.equal((await ask(server, url, options)).status, status, url.slice(0, 80));
    assert.equal((await ask(server, `${ADDRESS}/guarded/`)).headers.get("www-authenticate"), "None");
    assert.equal((await fetch(new URL("/oembed", server.url))).status, 400);
  });

  test("is found from the deck and from its talk's page", async () => {
    for (const page of ["/2015/lamp/", "/2015/lamp/about"]) {
      const found = discover(await (await fetch(new URL(page, server.url))).text(), `${ADDRESS}${page}`);
      assert.deepEqual(Object.keys(found), ["application/json", "text/xml"]);
      for (const address of Object.values(found)) {
        assert.ok(address.href.startsWith(`${ADDRESS}/oembed?`));
        assert.equal((await fetch(new URL(`/oembed${address.search}`, server.url))).status, 200);
      }
    }
    assert.deepEqual(discover(await (await fetch(new URL("/guarded/", server.url))).text(), ADDRESS), {});
  });

  test("every page of the site names the feed, a tag's and a person's its own as well", async () => {
    const feeds = async (page) => {
      const text = await (await fetch(new URL(page, server.url))).text();
      return [
        ...text.matchAll(/<link rel="alternate" type="application\/atom\+xml" title="([^"]*)" href="([^"]*)">/g),
      ].map(([, title, href]) => [title, new URL(href, new URL(page, server.url)).pathname]);
    };
    assert.deepEqual(await feeds("/"), [["Decks", "/feed.xml"]]);
    assert.deepEqual(await feeds("/people/"), [["Decks", "/feed.xml"]]);
    assert.deepEqual(await feeds("/people/ada-adams/"), [
      ["Decks", "/feed.xml"],
      ["Ada Adams · Decks", "/people/ada-adams/feed.xml"],
    ]);
  });
});

describe("a site that does not know its address", () => {
  let server;
  before(async () => (server = await startDecksd({ root: root.path })));
  after(() => server.stop());

  test("goes by the one it is asked by", async () => {
    const answer = await embed(server, new URL("/2015/lamp/", server.url).href);
    assert.equal(frame(answer.html).src, new URL("/2015/lamp/", server.url).href);
    assert.equal(answer.provider_url, server.url);
    assert.equal((await ask(server, `${ADDRESS}/2015/lamp/`)).status, 404);
  });

  test("is found by relative links", async () => {
    const page = new URL("/2015/lamp/", server.url);
    const found = discover(await (await fetch(page)).text(), page);
    const answer = await (await fetch(found["application/json"])).json();
    assert.equal(frame(answer.html).src, page.href);
  });
});

test("an address at the top, with its port and in any case", async () => {
  for (const address of ["https://Decks.example.org:443/", "https://decks.example.org"]) {
    const server = await startDecksd({ root: root.path, args: ["--url", address] });
    for (const host of ["https://decks.example.org:443", "https://DECKS.Example.org", "http://decks.example.org"])
      assert.equal((await ask(server, `${host}/2015/lamp/`)).status, 200, host);
    await server.stop();
  }
});

describe("below a path", () => {
  test("the frame has the path", async () => {
    const server = await startDecksd({ root: root.path, args: ["--base-path", "/our/talks"] });
    const deck = new URL("/our/talks/2015/lamp/", server.url).href;
    const response = await fetch(new URL(`/our/talks/oembed?url=${encodeURIComponent(deck)}`, server.url));
    assert.equal(frame((await response.json()).html).src, deck);
    const found = discover(await (await fetch(deck)).text(), deck);
    assert.equal(frame((await (await fetch(found["application/json"])).json()).html).src, deck);
    await server.stop();
  });
});

describe("a site that knows who gives its talks", () => {
  let server;
  before(async () => {
    root.write("people.yaml", "people: {ada: {name: Ada Adams, url: https://ada.example/}}\n");
    server = await startDecksd({ root: root.path, args: ["--config", path.join(root.path, "people.yaml")] });
  });
  after(() => server.stop());

  test("names the people whom decks mean, with the page of the only one", async () => {
    const both = await embed(server, "/both/");
    assert.equal(both.author_name, "Ada Adams, Ben Bloggs");
    assert.ok(!("author_url" in both));
    const hers = await embed(server, "/hers/");
    assert.deepEqual([hers.author_name, hers.author_url], ["Ada Adams", "https://ada.example/"]);
  });

  test("tells search engines the same", async () => {
    const page = await (await fetch(new URL("/both/about", server.url))).text();
    const schema = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(page)[1]);
    assert.deepEqual(schema.author, [
      { "@type": "Person", name: "Ada Adams", url: "https://ada.example/" },
      { "@type": "Person", name: "Ben Bloggs" },
    ]);
  });
});
