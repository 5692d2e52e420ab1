// The comparison with others is as good as the tests that it names.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { repository } from "../lib/decksd.mjs";

const read = (file) => readFileSync(path.join(repository, file), "utf8");

/** The cells of ours, by what their rows compare. */
function ownCells(text) {
  const rows = text.split("\n").filter((line) => line.startsWith("| ") && !/^\| +\|/.test(line));
  return rows.map((row) => row.split(" | ").map((cell) => cell.replace(/^\| |\|$/g, "").trim()));
}

/** Whether a function of the file, `test` or one that calls it, is given the name, as it is written there. */
function hasTest(source, name) {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![.\\w])\\w+\\(\\s*(["'\`])${quoted}\\1`).test(source);
}

test("each cell of ours in docs/comparison.md names tests that are there", () => {
  const cells = ownCells(read("docs/comparison.md"));
  assert.ok(cells.length >= 15, String(cells.length));
  for (const [what, ours] of cells) {
    const [, file, names] = /`(tests\/[^`]+)` (“.+”)$/.exec(ours) ?? [];
    assert.ok(file, `${what}: ${ours}`);
    const source = read(file);
    for (const [, name] of names.matchAll(/“([^”]+)”/g)) assert.ok(hasTest(source, name), `${file} has no “${name}”`);
  }
});

test("a name that no test has is noticed", () => {
  const source = 'test("one of them", () => {});\nonPage(\n  "another, of two", {});\nassert.match("no test", /x/);\n';
  for (const name of ["one of them", "another, of two"]) assert.ok(hasTest(source, name), name);
  for (const name of ["one of", "of them", "another", "no test"]) assert.ok(!hasTest(source, name), name);
});
