// The command line: what decksd says, where, and how it ends.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { decksdBinary, repository, runDecksd, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

let place;

async function write(name, text) {
  const file = path.join(place.path, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

before(async () => {
  place = await temporaryDirectory("cli");
  await write("good/first/deck.md", "# First\n\n---\n\n## Second slide\n");
  await write("good/2015/deck.yaml", "theme: moon\nrevealOptions:\n  controls: false\n  width: 960\n");
  await write(
    "good/2015/polyconf/deck.md",
    "---\ntitle: Poly\nspeakers: Ada Adams\nrevealOptions: {width: 1280}\n---\n# Poly\n",
  );
  await write("bad/a/deck.md", "---\nthme: moon\n---\n# A\n");
  await write("bad/b/deck.md", "---\ntitle: x: y\n---\n# B\n");
  await write("bad/c/deck.md", "# C\n");
});

after(() => place.remove());

const good = () => path.join(place.path, "good");
const bad = () => path.join(place.path, "bad");

/** Whether the process looks for SIGTERM itself. */
function blocksTerm(pid) {
  const [, mask] = /^SigBlk:\s+([0-9a-f]+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return (BigInt(`0x${mask}`) & (1n << 14n)) !== 0n;
}

/** Resolves once `found` is true of what the server printed. */
async function said(server, found) {
  for (let waited = 0; !found(server.output()); waited += 20) {
    assert.ok(waited < 10000, `not said: ${server.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("help and version", () => {
  test("--version names the program and its version", async () => {
    const { code, stdout, stderr } = await runDecksd(["--version"]);
    assert.equal(code, 0);
    assert.match(stdout, /^decksd \d+\.\d+\.\d+\n$/);
    assert.equal(stderr, "");
  });

  test("--help lists the options on standard output", async () => {
    const { code, stdout, stderr } = await runDecksd(["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: decksd /);
    for (const option of ["root", "port", "bind", "config", "title", "threads", "check", "explain"])
      assert.match(stdout, new RegExp(` --${option}\\b`));
    assert.equal(stderr, "");
  });
});

describe("what cannot be meant", () => {
  const lines = [
    [["--prot", "80"], /^decksd: unknown option --prot: did you mean --port\?\n$/],
    [["--port", "http"], /^decksd: --port must be a number .* not `http`\n$/],
    [["--port"], /^decksd: a value is missing after --port: .*\n$/],
    [["talks"], /^decksd: unexpected argument `talks`: write `--root talks` .*\n$/],
  ];
  for (const [args, expected] of lines)
    test(`${args.join(" ")} ends with 2 and one line`, async () => {
      const { code, stdout, stderr } = await runDecksd(args);
      assert.equal(code, 2);
      assert.match(stderr, expected);
      assert.equal(stdout, "");
    });

  test("a root that is not there ends with 1 and one line", async () => {
    const root = path.join(place.path, "nowhere");
    const { code, stdout, stderr } = await runDecksd(["--root", root, "--port", "0"]);
    assert.equal(code, 1);
    assert.equal(stderr, `decksd: the decks in ${root} cannot be read: No such file or directory: check --root\n`);
    assert.equal(stdout, "");
  });

  test("a port in use ends with 1 and names it", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address();
    try {
      const args = ["--root", good(), "--bind", "127.0.0.1", "--port", String(port)];
      const { code, stdout, stderr } = await runDecksd(args);
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`^decksd: .*${port}.*\\n$`));
      assert.equal(stdout, "");
    } finally {
      other.close();
    }
  });

  test("a configuration with mistakes ends with 1 and all of them", async () => {
    const config = await write("wrong.yaml", "prot: 1\nthreads: many\ndeck:\n  thme: moon\n");
    const { code, stderr } = await runDecksd(["--config", config]);
    assert.equal(code, 1);
    assert.deepEqual(stderr.split("\n"), [
      `decksd: ${config}:1:1: error: \`prot\`: did you mean \`port\`?`,
      `decksd: ${config}:2:10: error: \`threads\` must be a number from 0 (one per core) to 1024, not \`many\``,
      `decksd: ${config}:4:3: error: \`thme\`: did you mean \`theme\`?`,
      "",
    ]);
  });

  test("a configuration that is not YAML ends with 1 and the mend", async () => {
    const config = await write("broken.yaml", "title: a: b\n");
    const { code, stderr } = await runDecksd(["--config", config]);
    assert.equal(code, 1);
    assert.match(stderr, /broken\.yaml:1:9: error: YAML: a second `: ` in one value/);
    const missing = await runDecksd(["--config", path.join(place.path, "none.yaml")]);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /none\.yaml cannot be read: No such file or directory/);
  });
});

describe("--check", () => {
  test("is content with decks that are right", async () => {
    const { code, stdout, stderr } = await runDecksd(["--check", "--root", good()]);
    assert.equal(stdout, "2 decks, 3 slides: 0 errors, 0 warnings, 0 notes\n");
    assert.equal(stderr, "");
    assert.equal(code, 0);
  });

  test("is content with the decks that we ship", async () => {
    const { code, stdout } = await runDecksd(["--check", "--root", path.join(repository, "decks")]);
    assert.match(stdout, / 0 errors, 0 warnings, /);
    assert.equal(code, 0);
  });

  test("lists every problem with its place and ends with 1", async () => {
    const { code, stdout } = await runDecksd(["--check", "--root", bad()]);
    assert.equal(code, 1);
    assert.match(stdout, /^a\/deck\.md:2:1: warning: `thme`: did you mean `theme`\?$/m);
    assert.match(stdout, /^b\/deck\.md:2:9: \w+: YAML: a second `: ` in one value/m);
    assert.match(stdout, /^3 decks, /m);
  });

  test("takes settings from file and environment", async () => {
    const config = await write("right.yaml", `root: ${bad()}\n`);
    const fromFile = await runDecksd(["--check", "--config", config]);
    assert.equal(fromFile.code, 1);
    const env = { DECKSD_CONFIG: config, DECKSD_ROOT: good() };
    assert.equal((await runDecksd(["--check"], { env })).code, 0);
    assert.equal((await runDecksd(["--check", "-r", bad()], { env })).code, 1);
  });
});

describe("--explain", () => {
  test("shows settings and where each comes from", async () => {
    const config = await write("explain.yaml", "deck:\n  highlightTheme: zenburn\n");
    for (const name of ["2015/polyconf", "/2015/polyconf/", path.join(good(), "2015/polyconf/deck.md")]) {
      const args = ["--root", good(), "--config", config, "--explain", name];
      const { code, stdout, stderr } = await runDecksd(args);
      assert.equal(stderr, "");
      assert.equal(code, 0);
      const lines = stdout.split("\n");
      for (const line of [
        'title: "Poly"  # 2015/polyconf/deck.md:2',
        'speakers: [{"name": "Ada Adams"}]  # 2015/polyconf/deck.md:3',
        'theme: "moon"  # 2015/deck.yaml:1',
        `highlightTheme: "zenburn"  # ${config}:2`,
        "  controls: false  # 2015/deck.yaml:3",
        "  width: 1280  # 2015/polyconf/deck.md:4",
        "mermaid: true  # built-in",
      ])
        assert.ok(lines.includes(line), `${line}\nis not in\n${stdout}`);
    }
  });

  test("says where a title comes from that no setting is", async () => {
    const root = path.join(place.path, "titles");
    await mkdir(path.join(root, "name"), { recursive: true });
    await mkdir(path.join(root, "page"), { recursive: true });
    await writeFile(path.join(root, "head.md"), "---\ntheme: white\n---\nfirst\n\n---\n\nwords\n\n## The *heading*\n");
    await writeFile(path.join(root, "name/deck.md"), "no heading\n");
    await writeFile(
      path.join(root, "page/index.html"),
      "<!doctype html>\n<title>A page</title>\n<section>x</section>\n",
    );
    for (const [name, line] of [
      ["head", 'title: "The heading"  # head.md:10 heading'],
      ["name", 'title: "name"  # name/deck.md name'],
      ["page", 'title: "A page"  # page/index.html:2 <title>'],
    ])
      assert.equal((await runDecksd(["--root", root, "--explain", name])).stdout.split("\n")[0], line);
  });

  test("knows the deck that was probably meant", async () => {
    const { code, stdout, stderr } = await runDecksd(["--root", good(), "--explain", "frist"]);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.equal(stderr, "decksd: no deck `frist`: did you mean `first/`?\n");
  });
});

describe("serving", () => {
  test("says once where it serves what, and ends with 0 on SIGTERM", async () => {
    const server = await startDecksd({ root: good() });
    assert.equal(server.decks, 2);
    assert.equal(server.slides, 3);
    assert.equal((await fetch(server.url)).status, 200);
    const said = server
      .output()
      .match(/^decksd: serving 2 decks, 3 slides at http:\/\/\S+:\d+\/ \(loaded in \d+ ms\)$/gm);
    assert.equal(said?.length, 1, server.output());
    assert.match(server.output(), /^decksd: serving as [\w-]+: .*sandbox|system calls$/m);
    await server.stop();
  });

  test("ends with 0 on SIGINT", async () => {
    const server = await startDecksd({ root: good() });
    process.kill(server.pid, "SIGINT");
    await server.stop();
  });

  test("lists problems and serves nevertheless; --quiet only errors", async () => {
    const server = await startDecksd({ root: bad() });
    assert.match(server.output(), /^decksd: a\/deck\.md:2:1: warning: `thme`/m);
    assert.equal((await fetch(new URL("c/", server.url))).status, 200);
    await server.stop();
    const quiet = await startDecksd({ root: bad(), args: ["--quiet"] });
    assert.doesNotMatch(quiet.output(), /warning/);
    await quiet.stop();
  });

  test("loads the decks again on SIGHUP", async () => {
    const root = path.join(place.path, "changing");
    await write("changing/one/deck.md", "# One\n");
    const server = await startDecksd({ root });
    await write("changing/two/deck.md", "# Two\n\n---\n\n# Three\n");
    assert.match(await server.reload(), /reloaded 2 decks, 3 slides/);
    assert.equal((await fetch(new URL("two/", server.url))).status, 200);

    await rm(root, { recursive: true });
    process.kill(server.pid, "SIGHUP");
    await said(server, (text) => text.includes("the decks loaded before are still served"));
    assert.equal((await fetch(new URL("two/", server.url))).status, 200);
    await server.stop();
  });

  test("survives a storm of SIGHUPs", async () => {
    const server = await startDecksd({ root: good() });
    for (let i = 0; i < 30; i++) {
      process.kill(server.pid, "SIGHUP");
      assert.equal((await fetch(new URL("first/", server.url))).status, 200);
    }
    await server.stop();
  });

  test("ends while it still loads, having served nothing", async () => {
    const root = path.join(place.path, "many");
    const slides = "# Slide\n\n```js\nlet a = 1;\n```\n\n---\n\n".repeat(60);
    for (let i = 0; i < 150; i++) await write(`many/deck${i}/deck.md`, slides);
    const child = spawn(decksdBinary(), ["--root", root, "--port", "0"]);
    let stdout = "";
    child.stdout.on("data", (text) => (stdout += text));
    // It waits for signals before it begins to load; how fast it loads then is nobody's promise.
    while (!blocksTerm(child.pid));
    child.kill("SIGTERM");
    const [code, signal] = await once(child, "close");
    assert.deepEqual([code, signal, stdout], [0, null, ""]);
  });
});
