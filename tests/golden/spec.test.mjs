// CommonMark's own examples, as its package has them, through our renderer.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import { normalised, rendered } from "./render.mjs";

const spec = createRequire(import.meta.url)("commonmark-spec");

// GitHub's dialect links bare addresses (GFM §6.9): in these examples CommonMark says that they are none.
const link = (url, text = url) => `<a href="${url}">${text}</a>`;
const BARE = new Map([
  ["http://example.com\n", `<p>${link("http://example.com")}</p>`],
  ["<http://foo.bar/baz bim>\n", `<p>&lt;${link("http://foo.bar/baz")} bim&gt;</p>`],
  ["< http://foo.bar >\n", `<p>&lt; ${link("http://foo.bar")} &gt;</p>`],
  ["foo@bar.example.com\n", `<p>${link("mailto:foo@bar.example.com", "foo@bar.example.com")}</p>`],
  ["<foo\\+@bar.example.com>\n", `<p>&lt;${link("mailto:foo+@bar.example.com", "foo+@bar.example.com")}&gt;</p>`],
]);

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
