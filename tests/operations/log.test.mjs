// What decksd says of itself: one line an event, for people, for programs and for the journal.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { decksdBinary, runDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const place = await temporaryDirectory("log");
after(() => place.remove());
const root = path.join(place.path, "root");
// A name that would break a field, and a key that would forge a line.
const evil = 'e"x= y';
for (const [name, more] of [
  ["talk", ""],
  [evil, '"x\\e[31m\\nlevel=error msg=": 1\n'],
]) {
  mkdirSync(path.join(root, name), { recursive: true });
  writeFileSync(path.join(root, name, "deck.md"), `---\nthme: moon\n${more}---\n# A talk\n`);
}

/** Runs a server until it is ready; what it wrote, [stdout, stderr] as files have it. */
async function served(args, env = {}, journal = false) {
  const names = ["stdout", "stderr"].map((name) => path.join(place.path, name));
  const files = names.map((name) => openSync(name, "w+"));
  const stat = fstatSync(files[1]);
  const { DECKSD_LOG_FORMAT: _, ...rest } = process.env;
  const child = spawn(decksdBinary(), ["--root", root, "--port", "0", "--bind", "127.0.0.1", ...args], {
    env: { ...rest, ...env, ...(journal ? { JOURNAL_STREAM: `${stat.dev}:${stat.ino}` } : {}) },
    stdio: ["ignore", ...files],
  });
  const ended = once(child, "close");
  const texts = () => names.map((name) => readFileSync(name, "utf8"));
  for (let waited = 0; !texts().join("").includes("(loaded in"); waited += 20) {
    assert.ok(waited < 20000 && child.exitCode === null, texts().join(""));
    await delay(20);
  }
  child.kill("SIGTERM");
  assert.equal((await ended)[0], 0);
  for (const file of files) closeSync(file);
  return texts();
}

const lines = (text) => text.split("\n").slice(0, -1);
const LOGFMT =
  /^time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=(error|warning|info|debug) msg="([^"\\]|\\["\\])*"( file="([^"\\]|\\["\\])*")?( (line|column)=\d+)*$/;

describe("what is said on standard error", () => {
  test("is logfmt where nobody sits at a terminal", async () => {
    const [stdout, stderr] = await served([]);
    assert.match(stdout, /^decksd: serving 2 decks, 2 slides at http:\S+ \(loaded in \d+ ms\)\n$/);
    for (const line of lines(stderr)) assert.match(line, LOGFMT);
    assert.match(stderr, / level=warning msg="`thme`: did you mean `theme`\?" file="talk\/deck\.md" line=2 column=1$/m);
    assert.match(stderr, / level=info msg="decksd \d+\.\d+\.\d+ with libmicrohttpd \d\S+, GnuTLS \d/m);
    assert.match(stderr, / level=info msg="serving as [\w-]+: /m);
    assert.ok(!stderr.includes("\u001b"));
    assert.doesNotMatch(stderr, /^level=error/m);
  });

  test("is JSON if asked for, on standard output too", async () => {
    const [stdout, stderr] = await served(["--log-format", "json"]);
    const events = lines(stdout + stderr).map((line) => JSON.parse(line));
    assert.ok(events.some(({ message }) => /^serving 2 decks, 2 slides at /.test(message)));
    const problems = events.filter(({ level }) => level === "warning");
    for (const { time } of problems) assert.ok(!Number.isNaN(Date.parse(time)));
    const { file, line, column } = problems.find(({ message }) => message.includes("`thme`: did you mean `theme`?"));
    assert.deepEqual([file, line, column], [`${evil}/deck.md`, 2, 1]);
    assert.ok(problems.some(({ message }) => message.includes("x\\x1b[31m\\x0alevel=error")));
  });

  test("has priorities and no time where the journal reads", async () => {
    const [stdout, stderr] = await served([], {}, true);
    assert.match(stdout, /^<6>level=info msg="serving 2 decks/);
    for (const line of lines(stderr)) assert.match(line, /^<[3-7]>level=/);
    assert.match(stderr, /^<4>level=warning msg="`thme`/m);
  });

  test("is text if asked for, and from other commands", async () => {
    const [, stderr] = await served(["--log-format", "text"]);
    for (const line of lines(stderr)) assert.match(line, /^decksd: /);
    const { stdout } = await runDecksd(["--root", root, "--check", "--log-format", "json"]);
    assert.match(stdout, /^talk\/deck\.md:2:1: warning: /m);
  });

  test("may be lost: a full disk ends nothing", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(decksdBinary(), ["--root", root, "--port", "0", "--bind", "127.0.0.1"], {
      stdio: ["ignore", "pipe", full],
    });
    const ended = once(child, "close");
    let said = "";
    for await (const text of child.stdout.setEncoding("utf8")) {
      said += text;
      if (said.includes("(loaded in")) break;
    }
    assert.equal((await fetch(/ at (\S+) /.exec(said)[1])).status, 200);
    child.kill("SIGTERM");
    assert.equal((await ended)[0], 0);
    closeSync(full);
  });
});
