// The parity table over any directories of decks with a deck.json beside each.
//
//   node tests/parity/run.mjs [--verbose] [--as-written] [--exceptions FILE] [--validate] DIR...
//
//   --verbose      each difference: deck, index of the slide, field, both values
//   --as-written   compare URLs to the letter, digests and percent-encoding included
//   --exceptions   JSON: [{"deck", "index", "field", "reason"}…], counted as differing on purpose
//   --validate     compare each deck's reference.json instead of what decksd serves: is the oracle right?
//
// Ends with 1 if a deck's slides are not where they should be, or fewer than 99 of 100 slides are as they should be.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { FIELDS } from "./compare.mjs";
import { measure } from "./measure.mjs";

const { values: flags, positionals: directories } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: "boolean", short: "v", default: false },
    "as-written": { type: "boolean", default: false },
    exceptions: { type: "string" },
    validate: { type: "boolean", default: false },
  },
});
if (directories.length === 0) {
  console.error("usage: node tests/parity/run.mjs [--verbose] [--as-written] [--exceptions FILE] [--validate] DIR...");
  process.exit(2);
}

const short = (value) => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

/** Two long texts, from shortly before the place where they part. */
function apart(expected, actual) {
  if (typeof expected !== "string" || typeof actual !== "string") return [short(expected), short(actual)];
  let same = 0;
  while (same < expected.length && expected[same] === actual[same]) same++;
  const from = Math.max(0, same - 40);
  const lead = from > 0 ? "…" : "";
  return [short(lead + expected.slice(from)), short(lead + actual.slice(from))];
}

const sum = { decks: 0, failed: 0, positions: { equal: 0, purpose: 0, different: 0 } };
const slides = { equal: 0, purpose: 0, different: 0 };
const fields = Object.fromEntries(["position", ...FIELDS].map((field) => [field, 0]));

function report(deck, result) {
  sum.decks++;
  if (result.error) {
    sum.failed++;
    console.log(`${deck.slug}: ${result.error.message}`);
    return;
  }
  sum.positions[result.samePositions]++;
  if (result.samePositions === "different")
    console.log(`${deck.slug}: ${result.served} slides or other positions, the reference has ${result.slides}`);
  for (const { index, kind, differences } of result.verdicts) {
    slides[kind]++;
    if (kind === "different") for (const { field } of differences) fields[field]++;
    if (!flags.verbose || kind === "equal") continue;
    for (const { field, expected, actual } of differences) {
      const [reference, decksd] = apart(expected, actual);
      console.log(`${deck.slug}#${index} ${field}${kind === "purpose" ? " (on purpose)" : ""}`);
      console.log(`    reference  ${reference}\n    decksd     ${decksd}`);
    }
  }
  for (const { index, field } of result.unusedExceptions)
    console.log(`${deck.slug}#${index} ${field}: excepted, but there is no difference`);
}

const exceptions = flags.exceptions ? JSON.parse(await readFile(flags.exceptions, "utf8")) : [];
await measure(directories, {
  each: report,
  exceptions,
  options: { asWritten: flags["as-written"] },
  validate: flags.validate,
});

const total = slides.equal + slides.purpose + slides.different;
const percent = (part, whole) => (whole === 0 ? "" : `${((100 * part) / whole).toFixed(2)} %`);
const row = (name, count, share = "") => console.log(`${name.padEnd(36)}${String(count).padStart(8)}  ${share}`);
const wellPlaced = sum.positions.equal + sum.positions.purpose;
row("decks", sum.decks);
row("  same count and positions", wellPlaced, percent(wellPlaced, sum.decks));
row("    of these on purpose other ones", sum.positions.purpose);
row("  not shown at all", sum.failed);
row("slides", total);
row("  equal", slides.equal, percent(slides.equal, total));
row("  differ on purpose", slides.purpose, percent(slides.purpose, total));
row("  different", slides.different, percent(slides.different, total));
for (const [field, count] of Object.entries(fields)) if (count > 0) row(`    in ${field}`, count);
process.exitCode = wellPlaced === sum.decks && (slides.equal + slides.purpose) / total >= 0.99 ? 0 : 1;
