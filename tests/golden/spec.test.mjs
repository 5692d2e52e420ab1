// CommonMark's own examples, as its package has them, through our renderer.
//
// Both sides are written anew by our HTML tree, which leaves comments out. Attributes aside: pictures load lazily, and code
// has its language as reveal.js writes it, too. As reveal.js does, we write no line feed behind a <br> nor at the end of code.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { repository } from "../lib/decksd.mjs";

const spec = createRequire(import.meta.url)("commonmark-spec");
const tool = path.resolve(repository, process.env.RENDER || "build/tests/tools/render");

// GitHub's dialect links bare addresses (GFM §6.9): in these examples CommonMark says that they are none.
const link = (url, text = url) => `<a href="${url}">${text}</a>`;
const BARE = new Map([
  ["http://example.com\n", `<p>${link("http://example.com")}</p>`],
  ["<http://foo.bar/baz bim>\n", `<p>&lt;${link("http://foo.bar/baz")} bim&gt;</p>`],
  ["< http://foo.bar >\n", `<p>&lt; ${link("http://foo.bar")} &gt;</p>`],
  ["foo@bar.example.com\n", `<p>${link("mailto:foo@bar.example.com", "foo@bar.example.com")}</p>`],
  ["<foo\\+@bar.example.com>\n", `<p>&lt;${link("mailto:foo+@bar.example.com", "foo+@bar.example.com")}&gt;</p>`],
]);

function run(mode, texts) {
  const input = texts.map((text) => `${text}\0`).join("");
  const output = execFileSync(tool, [mode], { input, encoding: "utf8", maxBuffer: 1 << 26 });
  return output.split("\0").slice(0, -1);
}

const plain = (html) =>
  html
    .replace(/ loading="lazy"/g, "")
    .replace(/ class="[^"]*(language-[^"]*)"/g, ' class="$1"')
    .replace(/<br>\n/g, "<br>")
    .replace(/\n+<\/code><\/pre>/g, "</code></pre>")
    .replaceAll("&quot;", '"')
    .replace(/>\s*\n\s*</g, "><")
    .trim();

const examples = spec.tests.map((example) => ({
  ...example,
  markdown: example.markdown.replaceAll("→", "\t"),
  html: BARE.get(example.markdown) ?? example.html.replaceAll("→", "\t"),
}));
const actual = run(
  "markdown",
  examples.map(({ markdown }) => markdown),
);
const expected = run(
  "tree",
  examples.map(({ html }) => html),
);

test("there are as many answers as examples", () => {
  assert.ok(examples.length > 600);
  assert.equal(actual.length, examples.length);
  assert.equal(expected.length, examples.length);
});

for (const [i, { number, section, markdown }] of examples.entries())
  test(`CommonMark example ${number}: ${section}`, () => {
    assert.equal(plain(actual[i]), plain(expected[i]), markdown);
  });
