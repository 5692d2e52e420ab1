// Names with accents, written composed (NFC) or decomposed (NFD): either form finds the other.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

let place;

before(async () => {
  place = await temporaryDirectory("spellings");
});
after(() => place.remove());

async function serve(name, files) {
  const root = path.join(place.path, name);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  return startDecksd({ root });
}

for (const [onDisk, asked] of [
  ["NFD", "NFC"],
  ["NFC", "NFD"],
])
  describe(`${onDisk} on the disk, ${asked} where it is named`, () => {
    const disk = (text) => text.normalize(onDisk);
    const other = (text) => text.normalize(asked);
    let server;

    before(async () => {
      server = await serve(`${onDisk}-${asked}`, {
        [disk("déjà/exposé.md")]: `# Déjà\n\n${other("FILE: café.md")}\n`,
        [disk("déjà/café.md")]: "included\n",
        [disk("déjà/deck.yaml")]: `source: [${other("exposé.md")}, ${other("suite.md")}, ${other("été.md")}]\n`,
        [disk("déjà/suite.md")]: "# Suite\n",
        [disk("déjà/été.md")]: "# Été\n",
        [disk("déjà/übersicht.txt")]: "text",
        "links/deck.md": `[there](../${other("déjà/exposé.md")}#/ete) and [there](../${other("déjà")}/)\n`,
      });
    });
    after(() => server.stop());

    const get = (address) => fetch(new URL(encodeURI(address), server.url));

    test("no problem is reported", () => {
      assert.doesNotMatch(server.output(), /warning|error/);
    });

    test("a typed address shows the deck, its sources and what they include", async () => {
      const response = await get(other("déjà/"));
      assert.equal(response.status, 200);
      const page = await response.text();
      for (const part of ["<p>included</p>", "<h1>Suite</h1>", "<h1>Été</h1>"]) assert.ok(page.includes(part), part);
      assert.equal(page, await (await get(disk("déjà/"))).text());
    });

    test("a typed address without its slash leads to the deck", async () => {
      const response = await get(other("déjà"));
      assert.equal(response.status, 200);
      assert.match(response.url, /\/$/);
    });

    test("a typed address shows a file", async () => {
      assert.equal(await (await get(other("déjà/übersicht.txt"))).text(), "text");
    });

    test("links lead to the deck by the name that it has", async () => {
      const page = await (await get("links/")).text();
      const hrefs = [...page.matchAll(/<a href="(\.\.\/[^"#]+)(#[^"]*)?">there/g)].map(([, href]) => decodeURI(href));
      assert.deepEqual(hrefs, [disk("../déjà/"), disk("../déjà/")]);
    });
  });
