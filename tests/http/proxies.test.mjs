// Behind a proxy: a path in front of all URLs, and who the client is.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { startDecksd } from "../lib/decksd.mjs";
import { get } from "../lib/get.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";

const place = await temporaryDirectory("proxies");
after(() => place.remove());
const root = path.join(place.path, "root");
mkdirSync(path.join(root, "talk"), { recursive: true });
writeFileSync(path.join(root, "talk/deck.md"), "---\naliases: /old\n---\n# A talk\n\n![A dot](dot.png)\n");
writeFileSync(path.join(root, "talk/dot.png"), "no picture");

let files = 0;

/** Starts decksd with these settings; `log()` is its access log, an object for each line. */
async function start(settings) {
  const config = path.join(place.path, `config-${files}.yaml`);
  const log = path.join(place.path, `access-${files++}.log`);
  const listen = [{ port: 0, bind: "127.0.0.1" }];
  writeFileSync(config, JSON.stringify({ listen, accessLog: log, accessLogFormat: "json", ...settings }));
  const server = await startDecksd({ root, at: [], args: ["--config", config] });
  return {
    ...server,
    origin: new URL(server.url).origin,
    log: () =>
      readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
  };
}

describe("basePath", () => {
  let server;
  let origin;
  before(async () => {
    server = await start({ basePath: "/our/talks/" });
    origin = server.origin;
  });
  after(() => server.stop());

  test("is what the server names as its address", () => {
    assert.equal(server.url, `${origin}/our/talks/`);
  });

  test("stands in front of the index, decks, files and aliases", async () => {
    assert.match((await get(`${origin}/our/talks/`)).text, /A talk/);
    assert.match((await get(`${origin}/our/talks/talk/`)).text, /<section/);
    assert.equal((await get(`${origin}/our/talks/talk/dot.png`)).text, "no picture");
    const moved = await get(`${origin}/our/talks/talk?x=1`);
    assert.equal(moved.status, 308);
    assert.equal(new URL(moved.headers.location, `${origin}/our/talks/talk?x=1`).pathname, "/our/talks/talk/");
    const old = await get(`${origin}/our/talks/old`);
    assert.equal(new URL(old.headers.location, `${origin}/our/talks/old`).href, `${origin}/our/talks/talk/`);
  });

  test("is where everybody is sent who comes to its root or forgets its slash", async () => {
    for (const target of ["/", "/our/talks", "/our/x/../talks"]) {
      const answer = await get({ port: new URL(origin).port, path: target });
      assert.equal(answer.status, 308, target);
      assert.equal(answer.headers.location, "/our/talks/");
    }
    assert.equal((await get(`${origin}/?a=b`)).headers.location, "/our/talks/?a=b");
  });

  test("has nothing outside of it but what is about the server", async () => {
    for (const target of ["/talk/", "/our/", "/our/talksx/", "/our/talksx", "/favicon.ico"])
      assert.equal((await get(origin + target)).status, 404, target);
    assert.equal((await get(`${origin}/_/health`)).status, 200);
    assert.equal((await get(`${origin}/our/talks/_/health`)).status, 200);
    assert.equal((await get({ port: new URL(origin).port, path: "/our/talks/../.." })).status, 308);
  });

  test("may have two slashes behind it, as proxies make them, and decks may not", async () => {
    assert.match((await get(`${origin}/our/talks//talk/`)).text, /<section/);
    const astray = await get(`${origin}/our/talks/talk//?x=1`);
    assert.equal(astray.status, 308);
    assert.equal(astray.headers.location, "../?x=1");
  });

  test("is in all that pages refer to, error pages too", async () => {
    for (const page of ["/our/talks/", "/our/talks/talk/", "/our/talks/none/deeper", "/elsewhere"]) {
      const { text } = await get(origin + page);
      const references = [...text.matchAll(/<(?:link|script|img|a)[^>]* (?:href|src)="([^"#]+)"/g)].map(
        ([, url]) => url,
      );
      assert.ok(references.length > 1, page);
      for (const reference of references.filter((url) => !url.startsWith("data:"))) {
        const url = new URL(reference, origin + page);
        assert.equal(url.origin, origin);
        assert.ok(url.pathname.startsWith("/our/talks/"), `${page}: ${reference}`);
        assert.equal((await get(url)).status, 200, `${page}: ${reference}`);
      }
    }
  });
});

describe("trustedProxies", () => {
  let trusting;
  let doubting;
  before(async () => {
    trusting = await start({ trustedProxies: ["127.0.0.1", "10.0.0.0/8"], hsts: "1y" });
    doubting = await start({ trustedProxies: "192.0.2.1", hsts: "1y" });
  });
  after(() => Promise.all([trusting.stop(), doubting.stop()]));

  async function clientOf(server, headers) {
    const mark = `${Math.random()}`;
    await get(`${server.origin}/talk/?${mark}`, { headers });
    const line = () => lines(server).find((entry) => JSON.stringify(entry).includes(mark));
    await until(line, `a line with ${mark}`);
    return line().client;
  }

  function lines(server) {
    try {
      return server.log();
    } catch {
      return [];
    }
  }

  test("say who the client is", async () => {
    assert.equal(await clientOf(trusting, {}), "127.0.0.1");
    assert.equal(await clientOf(trusting, { "X-Forwarded-For": "192.0.2.7" }), "192.0.2.7");
    assert.equal(await clientOf(trusting, { "X-Forwarded-For": "203.0.113.9, 192.0.2.7, 10.0.0.1" }), "192.0.2.7");
    assert.equal(await clientOf(trusting, { Forwarded: 'for="[2001:db8::7]:80"' }), "2001:db8::7");
    assert.equal(await clientOf(trusting, { Forwarded: "for=192.0.2.8", "X-Forwarded-For": "192.0.2.7" }), "127.0.0.1");
  });

  test("are believed only if they are trusted", async () => {
    assert.equal(await clientOf(doubting, { "X-Forwarded-For": "192.0.2.7" }), "127.0.0.1");
    assert.equal(await clientOf(doubting, { Forwarded: "for=192.0.2.7" }), "127.0.0.1");
    const headers = { "X-Forwarded-Proto": "https" };
    assert.equal((await get(`${doubting.origin}/talk/`, { headers })).headers["strict-transport-security"], undefined);
  });

  test("say whether the client came by HTTPS", async () => {
    const hsts = async (headers) =>
      (await get(`${trusting.origin}/talk/`, { headers })).headers["strict-transport-security"];
    assert.equal(await hsts({ "X-Forwarded-Proto": "https" }), "max-age=31536000");
    assert.equal(await hsts({ Forwarded: "for=192.0.2.7;proto=https" }), "max-age=31536000");
    assert.equal(await hsts({ "X-Forwarded-Proto": "http" }), undefined);
    assert.equal(await hsts({}), undefined);
  });
});

test("a listener that redirects serves those whom a trusted proxy saw come by HTTPS", async () => {
  const server = await start({
    listen: [{ port: 0, bind: "127.0.0.1", redirect: "https" }],
    trustedProxies: "127.0.0.1",
  });
  const ask = (headers) => get(`${server.origin.replace("https", "http")}/talk/?x`, { headers });
  assert.equal((await ask({ "X-Forwarded-Proto": "https" })).status, 200);
  assert.equal((await ask({ Host: "a.example:80" })).headers.location, "https://a.example/talk/?x");
  const forwarded = { "X-Forwarded-Proto": "http", "X-Forwarded-Host": "talks.example:81", Host: "inner:8080" };
  assert.equal((await ask(forwarded)).headers.location, "https://talks.example/talk/?x");
  await server.stop();
});
