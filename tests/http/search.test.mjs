// Searching over HTTP: what hostile questions get, negotiation and preconditions, and what a reload changes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { ask, exchange, parseAnswers, request } from "./exchange.mjs";

const decks = {
  "boats/deck.md":
    "---\ntitle: Boats & ships\nsubtitle: How to stay afloat\nspeakers: [Zoë Brown]\nevent: PolyConf\ntags: [knots, oars]\ndate: 2015-07-04\n---\n\n# Sails\n\nCanvas <b>and</b> rope\n\n" +
    "---\n\n## Anchors\n\nHeavy iron, 重い錨\n\nNote: secretword\n",
  "trains/deck.md": "---\ntitle: Trains\n---\n\n# Rails\n\nIron as well\n",
  "drawn/deck.md":
    "---\ntitle: Drawn\n---\n\n# Winds\n\nThrust is $\\frac{\\rho v^2}{\\mathrm{drag}}$ at most\n\n---\n\n" +
    "## Course\n\n```mermaid\ngraph TD\n  A[Set the jib] -->|gale| B(Reef it)\n```\n",
  "long/deck.md": `---\ntitle: Ocaml in practice\n---\n\n# Start\n${"\n---\n\nOther words that go on\n".repeat(60)}`,
  "garden/deck.md": "---\ntitle: Gardening\n---\n\nroses ocaml\n",
  "later/deck.md": "---\ntitle: Later\ndraft: true\n---\n\n# Unfinished\n",
};

let directory;
let server;
let port;

const get = (target, ...fields) => ask(port, target, ...fields);

const find = async (words) => JSON.parse((await get(`/search.json?q=${encodeURIComponent(words)}`)).text);
const urls = ({ talks }) => talks.flatMap(({ url, slides }) => [url, ...slides.map((slide) => slide.url)]);

before(async () => {
  directory = await temporaryDirectory("search");
  for (const [name, content] of Object.entries(decks)) directory.write(name, content);
  server = await startDecksd({ root: directory.path, args: ["--url", "https://talks.example.org/"] });
  port = Number(new URL(server.url).port);
});

after(async () => {
  await server.stop();
  await directory.remove();
});

test("talks are found with their slides, ranked and marked", async () => {
  const answer = await find("iron");
  assert.equal(answer.total, 2);
  assert.deepEqual(urls(answer).sort(), ["boats/", "boats/#/anchors", "trains/", "trains/#/rails"]);
  assert.equal(answer.talks.find(({ url }) => url === "boats/").slides[0].textHtml, "Heavy <mark>iron</mark>, 重い錨");
  assert.deepEqual(urls(await find("ZOE iro")), ["boats/", "boats/#/anchors"]);
  assert.deepEqual(urls(await find("重い")), ["boats/", "boats/#/anchors"]);
  assert.equal((await find("anchros")).instead, "anchors");
  assert.equal((await find("secretword")).total, 0);
  assert.equal((await find("unfinished")).total, 0);
});

test("a title counts more than a passing word, however long the talk is", async () => {
  assert.deepEqual(urls(await find("ocaml")), ["long/", "garden/", "garden/#/roses-ocaml"]);
});

test("formulas and diagrams are found by what they show, and shown without their markup", async () => {
  const { talks } = await find("rho drag");
  assert.equal(talks[0].slides[0].textHtml, "Thrust is <mark>rho</mark> v^2 <mark>drag</mark> at most");
  assert.equal((await find("gale")).talks[0].slides[0].text, "Set the jib · gale · Reef it");
  for (const markup of ["frac", "mathrm", "graph"]) assert.equal((await find(`"${markup}"`)).total, 0, markup);
});

test("the page says the same without scripts", async () => {
  const page = await get("/search?q=canvas+boats");
  assert.equal(page.status, 200);
  assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
  assert.match(page.headers["content-security-policy"], /default-src 'none'/);
  assert.match(page.text, /<meta name="robots" content="noindex">/);
  assert.match(page.text, /value="canvas boats"/);
  assert.match(page.text, /href="boats\/#\/sails"/);
  assert.match(page.text, /<mark>Canvas<\/mark> and rope/);
  assert.match(page.text, /role="status">1 talk\./);
  assert.match((await get("/search")).text, /<h1>Search<\/h1>/);
  assert.match((await get("/search?q=zzzz")).text, /No talk has “zzzz”/);
  assert.equal((await get("/search/?q=a")).headers.location, "../search?q=a");
});

test("the page marks why a talk is there: in its title, people, event and tags, and in no other list", async () => {
  const page = async (words) => (await get(`/search?q=${encodeURIComponent(words)}`)).text;
  assert.match(await page("ship"), /<h2 class="talk-title"><a href="boats\/">Boats &amp; <mark>ships<\/mark><\/a>/);
  assert.match(await page("afloat"), /class="talk-subtitle">.*How to stay <mark>afloat<\/mark>/);
  assert.match(
    await page("zoe"),
    /class="talk-speakers"><a href="people\/zo%C3%AB-brown\/"><mark>Zoë<\/mark> Brown<\/a>/,
  );
  assert.match(await page("polyconf"), /class="talk-venue">.*<mark>PolyConf<\/mark>/);
  assert.match(await page("knots"), /class="talk-tags">Tags: <a href="tags\/knots\/"><mark>knots<\/mark><\/a><\/p>/);
  assert.doesNotMatch(await page("zoe"), /talk-tags/);
  for (const list of ["/?q=zoe", "/people/zo%C3%AB-brown/", "/tags/knots/"]) {
    const { status, text } = await get(list);
    assert.equal(status, 200, list);
    assert.match(text, /class="talk-title"/, list);
    assert.doesNotMatch(text, /<mark>|talk-tags/, list);
  }
  const [talk] = (await find("ships zoe")).talks;
  assert.deepEqual([talk.title, talk.speakers], ["Boats & ships", ["Zoë Brown"]]);
});

test("hostile questions are words like others", async () => {
  const hostile = [
    '"><script>alert(1)</script>',
    '"',
    '""""""""',
    "NEAR(a b, 5)",
    "a AND OR NOT",
    "title:iron",
    "iron* ^iron -iron +iron",
    "'; DROP TABLE texts; --",
    "\0",
    "iron\0x",
    "(((((((((((((",
    "{a b}: c",
    "😀 \u202e \ufffd",
    "重".repeat(900),
    "iron ".repeat(1600),
  ];
  for (const words of hostile) {
    for (const target of ["/search", "/search.json"]) {
      const answer = await get(`${target}?q=${encodeURIComponent(words).replaceAll("%20", "+")}`);
      assert.equal(answer.status, 200, words);
      assert.ok(!answer.text.includes("<script>alert"), words);
      assert.ok(!answer.body.includes(0), words);
    }
  }
  for (const query of [
    "q=%ff%fe",
    "q=%",
    "q",
    "=",
    "&&&",
    "q=a&q=b",
    "page=-1",
    "q=iron&page=99999999999999999999",
    "%00",
  ])
    assert.equal((await get(`/search?${query}`)).status, 200, query);
  assert.equal((await find("title:iron")).total, 0);
  assert.equal((await get(`/search?q=${"a".repeat(9000)}`)).status, 414);
});

test("an answer is negotiated, tagged and conditional", async () => {
  const plain = await get("/search?q=iron");
  const zipped = await get("/search?q=iron", "Accept-Encoding: gzip");
  assert.equal(zipped.headers["content-encoding"], "gzip");
  assert.equal(zipped.headers.vary, "Accept-Encoding");
  assert.notEqual(zipped.headers.etag, plain.headers.etag);
  assert.deepEqual(gunzipSync(zipped.body), plain.body);
  assert.equal(plain.headers["cache-control"], "no-cache");
  const same = await get("/search?q=iron", "Accept-Encoding: gzip", `If-None-Match: ${zipped.headers.etag}`);
  assert.equal(same.status, 304);
  assert.equal((await get("/search?q=rope", `If-None-Match: ${plain.headers.etag}`)).status, 200);
  const { bytes } = await exchange(port, request("HEAD /search?q=iron"));
  const [head] = parseAnswers(bytes, { head: true });
  assert.equal(head.headers["content-length"], plain.headers["content-length"]);
  const post = await exchange(port, request("POST /search?q=iron", "Content-Length: 0"));
  assert.equal(parseAnswers(post.bytes)[0].status, 405);
});

test("browsers are told how to ask", async () => {
  const description = await get("/opensearch.xml");
  assert.equal(description.headers["content-type"], "application/opensearchdescription+xml");
  assert.match(description.text, /template="https:\/\/talks\.example\.org\/search\?q=\{searchTerms\}"/);
  assert.match((await get("/")).text, /<link rel="search" [^>]*href="opensearch\.xml">/);
});

test("a reload changes what is found, and nothing else", async () => {
  const etag = (await get("/search?q=rope")).headers.etag;
  directory.write("trains/deck.md", "---\ntitle: Trains\n---\n\n# Rails\n\nWooden sleepers\n");
  await server.reload();
  assert.equal((await find("sleepers")).total, 1);
  assert.deepEqual(urls(await find("iron")), ["boats/", "boats/#/anchors"]);
  assert.equal((await get("/search?q=rope")).headers.etag, etag);
});
