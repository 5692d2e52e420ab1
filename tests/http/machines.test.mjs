// What programs read of a site: feeds, the site map, lists, and the small files at known places.
import assert from "node:assert/strict";
import { utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { runDecksd, startDecksd } from "../lib/decksd.mjs";
import { get as getOnce } from "../lib/get.mjs";
import { temporaryDirectory, writeWhole } from "../lib/temporary.mjs";
import { readFeed, selectXml, validateXml } from "../lib/xml.mjs";

const ADDRESS = "https://decks.example.org/talks";
const WRITTEN = new Date("2020-02-02T10:20:30Z");
const HOSTILE = 'A & <b>\\"q\\"</b> ]]> <!-- \\u0001 \\u000b \\uFFFE \\u2028 end'; // as YAML writes it

const directory = await temporaryDirectory("machines");
after(directory.remove);

function addFile(root, name, text) {
  const file = path.join(root, name);
  writeWhole(file, text);
  utimesSync(file, WRITTEN, WRITTEN);
}

const deck = (settings, body = "# A slide\n") => `---\n${settings}\n---\n\n${body}`;

function makeSite(name) {
  const root = path.join(directory.path, name);
  addFile(
    root,
    "2015/lamp/deck.md",
    deck(`title: A lamp
date: 2015-07-04
speakers: [{name: Ada Adams, url: "https://ada.example/who is", email: ada@ada.example}, Ben Bloggs]
event: PolyConf
venue: The hall
location: Poznań
description: "What *lamps* do, and <script>alert(1)</script> what they do not."
tags: [light, "a&b <c>"]
lang: en-GB
license: CC-BY-4.0
cover: lamp.png
video: [lamp.webm, {url: "https://youtu.be/dQw4w9WgXcQ", title: Questions, lang: pl}, "https://far.example/a.mp4", "missing.mp4"]
pdf: lamp.pdf
links: [{title: More, url: "https://more.example/"}]
aliases: [/lamp, old/lamp/]`),
  );
  addFile(root, "2015/lamp/lamp.webm", "not really a film");
  addFile(root, "2015/lamp/lamp.pdf", "%PDF-1.4");
  addFile(root, "2015/lamp/lamp.png", "a picture");
  addFile(
    root,
    "hostile/deck.md",
    deck(`title: "${HOSTILE}"\nsubtitle: "${HOSTILE}"\ndate: 2014-05\ntags: ["${HOSTILE}"]\nspeakers: ["${HOSTILE}"]`),
  );
  addFile(root, "zwölf & mehr/deck.md", deck("title: Zwölf\ndate: 2013\nlang: '\"><x'"));
  addFile(root, "later/deck.md", deck("title: Not given yet\ndate: 2099-01-01\nevent: Someday\nlocation: Somewhere"));
  addFile(
    root,
    "secret/deck.md",
    deck("title: Between us\ndraft: true\ndate: 2016-01-01\ntags: [light, hush]\nspeakers: Ada Adams"),
  );
  addFile(root, "undated.md", "# Undated\n");
  return root;
}

const root = makeSite("site");

async function get(server, target, headers = {}) {
  const response = await fetch(new URL(target, server.url), { headers, redirect: "manual" });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const locations = (text) =>
  selectXml(text, "//*[local-name()='loc']/text()").map((location) => location.replaceAll("&amp;", "&"));

describe("a site that knows its address", () => {
  let server;
  before(async () => (server = await startDecksd({ root, args: ["--url", `${ADDRESS}/`] })));
  after(() => server.stop());

  test("has a feed that feed readers understand", async () => {
    const { status, headers, text } = await get(server, "/feed.xml");
    assert.equal(status, 200);
    assert.equal(headers.get("content-type"), "application/atom+xml; charset=utf-8");
    validateXml(text, "atom");
    const { version, feed, entries } = readFeed(text, `${ADDRESS}/feed.xml`);
    assert.equal(version, "atom10");
    assert.equal(feed.title, "Decks");
    assert.equal(feed.id, `${ADDRESS}/feed.xml`);
    assert.deepEqual(
      entries.map((entry) => entry.link),
      ["/later/", "/2015/lamp/", "/hostile/", "/zw%C3%B6lf%20%26%20mehr/", "/undated/"].map((link) => ADDRESS + link),
    );
    assert.equal(new Set(entries.map((entry) => entry.id)).size, entries.length);
    assert.ok(!text.includes("Between us") && !text.includes("ada@ada.example"));
  });

  test("says of a talk what there is to say", async () => {
    const { text } = await get(server, "/feed.xml");
    const [later, lamp] = readFeed(text, `${ADDRESS}/feed.xml`).entries;
    assert.equal(lamp.id, `${ADDRESS}/2015/lamp/`);
    assert.equal(lamp.title, "A lamp");
    assert.equal(lamp.title_detail.language, "en-GB");
    assert.equal(lamp.published, "2015-07-04T00:00:00Z");
    assert.equal(lamp.updated, "2015-07-04T00:00:00Z");
    assert.deepEqual(
      lamp.authors.map(({ name, href }) => [name, href]),
      [
        ["Ada Adams", "https://ada.example/who%20is"],
        ["Ben Bloggs", undefined],
      ],
    );
    assert.match(lamp.summary, /^What lamps do, and .*what they do not\.$/);
    assert.deepEqual(
      lamp.tags.map(({ term }) => term),
      ["light", "a&b <c>"],
    );
    assert.equal(lamp.rights, "CC-BY-4.0");
    const links = lamp.links.map(({ rel, type, href, length }) => [rel, type, href, length]);
    assert.deepEqual(
      links.filter(([rel]) => rel === "enclosure"),
      [
        ["enclosure", "video/webm", `${ADDRESS}/2015/lamp/lamp.webm`, "17"],
        ["enclosure", "video/mp4", "https://far.example/a.mp4", undefined],
        ["enclosure", "application/pdf", `${ADDRESS}/2015/lamp/lamp.pdf`, "8"],
      ],
    );
    assert.ok(links.some(([rel, , href]) => rel === "related" && href === "https://youtu.be/dQw4w9WgXcQ"));
    assert.equal(later.published, undefined);
    assert.equal(later.updated, "2020-02-02T10:20:30Z");
    assert.equal(later.summary, "Someday, Somewhere");
  });

  test("keeps hostile titles from breaking anything", async () => {
    for (const target of ["/feed.xml", "/decks.json"]) {
      const { text } = await get(server, target);
      const title = target.endsWith("json")
        ? JSON.parse(text)
            .decks.find(({ path: at }) => at === "hostile/")
            .title.replace(/\p{C}/gu, "\ufffd")
        : readFeed(text, ADDRESS).entries[2].title_detail.value.replace(
            /&(\w+);/g,
            (_all, name) => ({ lt: "<", gt: ">", amp: "&", quot: '"' })[name],
          );
      assert.match(title, /^A & <b>"q"<\/b> \]\]> <!-- \ufffd \ufffd \ufffd \u2028 end$/u, target);
    }
  });

  test("has a feed for a tag and for a person", async () => {
    for (const [target, title] of [
      ["/tags/light/feed.xml", "light · Decks"],
      ["/people/ada-adams/feed.xml", "Ada Adams · Decks"],
    ]) {
      const { status, text } = await get(server, target);
      assert.equal(status, 200, target);
      validateXml(text, "atom");
      const { feed, entries } = readFeed(text, ADDRESS + target);
      assert.equal(feed.title, title);
      assert.equal(feed.link, ADDRESS + target.replace("feed.xml", ""));
      assert.deepEqual(
        entries.map((entry) => entry.link),
        [`${ADDRESS}/2015/lamp/`],
      );
    }
    assert.equal((await get(server, "/tags/hush/feed.xml")).status, 404);
  });

  test("lists every page in the site map, and only pages that are there", async () => {
    const { headers, text } = await get(server, "/sitemap.xml");
    assert.equal(headers.get("content-type"), "application/xml; charset=utf-8");
    validateXml(text, "sitemap");
    const listed = locations(text);
    for (const wanted of [
      "/",
      "/2015/lamp/",
      "/2015/lamp/about",
      "/hostile/",
      "/zw%C3%B6lf%20%26%20mehr/",
      "/undated/",
      "/tags/light/",
      "/people/",
      "/2015/",
    ])
      assert.ok(listed.includes(ADDRESS + wanted), wanted);
    assert.equal(new Set(listed).size, listed.length);
    for (const location of listed) {
      assert.ok(location.startsWith(`${ADDRESS}/`) && !/secret|hush/.test(location), location);
      assert.equal((await get(server, location.slice(ADDRESS.length))).status, 200, location);
    }
    const times = selectXml(
      text,
      "//*[contains(*[local-name()='loc'], '/2015/lamp/')]/*[local-name()='lastmod']/text()",
    );
    assert.ok(times.length > 0 && times.every((time) => time === "2015-07-04T00:00:00Z"), String(times));
  });

  test("names the site map in robots.txt, which lets everybody in", async () => {
    const { headers, text } = await get(server, "/robots.txt");
    assert.equal(headers.get("content-type"), "text/plain; charset=utf-8");
    const lines = text.split("\n").filter((line) => line);
    assert.deepEqual(lines, ["User-agent: *", "Allow: /", `Sitemap: ${ADDRESS}/sitemap.xml`]);
  });

  test("has everything as JSON", async () => {
    const { headers, text } = await get(server, "/decks.json");
    assert.equal(headers.get("content-type"), "application/json");
    const site = JSON.parse(text);
    assert.equal(site.title, "Decks");
    assert.equal(site.url, `${ADDRESS}/`);
    assert.deepEqual(
      site.decks.map(({ path: at }) => at),
      ["later/", "2015/lamp/", "hostile/", "zwölf & mehr/", "undated/"],
    );
    const lamp = site.decks[1];
    assert.deepEqual(
      { ...lamp, speakers: lamp.speakers.map(({ page, ...rest }) => rest), page: undefined },
      {
        path: "2015/lamp/",
        url: `${ADDRESS}/2015/lamp/`,
        about: `${ADDRESS}/2015/lamp/about`,
        page: undefined,
        title: "A lamp",
        subtitle: null,
        date: "2015-07-04",
        speakers: [
          { name: "Ada Adams", url: "https://ada.example/who%20is" },
          { name: "Ben Bloggs", url: null },
        ],
        event: "PolyConf",
        venue: "The hall",
        location: "Poznań",
        description: "What *lamps* do, and <script>alert(1)</script> what they do not.",
        tags: ["light", "a&b <c>"],
        lang: "en-GB",
        license: "CC-BY-4.0",
        slides: 1,
        cover: `${ADDRESS}/2015/lamp/lamp.png`,
        video: [
          { url: `${ADDRESS}/2015/lamp/lamp.webm`, title: null, lang: null },
          { url: "https://youtu.be/dQw4w9WgXcQ", title: "Questions", lang: "pl" },
          { url: "https://far.example/a.mp4", title: null, lang: null },
        ],
        pdf: [`${ADDRESS}/2015/lamp/lamp.pdf`],
        links: [{ title: "More", url: "https://more.example/" }],
        embed: true,
        updated: "2015-07-04T00:00:00Z",
      },
    );
  });

  test("negotiates and revalidates them as everything else", async () => {
    for (const target of ["/feed.xml", "/sitemap.xml", "/decks.json", "/robots.txt"]) {
      const { headers } = await get(server, target, { "Accept-Encoding": "identity" });
      const etag = headers.get("etag");
      assert.match(etag, /^"[0-9a-f]+"$/, target);
      assert.equal(headers.has("last-modified"), target === "/robots.txt", target);
      const again = await get(server, target, { "Accept-Encoding": "identity", "If-None-Match": etag });
      assert.equal(again.status, 304, target);
      if (target === "/robots.txt") continue;
      assert.equal((await get(server, target, { "Accept-Encoding": "gzip" })).headers.get("content-encoding"), "gzip");
    }
  });

  test("lets pages name their canonical address", async () => {
    const canonical = async (target) =>
      /<link rel="canonical" href="([^"]*)">/.exec((await get(server, target)).text)?.[1];
    assert.equal(await canonical("/2015/lamp/"), `${ADDRESS}/2015/lamp/`);
    assert.equal(await canonical("/"), `${ADDRESS}/`);
    assert.equal(await canonical("/nothing"), undefined);
  });

  test("leads from aliases to the talk for good", async () => {
    for (const alias of ["/lamp", "/lamp/", "/old/lamp", "/old/lamp/"]) {
      const { status, headers } = await get(server, `${alias}?a=1`);
      assert.equal(status, 308, alias);
      const target = new URL(headers.get("location"), new URL(alias, server.url));
      assert.equal(target.pathname + target.search, "/2015/lamp/?a=1", alias);
    }
  });

  test("serves drafts, lists them nowhere, and tells search engines so", async () => {
    const { status, headers, text } = await get(server, "/secret/");
    assert.equal(status, 200);
    assert.equal(headers.get("x-robots-tag"), "noindex");
    assert.match(text, /<meta name="robots" content="noindex">/);
    assert.equal((await get(server, "/2015/lamp/")).headers.get("x-robots-tag"), null);
    for (const target of ["/", "/feed.xml", "/sitemap.xml", "/decks.json"])
      assert.ok(!/secret|Between us|hush/.test((await get(server, target)).text), target);
    assert.equal((await get(server, "/tags/hush/")).status, 404);
  });
});

describe("two nodes that got the same decks at other times", () => {
  const decks = {
    "given/deck.md": "title: Given\ndate: 2015-07-04\ntags: [both]",
    "mended/deck.md": "title: Mended\ndate: 2016\nupdated: 2018-05-06\ntags: [both]",
    "prepared/deck.md": "title: Prepared\ndate: 2017-03\nupdated: 2016-12-24",
    "later/deck.md": "title: Later\ndate: 2099-01-01\nupdated: 2019-01-02",
  };
  const programs = ["/feed.xml", "/tags/both/feed.xml", "/sitemap.xml", "/decks.json"];
  const lists = ["/", "/2015/", "/tags/", "/?tag=both", "/search?q=given", "/search.json?q=given"];
  const answers = [];

  before(async () => {
    for (const day of ["2020-02-02T10:20:30Z", "2021-03-03T11:22:33Z"]) {
      const copy = path.join(directory.path, `node-${day.slice(0, 4)}`);
      for (const [name, settings] of Object.entries(decks)) {
        addFile(copy, name, deck(settings));
        utimesSync(path.join(copy, name), new Date(day), new Date(day));
      }
      const server = await startDecksd({ root: copy, args: ["--url", ADDRESS] });
      const node = {};
      for (const target of [...programs, ...lists]) node[target] = await get(server, target);
      answers.push(node);
      await server.stop();
    }
  });

  test("serve the same to programs and in lists, and tell no times that differ", () => {
    const [one, other] = answers;
    for (const target of Object.keys(one)) {
      assert.equal(one[target].status, 200, target);
      assert.equal(other[target].text, one[target].text, target);
      for (const name of ["etag", "last-modified"])
        assert.equal(other[target].headers.get(name), one[target].headers.get(name), `${target}: ${name}`);
    }
  });

  test("tell the later of the days that an author says, and none that is to come", () => {
    const { text } = answers[0]["/feed.xml"];
    validateXml(text, "atom");
    const { feed, entries } = readFeed(text, `${ADDRESS}/feed.xml`);
    assert.deepEqual(
      entries.map(({ title, updated, published }) => [title, updated, published]),
      [
        ["Later", "2019-01-02T00:00:00Z", undefined],
        ["Prepared", "2017-03-01T00:00:00Z", "2017-03-01T00:00:00Z"],
        ["Mended", "2018-05-06T00:00:00Z", "2016-01-01T00:00:00Z"],
        ["Given", "2015-07-04T00:00:00Z", "2015-07-04T00:00:00Z"],
      ],
    );
    assert.equal(feed.updated, "2019-01-02T00:00:00Z");
  });
});

describe("a site that does not know its address", () => {
  let server;
  before(async () => (server = await startDecksd({ root })));
  after(() => server.stop());

  test("has a valid feed with links that lead home and ids that stay", async () => {
    const first = (await get(server, "/feed.xml")).text;
    validateXml(first, "atom");
    const { feed, entries } = readFeed(first, new URL("/feed.xml", server.url).href);
    assert.equal(feed.link, server.url);
    for (const entry of entries) {
      assert.match(entry.id, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal((await get(server, entry.link)).status, 200, entry.link);
    }
    assert.equal(new Set([feed.id, ...entries.map((entry) => entry.id)]).size, entries.length + 1);
    const other = await startDecksd({ root: makeSite("copy") });
    const second = (await get(other, "/feed.xml")).text;
    await other.stop();
    assert.equal(second, first);
  });

  test("writes the site map for the address it is asked by", async () => {
    for (const host of ["decks.example.net", "[::1]:8080"]) {
      const { status, text } = await getOnce(new URL("/sitemap.xml", server.url), { headers: { Host: host } });
      assert.equal(status, 200);
      validateXml(text, "sitemap");
      assert.ok(locations(text).includes(`http://${host}/2015/lamp/`));
    }
    assert.ok(!(await get(server, "/robots.txt")).text.includes("Sitemap"));
  });

  test("has relative addresses in its JSON, and no canonical links", async () => {
    const site = JSON.parse((await get(server, "/decks.json")).text);
    const resolve = (url) => new URL(url, new URL("/decks.json", server.url)).pathname;
    assert.equal(resolve(site.url), "/");
    assert.equal(resolve(site.decks[1].url), "/2015/lamp/");
    assert.equal(resolve(site.decks[1].video[0].url), "/2015/lamp/lamp.webm");
    assert.ok(!(await get(server, "/2015/lamp/")).text.includes("canonical"));
  });

  test("has no security.txt unless it is told to", async () => {
    assert.equal((await get(server, "/.well-known/security.txt")).status, 404);
  });
});

describe("decks that cannot be shown", () => {
  test("are not handed on, though their pages say what is known", async () => {
    const broken = path.join(directory.path, "broken");
    for (const name of ["Huge", "Bytes"])
      addFile(broken, `${name.toLowerCase()}/deck.yaml`, `title: ${name}\ntags: light\ndate: 2019-01-01\n`);
    addFile(broken, "huge/deck.md", "# A slide\n".repeat(200));
    addFile(broken, "bytes/deck.md", Buffer.from("# Caf\xe9\n", "latin1"));
    addFile(broken, "fine/deck.md", deck("title: Fine\ndate: 2018-01-01"));
    addFile(broken, "film/deck.yaml", "title: Film\ndate: 2017-01-01\nvideo: https://youtu.be/dQw4w9WgXcQ\n");
    const server = await startDecksd({ root: broken, args: ["--url", ADDRESS, "--deck-limit", "1KiB"] });
    const feed = await get(server, "/feed.xml");
    validateXml(feed.text, "atom");
    const { entries } = readFeed(feed.text, `${ADDRESS}/feed.xml`);
    assert.deepEqual(
      entries.map(({ title }) => title),
      ["Fine", "Film"],
    );
    const tag = await get(server, "/tags/light/feed.xml");
    validateXml(tag.text, "atom");
    assert.ok(!tag.text.includes("<entry"));
    for (const [name, shown] of Object.entries({ huge: false, bytes: false, fine: true })) {
      const url = encodeURIComponent(`${ADDRESS}/${name}/`);
      assert.equal((await get(server, `/oembed?url=${url}`)).status, shown ? 200 : 404, name);
      const about = await get(server, `/${name}/about`);
      assert.equal(about.status, 200, name);
      for (const part of ['class="share"', "qr.svg", "&lt;iframe", "+oembed"])
        assert.equal(about.text.includes(part), shown, `${part} of ${name}`);
    }
    const index = await get(server, "/");
    for (const title of ["Huge", "Bytes", "Fine", "Film"]) assert.ok(index.text.includes(title), title);
    await server.stop();
  });
});

describe("files of the root", () => {
  test("take the place of ours", async () => {
    const own = makeSite("own");
    const names = ["feed.xml", "sitemap.xml", "robots.txt", "decks.json", ".well-known/security.txt"];
    for (const name of names) addFile(own, name, `own ${name}`);
    const config = path.join(directory.path, "own.yaml");
    writeFileSync(config, "security: {contact: a@b.example, expires: 2099-12-31}\n");
    const server = await startDecksd({ root: own, args: ["--config", config, "--url", ADDRESS] });
    for (const name of names) assert.equal((await get(server, `/${name}`)).text, `own ${name}`);
    await server.stop();
  });
});

describe("security.txt", () => {
  const config = path.join(directory.path, "security.yaml");

  test("says what the configuration does", async () => {
    writeFileSync(
      config,
      `url: ${ADDRESS}
security:
  contact: [security@example.org, "https://example.org/report"]
  expires: 2099-12-31
  preferredLanguages: [en, pl]
  policy: https://example.org/policy
`,
    );
    const server = await startDecksd({ root, args: ["--config", config] });
    const { headers, text } = await get(server, "/.well-known/security.txt");
    await server.stop();
    assert.equal(headers.get("content-type"), "text/plain; charset=utf-8");
    assert.deepEqual(
      text
        .trimEnd()
        .split("\n")
        .map((line) => /^([A-Za-z-]+): (.+)$/.exec(line).slice(1)),
      [
        ["Contact", "mailto:security@example.org"],
        ["Contact", "https://example.org/report"],
        ["Expires", "2099-12-31T23:59:59Z"],
        ["Policy", "https://example.org/policy"],
        ["Preferred-Languages", "en, pl"],
        ["Canonical", `${ADDRESS}/.well-known/security.txt`],
      ],
    );
  });

  test("is a warning when its day is over", async () => {
    writeFileSync(config, "security: {contact: a@b.example, expires: 2001-02-03}\n");
    const { code, stdout, stderr } = await runDecksd(["--root", root, "--config", config, "--check"]);
    assert.equal(code, 1);
    assert.match(stdout + stderr, /warning: `security` in the configuration expired on 2001-02-03/);
  });
});
