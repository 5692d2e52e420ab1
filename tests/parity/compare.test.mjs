// The measure itself: what counts as the same, what as different on purpose.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compareDeck, differingFields, pair } from "./compare.mjs";
import { withoutFrontMatter } from "./deck.mjs";
import { mend, STRAY, shieldedRanges, withoutBlankSlides } from "./mend.mjs";

const slide = (h, v, text, more = {}) => ({
  h,
  v,
  attrs: {},
  notes: "",
  text,
  heads: [],
  li: 0,
  code: 0,
  img: [],
  tables: 0,
  iframes: 0,
  fragments: 0,
  links: [],
  source: text,
  ...more,
});

test("front matter is cut off, a rule or a heading between two rules is not", () => {
  assert.equal(withoutFrontMatter("---\ntitle: x\n---\n# A"), "# A");
  assert.equal(withoutFrontMatter("---\r\n# comment\r\ntitle: x\r\n...\r\n# A"), "# A");
  assert.equal(withoutFrontMatter("---\n---\n# A"), "# A");
  assert.equal(withoutFrontMatter("---\n\n# A\n\n---\nB"), "---\n\n# A\n\n---\nB");
  assert.equal(withoutFrontMatter("# A\n\n---\nb: c\n---\n"), "# A\n\n---\nb: c\n---\n");
});

test("fences and comments are shielded, a fence left open is not", () => {
  const cut = (text) => shieldedRanges(text).map(([start, end]) => text.slice(start, end));
  assert.deepEqual(cut("a\n```js\nb\n```\nc"), ["```js\nb\n```\n"]);
  assert.deepEqual(cut("a\n```js\nb\n---\n```sh\nc\n```\n"), ["```sh\nc\n```\n"]);
  assert.deepEqual(cut("a\n~~~\nb\n```\n~~~~\n"), ["~~~\nb\n```\n~~~~\n"]);
  assert.deepEqual(cut("a <!-- b\n```\n--> c\n```js\n"), ["<!-- b\n```\n-->"]);
  assert.deepEqual(cut("a <!-- b\n"), []);
});

test("separators and notes inside fences are held back, others are not", () => {
  const mended = mend({ text: "a\n```\n\n---\nNote: x\n```\n---  \nb\n---\nNote: y", verticalSeparator: null });
  assert.equal(
    mended.text,
    `a\n\`\`\`\n\n${STRAY}---\n${STRAY}Note: x\n\`\`\`\n---  \nb\n---\nNote: y\n`.replace("---  ", "---"),
  );
});

test("blank slides go and the others move up", () => {
  const left = withoutBlankSlides([
    slide(0, 0, "\n"),
    slide(1, 0, "a"),
    slide(2, 0, "b"),
    slide(2, 1, " "),
    slide(2, 2, "c"),
    slide(3, 0, "---\n"),
  ]);
  assert.deepEqual(
    left.map(({ h, v, text }) => [h, v, text]),
    [
      [0, 0, "a"],
      [1, 0, "b"],
      [1, 1, "c"],
    ],
  );
});

test("digests and percent-encoding do not count, unless asked for", () => {
  const ours = slide(0, 0, "", {
    links: ["a.pdf?v=0a1b2c", "%C3%A9.txt", "x?a=1&v=2"],
    attrs: { "data-background-image": "sky.svg?v=0a1b", class: "x" },
  });
  const theirs = slide(0, 0, "", {
    links: ["a.pdf", "é.txt", "x?a=1&v=2"],
    attrs: { class: "x", "data-background-image": "./sky.svg" },
  });
  assert.deepEqual(differingFields(ours, theirs), []);
  assert.deepEqual(differingFields(ours, theirs, { asWritten: true }), ["attrs", "links"]);
});

test("slides are paired around one that is missing", () => {
  const all = ["a", "b", "c", "d"].map((text, h) => slide(h, 0, text));
  assert.deepEqual(pair(all, [all[0], all[2], all[3]]), [
    [0, 0],
    [1, null],
    [2, 1],
    [3, 2],
  ]);
});

test("verdicts", () => {
  const plain = [slide(0, 0, "a"), slide(1, 0, "b Note: x"), slide(2, 0, "c"), slide(3, 0, "")];
  const mended = [slide(0, 0, "a"), slide(1, 0, "b", { notes: "x" }), slide(2, 0, "c")];
  const kinds = (served, exceptions) => {
    const result = compareDeck({ served, plain, mended, exceptions });
    return [result.samePositions, ...result.verdicts.map(({ kind }) => kind)];
  };
  assert.deepEqual(kinds(plain), ["equal", "equal", "equal", "equal", "equal"]);
  assert.deepEqual(kinds(mended), ["purpose", "equal", "purpose", "equal", "purpose"]);
  const wrong = [slide(0, 0, "A"), mended[1], slide(2, 1, "c")];
  assert.deepEqual(kinds(wrong), ["different", "different", "purpose", "different", "purpose"]);
  const exceptions = [
    { index: 0, field: "text", reason: "louder" },
    { index: 1, field: "li", reason: "never" },
  ];
  assert.deepEqual(kinds([slide(0, 0, "A"), ...mended.slice(1)], exceptions)[1], "purpose");
  const { unusedExceptions } = compareDeck({ served: mended, plain, mended, exceptions });
  assert.deepEqual(unusedExceptions, exceptions);
  assert.deepEqual(kinds([mended[0], slide(1, 0, "c")]), ["different", "equal", "different", "different", "purpose"]);
});
