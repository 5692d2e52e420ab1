// CommonMark's own examples, as its package has them, through our renderer.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import { BARE, normalised, rendered } from "./render.mjs";

const spec = createRequire(import.meta.url)("commonmark-spec");

const examples = spec.tests.map((example) => ({
  ...example,
  markdown: example.markdown.replaceAll("→", "\t"),
  html: BARE.get(example.markdown) ?? example.html.replaceAll("→", "\t"),
}));
const actual = rendered(examples.map(({ markdown }) => markdown));
const expected = normalised(examples.map(({ html }) => html));

test("there are as many answers as examples", () => {
  assert.ok(examples.length > 600);
  assert.equal(actual.length, examples.length);
  assert.equal(expected.length, examples.length);
});

for (const [i, { number, section, markdown }] of examples.entries())
  test(`CommonMark example ${number}: ${section}`, () => {
    assert.equal(actual[i], expected[i], markdown);
  });
