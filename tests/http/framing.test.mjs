// Who may show which page in a frame.
import assert from "node:assert/strict";
import path from "node:path";
import { after, test } from "node:test";
import { startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const directory = await temporaryDirectory("framing");
after(directory.remove);

const PAGE = "<!doctype html><title>A page</title><p>A page";
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"/>';
directory.write("root/plain/deck.md", "# Plain\n");
directory.write("root/plain/demo.html", PAGE);
directory.write("root/guarded/deck.md", "---\nembed: false\ntags: guarded\n---\n\n# Guarded\n");
directory.write("root/guarded/demo/index.html", PAGE);
directory.write("root/guarded/drawing.svg", DRAWING);
directory.write("root/guarded/inner/deck.md", "---\nembed: true\n---\n\n# Open within\n");
directory.write("root/renamed/deck.md", "---\nembed: false\nslug: other\n---\n\n# Renamed\n");
directory.write("root/renamed/demo.html", PAGE);
directory.write("root/whole/index.html", PAGE);
directory.write("root/whole/deck.yaml", "embed: false\n");
directory.write("root/open/deck.md", "---\nembed: true\n---\n\n# Open to all\n");
directory.write("config.yaml", "deck: {embed: false}\n");
const root = path.join(directory.path, "root");

/** Both ways of saying it must say the same. */
async function isGuarded(server, target) {
  const response = await fetch(new URL(target, server.url), { redirect: "manual", headers: { accept: "text/html" } });
  assert.equal(response.status, target.includes("missing") ? 404 : 200, target);
  const policy = response.headers.get("content-security-policy");
  const forbidden = /(^|; )frame-ancestors 'self'(;|$)/.test(policy);
  assert.equal(response.headers.get("x-frame-options"), forbidden ? "SAMEORIGIN" : null, target);
  assert.equal(response.headers.get("cross-origin-opener-policy"), forbidden ? "same-origin" : null, target);
  assert.ok(forbidden || !policy.includes("frame-ancestors"), target);
  return forbidden;
}

async function check(server, expected) {
  for (const [target, guarded] of Object.entries(expected))
    assert.equal(await isGuarded(server, target), guarded, target);
}

test("a deck that forbids frames does so for all its pages, and for nothing else", async () => {
  const server = await startDecksd({ root });
  await check(server, {
    "/": false,
    "/search?q=x": false,
    "/tags/guarded/": false,
    "/missing": false,
    "/plain/": false,
    "/plain/demo.html": false,
    "/guarded/": true,
    "/guarded/about": true,
    "/guarded/demo/": true,
    "/guarded/demo/index.html": true,
    "/guarded/drawing.svg": true,
    "/guarded/inner/": false,
    "/other/": true,
    "/other/about": true,
    "/other/demo.html": true,
    "/renamed/demo.html": true,
    "/whole/": true,
    "/whole/index.html": true,
  });
  await server.stop();
});

test("the configuration forbids it for the site, and a deck may allow it", async () => {
  const server = await startDecksd({ root, args: ["--config", path.join(directory.path, "config.yaml")] });
  await check(server, {
    "/": true,
    "/search?q=x": true,
    "/people/": true,
    "/tags/guarded/": true,
    "/missing": true,
    "/plain/missing": true,
    "/plain/": true,
    "/plain/about": true,
    "/plain/demo.html": true,
    "/guarded/inner/": false,
    "/open/": false,
    "/open/about": false,
  });
  await server.stop();
});
