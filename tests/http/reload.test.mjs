// Reloads over HTTP: what changes, what stays, what a mistake leaves standing; and that the same decks are always the
// same bytes.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { decksdBinary, repository, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory, writeWhole } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";
import { ask } from "./exchange.mjs";
import { noise } from "./root.mjs";

/** A server whose root holds these files; {write, move, remove, reload, get}. */
async function withRoot(files, body) {
  const directory = await temporaryDirectory("reload");
  const root = path.join(directory.path, "root");
  const at = (name) => path.join(root, name);
  const write = (name, content) => writeWhole(at(name), content);
  mkdirSync(root);
  for (const [name, content] of Object.entries(files)) write(name, content);
  const server = await startDecksd({ root });
  const port = Number(new URL(server.url).port);
  try {
    await body({
      server,
      write,
      move: (from, to) => renameSync(at(from), at(to)),
      remove: (name) => rmSync(at(name), { recursive: true }),
      signal: () => process.kill(server.pid, "SIGHUP"),
      get: (target, ...fields) => ask(port, target, ...fields),
      reload: server.reload,
    });
    await server.stop();
  } finally {
    await server.stop().catch(() => {});
    await directory.remove();
  }
}

const TALKS = {
  "deck.yaml": "lang: en\n",
  "a/deck.md": "# A\n\n<!-- include: part.md -->\n\n![](x.png)\n",
  "a/part.md": "first part\n",
  "a/x.png": noise(100, 1),
  "b/deck.md": "# B\n\nfirst b\n",
};

test("a reload renders what changed, and only that", () =>
  withRoot(TALKS, async ({ get, reload, write, remove, move }) => {
    const a = await get("/a/");
    const b = await get("/b/", "Accept-Encoding: br");
    assert.match(await reload(), / 0 rendered anew/);

    write("a/part.md", "second part\n");
    assert.match(await reload(), / 1 rendered anew/);
    const included = await get("/a/");
    assert.match(included.body.toString(), /second part/);
    assert.notEqual(included.headers.etag, a.headers.etag);

    write("a/x.png", noise(100, 2));
    assert.match(await reload(), / 1 rendered anew/);
    const pictured = await get("/a/");
    const version = (answer) => /x\.png\?v=([0-9a-f]+)/.exec(answer.body)[1];
    assert.notEqual(version(pictured), version(a));
    assert.match((await get(`/a/x.png?v=${version(pictured)}`)).headers["cache-control"], /immutable/);
    assert.equal((await get(`/a/x.png?v=${version(a)}`)).headers["cache-control"], "no-cache");

    const sameB = await get("/b/", "Accept-Encoding: br");
    assert.equal(sameB.headers.etag, b.headers.etag);
    assert.equal(sameB.headers["last-modified"], b.headers["last-modified"]);
    assert.equal((await get("/b/", "Accept-Encoding: br", `If-None-Match: ${b.headers.etag}`)).status, 304);

    write("deck.yaml", "lang: pl\n");
    assert.match(await reload(), / 2 rendered anew/);
    for (const page of ["/a/", "/b/"]) assert.match((await get(page)).body.toString(), /<html[^>]* lang="pl"/);

    move("b", "c");
    await reload();
    assert.equal((await get("/b/")).status, 404);
    assert.match((await get("/c/")).body.toString(), /first b/);
    remove("c");
    await reload();
    assert.equal((await get("/c/")).status, 404);
    assert.doesNotMatch((await get("/")).body.toString(), /href="c\/"/);
  }));

test("a deck that breaks stays as it was, and the log says so", () =>
  withRoot(TALKS, async ({ get, reload, write }) => {
    const good = await get("/b/");
    write("b/deck.md", Buffer.from([0x23, 0x20, 0xe9, 0x0a]));
    write("a/part.md", "goes on\n");
    const log = await reload();
    assert.match(log, /b\/deck\.md:1:3: error/);
    assert.match(log, /b\/deck\.md: warning: the deck is shown as it was/);
    assert.deepEqual((await get("/b/")).body, good.body);
    assert.equal((await get("/b/")).headers.etag, good.headers.etag);
    assert.match((await get("/a/")).body.toString(), /goes on/);
    write("b/deck.md", "# B\n\nmended\n");
    assert.doesNotMatch(await reload(), /b\/deck\.md/);
    assert.match((await get("/b/")).body.toString(), /mended/);
  }));

test("under a storm of reloads each deck is one of its two editions, and what did not change stays", () =>
  withRoot(TALKS, async ({ get, signal, write }) => {
    const tags = { "/a/": new Map(), "/b/": new Map(), "/a/x.png": new Map() };
    let over = false;
    let answers = 0;
    const client = async (page) => {
      while (!over) {
        const answer = await get(page, "Accept-Encoding: identity");
        assert.equal(answer.status, 200);
        const known = tags[page].get(answer.headers.etag);
        if (known) assert.ok(known.equals(answer.body), "one tag, one content");
        tags[page].set(answer.headers.etag, answer.body);
        answers += 1;
      }
    };
    const clients = Object.keys(tags).map(client);
    for (let i = 0; i < 40; i++) {
      write("a/part.md", i % 2 ? "first part\n" : "other part\n");
      signal();
      await delay(i % 5 ? 5 : 60);
    }
    await until(async () => (await get("/a/")).body.includes("first part"), "the last edition");
    await Promise.race([Promise.all(clients), until(() => answers > 50, "fifty answers")]);
    over = true;
    await Promise.all(clients);
    assert.ok(tags["/a/"].size <= 2, `${tags["/a/"].size} editions of what has two`);
    assert.equal(tags["/b/"].size, 1);
    assert.equal(tags["/a/x.png"].size, 1);
  }));

/** All pages and files in all forms: path and coding → entity tag, type and bytes. */
async function everything(root, { env, cores }) {
  const args = ["--root", ".", "--port", "0", "--bind", "127.0.0.1"];
  const child = spawn("taskset", ["-c", cores, decksdBinary(), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    let output = "";
    const port = await new Promise((resolve, reject) => {
      child.stdout.on("data", (text) => {
        output += text;
        const match = /serving .* at http:\S+:(\d+)/.exec(output);
        if (match) resolve(Number(match[1]));
      });
      ended.then(() => reject(new Error("decksd ended")));
    });
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
    const siteMap = (await ask(port, "/sitemap.xml")).body.toString();
    const targets = new Set([
      ...[...siteMap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => new URL(address).pathname),
      ...files.flatMap((file) => [encodeURI(`/${path.dirname(file)}/`), encodeURI(`/${file}`)]),
      ...["sitemap.xml", "feed.xml", "decks.json", "robots.txt", "search?q=slide", "search.json?q=slide", "?q=a"].map(
        (name) => `/${name}`,
      ),
    ]);
    const found = new Map();
    for (const target of targets) {
      for (const coding of ["identity", "gzip", "br"]) {
        const answer = await ask(port, target, `Accept-Encoding: ${coding}`);
        found.set(`${target} ${coding}`, {
          status: answer.status,
          etag: answer.headers.etag,
          type: answer.headers["content-type"],
          body: answer.body.toString("base64"),
        });
      }
    }
    return found;
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

test("the same decks are the same bytes wherever, whenever, and on however many cores", async () => {
  const directory = await temporaryDirectory("same");
  try {
    const roots = ["one", "a longer/path/to/two"].map((name) => path.join(directory.path, name));
    for (const root of roots) cpSync(path.join(repository, "decks"), root, { recursive: true });
    const [, cores] = /^Cpus_allowed_list:\s+(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"));
    const one = await everything(roots[0], { env: { TZ: "UTC", LC_ALL: "C" }, cores: cores.split(/[-,]/)[0] });
    const two = await everything(roots[1], { env: { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8" }, cores });
    assert.ok([...one.values()].filter(({ status }) => status === 200).length > 100);
    assert.equal(one.get("/search.json?q=slide identity").status, 200);
    assert.ok([...one.keys()].some((target) => /\/about /.test(target)));
    assert.deepEqual([...one.keys()], [...two.keys()]);
    for (const [target, answer] of one) assert.deepEqual(two.get(target), answer, target);
  } finally {
    await directory.remove();
  }
});
