// The Nu HTML Checker on every kind of page and every deck that we ship: no errors, no warnings.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import vnu from "vnu-jar";
import { repository, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const folder = await temporaryDirectory("html");
after(folder.remove);

/** What the site map of a site names, and what it does not name. */
async function addresses(server) {
  const index = await (await fetch(server.url)).text();
  const found = new Set(["", "people/", "tags/", "venues/", "search", "search?q=deck", "no/such/page"]);
  for (const [, link] of index.matchAll(/<a [^>]*href="([^"#?:]+)"/g)) {
    const url = new URL(link, server.url);
    if (url.pathname.endsWith("/") || url.pathname.endsWith("/about")) found.add(url.pathname.slice(1));
  }
  return [...found];
}

async function save(name, server) {
  await mkdir(path.join(folder.path, name));
  for (const address of await addresses(server)) {
    const response = await fetch(new URL(address, server.url));
    const file = `${address.replace(/[^\w-]/g, "_") || "index"}.html`;
    await writeFile(path.join(folder.path, name, file), await response.text());
  }
}

/** "page.html:12: what", for all pages at once: starting the checker takes longer than checking. */
function check() {
  return new Promise((resolve, reject) =>
    execFile(
      "java",
      ["-jar", vnu, "--format", "json", "--skip-non-html", folder.path],
      { maxBuffer: 1 << 26 },
      (error, _stdout, stderr) => {
        if (!stderr.includes('"messages"')) {
          reject(error ?? new Error("the checker said nothing"));
          return;
        }
        const { messages } = JSON.parse(stderr);
        resolve(
          messages
            .filter(({ type, subType }) => type === "error" || subType === "warning")
            .map(
              ({ url, lastLine, message }) =>
                `${path.relative(folder.path, new URL(url).pathname)}:${lastLine}: ${message}`,
            ),
        );
      },
    ),
  );
}

test("pages of the site, decks that we ship, and a site without any", async () => {
  await mkdir(path.join(folder.path, "nothing"));
  for (const [name, root] of [
    ["shipped", path.join(repository, "decks")],
    ["site", path.join(repository, "tests/fixtures/site")],
    ["empty", path.join(folder.path, "nothing")],
  ]) {
    const server = await startDecksd({ root });
    await save(name, server);
    await server.stop();
  }
  assert.deepEqual([...new Set(await check())], []);
});
