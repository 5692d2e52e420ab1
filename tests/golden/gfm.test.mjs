// What GitHub's dialect adds to CommonMark, through our renderer, as another implementation tries it: Debian's goldmark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { normalised, rendered } from "./render.mjs";

const DIRECTORY = "/usr/share/gocode/src/github.com/yuin/goldmark/extension/_test";
const EXTENSIONS = { table: 12, strikethrough: 2, tasklist: 2, linkify: 19 }; // and how many examples there are at least

/** Examples between rulers: a number and perhaps a name, Markdown, HTML. */
function examplesOf(extension) {
  const text = readFileSync(path.join(DIRECTORY, `${extension}.txt`), "utf8");
  return [
    ...text.matchAll(/^(\d+)(?::.*)?\n\/\/-[- ]*\/\/\n([\s\S]*?)^\/\/-[- ]*\/\/\n([\s\S]*?)^\/\/=[= ]*\/\/$/gm),
  ].map(([, number, markdown, html]) => ({ number, markdown, html }));
}

for (const [extension, least] of Object.entries(EXTENSIONS)) {
  const examples = examplesOf(extension);
  const actual = rendered(examples.map(({ markdown }) => markdown));
  const expected = normalised(examples.map(({ html }) => html));

  test(`${extension}: all examples are there`, () => {
    assert.ok(examples.length >= least, `only ${examples.length}`);
    assert.equal(actual.length, examples.length);
    assert.equal(expected.length, examples.length);
  });

  for (const [i, { number, markdown }] of examples.entries())
    test(`${extension} example ${number}`, () => {
      assert.equal(actual[i], expected[i], markdown);
    });
}
