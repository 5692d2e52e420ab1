// Lists of talks over HTTP: the index and what narrows it, years, people, tags, venues, covers, and what a reload does.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { runDecksd, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { ask } from "./exchange.mjs";

const hostile = `<script>alert(1)</script> "&' ../..`;
const decks = {
  "fog/deck.md":
    "---\ntitle: Fog\ndate: 2013-07-01\nspeakers: [ada, Zoë Brown]\ntags: [Weather, C]\nevent: PolyConf\nlang: de\n---\n\n# x\n",
  "wind/deck.md":
    "---\ntitle: Wind\ndate: 2015-07-04\nspeakers: Ada Adams\ntags: [weather, C++]\nevent: Town Hallway Days\nvenue: Town Hall\nlocation: Hallway Days\n---\n\n# x\n",
  "odd/deck.md": `---\ntitle: '${hostile.replaceAll("'", "''")}'\nspeakers: ['${hostile.replaceAll("'", "''")}']\ntags: ['${hostile.replaceAll("'", "''")}', 重い錨]\n---\n\n# x\n`,
  "later/deck.md":
    "---\ntitle: Later\ndate: 2019\nspeakers: Nobody\ntags: secret\nvenue: Cellar\ndraft: true\n---\n\n# x\n",
  "venues/deck.md": "---\ntitle: A deck called venues\n---\n\n# x\n",
};
const config = `title: Of weather
people:
  ada:
    name: Ada Adams
    url: https://ada.example/
    email: ada@ada.example
    bio: Looks at **clouds**.
  zed: {name: Zed Silent}
`;

let directory;
let server;
let port;

const get = (target, ...fields) => ask(port, target, ...fields);

const titles = (text) => [...text.matchAll(/class="talk-title"><a [^>]*>(.*?)<\/a>/g)].map(([, title]) => title);

before(async () => {
  directory = await temporaryDirectory("lists");
  for (const [name, content] of Object.entries(decks)) directory.write(`decks/${name}`, content);
  directory.write("decksd.yaml", config);
  server = await startDecksd({
    root: path.join(directory.path, "decks"),
    args: ["--config", path.join(directory.path, "decksd.yaml")],
  });
  port = Number(new URL(server.url).port);
});

after(async () => {
  await server.stop();
  await directory.remove();
});

for (const [target, heading, listed] of [
  ["/2013/", "2013", ["Fog"]],
  ["/people/ada/", "Ada Adams", ["Wind", "Fog"]],
  ["/people/zo%C3%AB-brown/", "Zoë Brown", ["Fog"]],
  ["/tags/weather/", "weather", ["Wind", "Fog"]],
  ["/tags/c/", "C", ["Fog"]],
  ["/tags/c++/", "C++", ["Wind"]],
  ["/tags/c%2b%2b/", "C++", ["Wind"]],
  ["/venues/polyconf/", "PolyConf", ["Fog"]],
  ["/venues/town-hall/", "Town Hall", ["Wind"]],
])
  test(`${target} lists its talks`, async () => {
    const page = await get(target);
    assert.equal(page.status, 200);
    assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
    assert.match(page.headers["content-security-policy"], /default-src 'none'/);
    assert.ok(page.headers.etag);
    assert.ok(page.text.includes(`<h1>${heading}</h1>`), page.text);
    assert.ok(page.text.includes(`<title>${heading} · Of weather</title>`));
    assert.match(page.text, /<meta name="description" content="[^"]+">/);
    assert.match(page.text, /aria-label="Breadcrumb"/);
    assert.deepEqual(titles(page.text), listed);
    const again = await get(target, `If-None-Match: ${page.headers.etag}`);
    assert.equal(again.status, 304);
  });

test("lists of people and tags lead to their pages; without the slash, 308", async () => {
  const people = await get("/people/");
  assert.match(people.text, /<a href="ada\/">Ada Adams<\/a> <span class="group-count">2 talks/);
  assert.match(people.text, /<a href="zo%C3%AB-brown\/">Zoë Brown<\/a>/);
  assert.match((await get("/tags/")).text, /<a href="%E9%87%8D%E3%81%84%E9%8C%A8\/">重い錨<\/a>/);
  assert.equal((await get("/people")).headers.location, "people/");
  assert.equal((await get("/people/ada")).headers.location, "ada/");
});

test("event, venue and place are said once each", async () => {
  const { text } = await get("/2015/");
  const venue = /<p class="talk-venue">(.*)<\/p>/.exec(text)[1];
  assert.equal(venue.replace(/<[^>]*>/g, ""), "Town Hallway Days, Town Hall");
});

test("every link of every list leads somewhere", async () => {
  const seen = new Set();
  const queue = ["/"];
  for (let target = queue.pop(); target; target = queue.pop()) {
    if (seen.has(target)) continue;
    seen.add(target);
    const page = await get(target);
    assert.ok([200, 308].includes(page.status), `${page.status} for ${target}`);
    if (!/class="(index|groups?)"/.test(page.text)) continue;
    for (const [, url] of page.text.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      const { host, pathname, search } = new URL(url.replaceAll("&amp;", "&"), new URL(target, "http://here/"));
      if (host === "here") queue.push(pathname + search);
    }
  }
  assert.ok(seen.has("/people/ada/") && seen.has("/2013/") && seen.size > 25, [...seen].join("\n"));
});

test("a person's page has what is known, and no more", async () => {
  const page = await get("/people/ada/");
  assert.match(page.text, /Looks at <strong>clouds<\/strong>\./);
  assert.match(page.text, /<a href="https:\/\/ada\.example\/">ada\.example\/<\/a>/);
  assert.ok(!page.text.includes("ada@ada.example"));
});

test("drafts are listed nowhere, and make no pages", async () => {
  assert.equal((await get("/later/")).status, 200);
  for (const target of ["/2019/", "/people/nobody/", "/tags/secret/", "/venues/cellar/"])
    assert.equal((await get(target)).status, 404, target);
  for (const target of ["/", "/people/", "/tags/", "/?q=later", "/?year=2019"])
    assert.ok(!/Later|Nobody|secret/.test((await get(target)).text), target);
});

test("a deck keeps its place", async () => {
  assert.match((await get("/venues/")).text, /<title>A deck called venues · Of weather<\/title>/);
});

test("hostile names are only text", async () => {
  const [, own] = (await get("/people/")).text.match(/<a href="(%3Cscript%3E[^"]*)"/);
  for (const target of ["/", "/people/", "/tags/", `/people/${own}`, "/?q=%3Cscript%3E"]) {
    const page = await get(target);
    assert.equal(page.status, 200, target);
    assert.ok(page.text.includes("&lt;script&gt;alert(1)&lt;/script&gt;"), target);
    assert.ok(!page.text.includes("<script>alert"), target);
  }
});

for (const [query, listed] of [
  ["q=fog", ["Fog"]],
  ["q=ADAMS+wea", ["Wind", "Fog"]],
  ["q=zoe", ["Fog"]],
  ["q=nothing", []],
  ["speaker=ada&year=2015", ["Wind"]],
  ["speaker=Zo%C3%AB+Brown", ["Fog"]],
  ["tag=C%2B%2B", ["Wind"]],
  ["venue=polyconf", ["Fog"]],
  ["tag=none", []],
  ["year=2013&q=", ["Fog"]],
])
  test(`/?${query}`, async () => {
    const page = await get(`/?${query}`);
    assert.equal(page.status, 200);
    assert.deepEqual(titles(page.text), listed);
    assert.match(page.text, /<meta name="robots" content="noindex">/);
    if (listed.length === 0) assert.match(page.text, /No talk matches/);
  });

test("a query that asks for nothing gets the index itself", async () => {
  const index = await get("/");
  for (const query of ["q=", "utm_source=x", "page=1", "page=-1", "page=x", "q=%20&tag="]) {
    const page = await get(`/?${query}`);
    assert.equal(page.text, index.text, query);
    assert.equal(page.headers.etag, index.headers.etag, query);
  }
});

test("the form keeps what was asked for, escaped", async () => {
  const page = await get("/?q=%22%3E%3Cb%3E&tag=weather");
  assert.match(page.text, /value="&quot;&gt;&lt;b&gt;"/);
  assert.match(page.text, /<option selected>weather<\/option>/);
  assert.ok(!page.text.includes("<b>"));
});

test("only people with talks are there to choose", async () => {
  const choices = ({ text }) =>
    /<select name="speaker".*?<\/select>/s.exec(text)[0].match(/<option[^>]*>(?:Ada Adams|Zed Silent)</g);
  assert.deepEqual(choices(await get("/")), ["<option>Ada Adams<"]);
  assert.deepEqual(choices(await get("/?speaker=zed")), ["<option>Ada Adams<", "<option selected>Zed Silent<"]);
  assert.equal((await get("/people/zed/")).status, 200);
});

test("a title says its language, and a cover is there for ever", async () => {
  const { text } = await get("/");
  assert.match(text, /<a href="fog\/" lang="de">Fog<\/a>/);
  const [, url] = /src="(fog\/cover\.[0-9a-f]+\.svg)" width="640" height="360" alt="" loading="lazy"/.exec(text);
  const cover = await get(`/${url}`);
  assert.equal(cover.headers["content-type"], "image/svg+xml");
  assert.match(cover.headers["cache-control"], /immutable/);
  assert.match(cover.text, />Fog<\/text>/);
  assert.match(cover.text, />Ada Adams, Zoë Brown · PolyConf · 2013<\/text>/);
});

test("a reload lists what is new, and leaves other lists as they were", async () => {
  const year = await get("/2015/");
  directory.write("decks/rain/deck.md", "---\ntitle: Rain\ndate: 2013-08\ntags: wet\n---\n\n# x\n");
  await server.reload();
  assert.deepEqual(titles((await get("/2013/")).text), ["Rain", "Fog"]);
  assert.deepEqual(titles((await get("/?tag=wet")).text), ["Rain"]);
  assert.equal((await get("/2015/")).headers.etag, year.headers.etag);
  rmSync(path.join(directory.path, "decks/rain"), { recursive: true });
  await server.reload();
  assert.deepEqual(titles((await get("/2013/")).text), ["Fog"]);
  assert.equal((await get("/tags/wet/")).status, 404);
});

test("what is wrong with people keeps the server from starting, with its place", async () => {
  for (const [text, said] of [
    ["people: [a]", /:1:9: error: `people` must be a map from keys to people, not a list/],
    ["people:\n  a:\n    nmae: x", /:3:5: error: `nmae`: did you mean `name`\?/],
    ["people:\n  a:\n    showEmail: perhaps", /:3:16: error: `showEmail` must be `true` or `false`/],
    ["people:\n  a: [x]", /:2:6: error: `a` must be a name, or a map/],
  ]) {
    directory.write("wrong.yaml", `${text}\n`);
    const { code, stderr } = await runDecksd(["--check", "--config", path.join(directory.path, "wrong.yaml")]);
    assert.notEqual(code, 0, text);
    assert.match(stderr, said);
  }
});
