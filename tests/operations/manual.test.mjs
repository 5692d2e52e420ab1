// The manual pages and completions, as `make install` puts them in place.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { repository, runDecksd } from "../lib/decksd.mjs";

const made = path.join(repository, "build/docs");
const file = (name) => path.join(made, name);
const run = (command, args, options) => execFileSync(command, args, { encoding: "utf8", ...options });
let options;

before(async () => {
  run("make", ["--no-print-directory", "build/docs/decksd.1"], { cwd: repository });
  const { stdout } = await runDecksd(["--help"]);
  options = [...stdout.matchAll(/^ .*?--([a-z-]+)/gm)].map(([, name]) => `--${name}`);
  assert.ok(options.length > 15);
});

test("decksd(1) has every option", () => {
  const page = readFileSync(file("decksd.1"), "utf8");
  for (const option of options) assert.ok(page.includes(`Fl \\-${option.slice(2)}`), option);
});

test("decksd.yaml(5) and decksd-deck(5) have what their documents have", () => {
  for (const [page, document] of [
    ["decksd.yaml.5", "configuration.md"],
    ["decksd-deck.5", "deck-format.md"],
  ]) {
    const text = readFileSync(file(page), "utf8").replaceAll("\\-", "-").replaceAll("\\(aq", "'");
    const source = readFileSync(path.join(repository, "docs", document), "utf8").replace(/^```[\s\S]*?^```/gm, "");
    for (const [, title] of source.matchAll(/^## (.*)$/gm))
      assert.ok(text.includes(`.SH ${title.toUpperCase()}\n`), title);
    const keys = [...source.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
    assert.ok(keys.length > 15);
    for (const key of keys) assert.match(text, new RegExp(`^\\.TP\n.*\\\\fB${key}\\\\fP`, "m"));
  }
});

test("bash completes options, directories and files", () => {
  const complete = (...words) => {
    const script = `. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _decksd; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return run("bash", ["-euc", script, "bash", file("decksd.bash"), "decksd", ...words], { cwd: repository })
      .split("\n")
      .filter(Boolean);
  };
  assert.deepEqual(
    complete("--").filter((word) => word.startsWith("--")),
    options,
  );
  assert.deepEqual(complete("pd"), ["pdf"]);
  assert.deepEqual(complete("pdf", "serv"), ["server"]);
  assert.deepEqual(complete("--ro"), ["--root"]);
  assert.deepEqual(complete("--root", "serv"), ["server"]);
  assert.deepEqual(complete("-r", "Make"), []);
  assert.deepEqual(complete("--config", "Make"), ["Makefile"]);
  assert.deepEqual(complete("--port", ""), []);
});

test("fish completes options and directories", () => {
  const complete = (line) =>
    run("fish", ["--no-config", "-c", `source ${file("decksd.fish")}; complete -C '${line}'`], { cwd: repository })
      .split("\n")
      .filter(Boolean)
      .map((each) => each.split("\t")[0]);
  assert.deepEqual(complete("decksd --").sort(), [...options].sort());
  assert.deepEqual(complete("decksd --root serv"), ["server/"]);
  assert.deepEqual(complete("decksd pd"), ["pdf"]);
  assert.deepEqual(complete("decksd pdf serv"), ["server/"]);
});

test("zsh can read its completion, which has every option", () => {
  run("zsh", ["-n", file("_decksd")]);
  const script = `_arguments() { print -rl -- "$@" }; . ${file("_decksd")}`;
  const specs = run("zsh", ["-fc", script]).split("\n");
  for (const option of options)
    assert.ok(
      specs.some((spec) => new RegExp(`^(\\(.*\\))?${option}=?\\[`).test(spec)),
      option,
    );
});
