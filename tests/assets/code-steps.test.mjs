import assert from "node:assert/strict";
import { test } from "node:test";
import { formatStep, parseSteps, splitLines, trimCode } from "../../assets/js/code-steps.js";

const one = (first, last = first) => ({ first, last });

test("steps: single lines, ranges, several of them, blanks", () => {
  assert.deepEqual(parseSteps("1"), [[one(1)]]);
  assert.deepEqual(parseSteps("1|3-6, 9 | 12"), [[one(1)], [one(3, 6), one(9)], [one(12)]]);
});

test("steps: an empty step is a step that marks nothing", () => {
  assert.deepEqual(parseSteps(""), [[]]);
  assert.deepEqual(parseSteps("|2|"), [[], [one(2)], []]);
  assert.deepEqual(parseSteps("a-b|-3|4-"), [[], [], []]);
});

test("steps: what is written is what was read", () => {
  for (const text of ["1", "3-6,9", ""]) assert.equal(formatStep(parseSteps(text)[0]), text);
});

test("trim: blank ends and shared indentation go, inner ones stay", () => {
  assert.equal(trimCode("\n\n    a\n\n      b\n    c\n  \n"), "a\n\n  b\nc");
  assert.equal(trimCode("\r\n\ta\r\n\t\tb\r\n"), "a\n\tb");
  assert.equal(trimCode(" \n\t\n"), "");
});

test("lines: each is well-formed, spans over lines open anew", () => {
  assert.deepEqual(splitLines('a <span class="c">b\nc</span> d'), [
    'a <span class="c">b</span>',
    '<span class="c">c</span> d',
  ]);
  assert.deepEqual(splitLines("<span>x<span>\n\n</span></span>y"), [
    "<span>x<span></span></span>",
    "<span><span></span></span>",
    "<span><span></span></span>y",
  ]);
});

test("lines: a last line without text is none, other blank lines count", () => {
  assert.deepEqual(splitLines("a\n\nb\n"), ["a", "", "b"]);
  assert.deepEqual(splitLines("a\r\nb\r\n"), ["a", "b"]);
  assert.deepEqual(splitLines("a\n  \n\t "), ["a", "  "]);
  assert.deepEqual(splitLines(""), [""]);
});
