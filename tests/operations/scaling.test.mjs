// More than one machine: Varnish in front, and HAProxy before several nodes, with our samples and the real programs.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { startDecksd } from "../lib/decksd.mjs";
import { countersOf, portOf, startHaproxy, startVarnish } from "../lib/fronts.mjs";
import { get } from "../lib/get.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";

const place = await temporaryDirectory("scaling");
after(() => place.remove());

function makeRoot(name) {
  const root = path.join(place.path, name);
  mkdirSync(path.join(root, "talk"), { recursive: true });
  writeFileSync(path.join(root, "talk/deck.md"), `# A talk\n\n${"Some words. ".repeat(99)}\n`);
  return root;
}

const ask = (port, path, headers) => get({ port, path }, { headers: { Host: "talks.example", ...headers } });

test("Varnish keeps what carries its digest, asks for pages anew, and shows a new edition at once", async (t) => {
  const root = makeRoot("cached");
  const node = await startDecksd({ root });
  const varnish = await startVarnish(place.path, portOf(node));
  const { port } = varnish;
  t.after(async () => {
    await varnish.stop();
    await node.stop();
  });

  const page = await ask(port, "/talk/");
  const script = page.text.match(/src="\.\.(\/_\/deck\.[^"]+)"/)[1];
  await ask(port, script);
  const before = await countersOf(node);
  for (let i = 0; i < 20; i++) {
    assert.equal((await ask(port, script)).status, 200);
    const again = await ask(port, "/talk/");
    assert.equal(again.status, 200);
    assert.ok(again.body.equals(page.body));
    await delay(5); // Varnish counts a page as fresh for a millisecond
  }
  assert.equal((await ask(port, "/talk/", { "If-None-Match": page.headers.etag })).status, 304);
  const later = await countersOf(node);
  // Pages, each time but where two fell together; Varnish answered all for the script.
  const revalidated = later.notModified - before.notModified;
  assert.ok(revalidated >= 15 && revalidated <= 21, `${revalidated}`);
  const probes = 60; // the health checks that came meanwhile, and our own question
  assert.ok(later.ok - before.ok < probes, `${later.ok - before.ok}`);

  writeFileSync(path.join(root, "talk/deck.md"), "# Another talk\n");
  process.kill(node.pid, "SIGHUP");
  await until(async () => (await ask(port, "/talk/")).text.includes("Another talk"), "the new edition");
});

test("HAProxy spreads requests over nodes that answer alike, and loses none when one ends", async (t) => {
  const nodes = [await startDecksd({ root: makeRoot("node-a") }), await startDecksd({ root: makeRoot("node-b") })];
  const proxy = await startHaproxy(place.path, nodes.map(portOf));
  const { port } = proxy;
  let stopped = false;
  t.after(async () => {
    await proxy.stop();
    await nodes[1].stop();
    if (!stopped) await nodes[0].stop();
  });

  const tags = new Set();
  for (let i = 0; i < 10; i++) tags.add((await ask(port, "/talk/", { "Accept-Encoding": "gzip" })).headers.etag);
  assert.equal(tags.size, 1);
  for (const node of nodes) assert.ok((await countersOf(node)).ok > 4);

  const statuses = [];
  const visitors = Array.from({ length: 8 }, async () => {
    for (let i = 0; i < 60; i++) statuses.push((await ask(port, "/talk/")).status);
  });
  await until(() => statuses.length > 60, "the load");
  stopped = true;
  await nodes[0].stop();
  await Promise.all(visitors);
  assert.deepEqual([...new Set(statuses)], [200]);
});
