import assert from "node:assert/strict";
import { test } from "node:test";
import { splitMath } from "../../assets/js/math-split.js";

const tex = (text) => splitMath(text).filter((piece) => "tex" in piece);
const found = (text) => tex(text).map((piece) => (piece.display ? `[${piece.tex}]` : piece.tex));

test("all four delimiters", () => {
  assert.deepEqual(splitMath("a $x$ b $$y$$ c \\(z\\) d \\[w\\]"), [
    { text: "a " },
    { tex: "x", display: false },
    { text: " b " },
    { tex: "y", display: true },
    { text: " c " },
    { tex: "z", display: false },
    { text: " d " },
    { tex: "w", display: true },
  ]);
});

test("prices are text", () => {
  for (const text of [
    "$5 and $6",
    "$5, $10 or $20",
    "5$ and 6$",
    "$ 5 $",
    "US$ 3",
    "$5–$10",
    "$",
    "$$",
    "$$$$",
    "a$ b",
  ]) {
    assert.deepEqual(found(text), [], text);
  }
});

test("math behind prices is found", () => {
  assert.deepEqual(found("$5 and $6, then $a_1+b$."), ["a_1+b"]);
});

test("braces and backslashes keep a dollar inside", () => {
  assert.deepEqual(found("$\\text{it is $5$}$"), ["\\text{it is $5$}"]);
  assert.deepEqual(found("$a \\$ b$"), ["a \\$ b"]);
});

test("what nothing closes is text, and what follows is still looked at", () => {
  assert.deepEqual(found("\\(a and $b$"), ["b"]);
  assert.deepEqual(found("$$a and \\(b\\)"), ["b"]);
  assert.deepEqual(found("${a$ and $b$"), ["b"]);
});

test("the pieces hold the whole text", () => {
  for (const text of ["no math", "", "$x$", "\\\\(a\\)", "tail \\"]) {
    const whole = splitMath(text).map((piece) => piece.text ?? `$${piece.tex}$`);
    assert.equal(whole.join(""), text);
  }
});

test("a long text of openers takes no longer than a blink", () => {
  const start = performance.now();
  for (const opener of ["$", "$$", "\\(", "\\[ "]) splitMath(`${opener}a `.repeat(20_000));
  assert.ok(performance.now() - start < 2_000);
});
