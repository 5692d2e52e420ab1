// The comparison with others is as good as the tests that it names.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { repository } from "../lib/decksd.mjs";

test("docs/comparison.md names tests that exist", () => {
  const text = readFileSync(path.join(repository, "docs/comparison.md"), "utf8");
  const named = [...text.matchAll(/`(tests\/[^`]+)`/g)].map(([, file]) => file);
  assert.ok(named.length >= 9);
  for (const file of named) assert.ok(existsSync(path.join(repository, file)), file);
});
