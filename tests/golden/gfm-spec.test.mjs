// The examples of GitHub's specification through our renderer. They come from Debian's source of cmark-gfm: get-spec.sh,
// which make deps-test runs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { repository } from "../lib/decksd.mjs";
import { BARE, normalised, rendered } from "./render.mjs";

const FENCE = "`".repeat(32);

const text = readFileSync(path.join(repository, "build/spec/spec.txt"), "utf8");
const blocks = text.matchAll(new RegExp(`^${FENCE} example(.*)\n([\\s\\S]*?)^\\.\n([\\s\\S]*?)^${FENCE}$`, "gm"));
const examples = [...blocks]
  .map(([, kind, markdown, html], i) => ({
    number: i + 1,
    kind: kind.trim(),
    markdown: markdown.replaceAll("→", "\t"),
    html: BARE.get(markdown) ?? html.replaceAll("→", "\t"),
  }))
  // GitHub takes some tags away from strangers; a deck is its author's, and HTML passes as it is.
  .filter(({ kind }) => kind !== "tagfilter");

const actual = rendered(examples.map(({ markdown }) => markdown));
const expected = normalised(examples.map(({ html }) => html));

test("there are as many answers as examples, of each extension some", () => {
  assert.ok(examples.length > 670, `${examples.length}`);
  assert.equal(actual.length, examples.length);
  assert.equal(expected.length, examples.length);
  const kinds = [...new Set(examples.map(({ kind }) => kind))].sort();
  assert.deepEqual(kinds, ["", "autolink", "disabled", "strikethrough", "table"]);
});

for (const [i, { number, kind, markdown }] of examples.entries())
  test(`GFM example ${number} ${kind}`, () => {
    assert.equal(actual[i], expected[i], markdown);
  });
