// Our own decks, one for each dialect and each rule: decksd must show what reveal.js's plugin makes of them.
// A deck's parity.json names the fields that differ on purpose: [{"index", "field", "reason"}…].
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";

const decks = fileURLToPath(new URL("decks/", import.meta.url));

const measured = [];
await measure([decks], { each: (deck, result) => measured.push({ deck, result }) });

for (const { deck, result } of measured)
  test(deck.slug, () => {
    if (result.error) throw result.error;
    const different = result.verdicts
      .filter(({ kind }) => kind === "different")
      .flatMap(({ index, differences }) => differences.map((it) => ({ slide: index, ...it })));
    assert.deepEqual(different, []);
    assert.notEqual(result.samePositions, "different", "slides are not where they should be");
    assert.deepEqual(result.unusedExceptions, [], "parity.json excepts what does not differ");
  });

test("every deck was measured", () => {
  assert.ok(measured.length > 40, `only ${measured.length} decks`);
});
