// When the system fails decksd: it serves on what it has, or ends with one clear line.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { asText, decksdBinary, startDecksd } from "../lib/decksd.mjs";
import { get } from "../lib/get.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";

const place = await temporaryDirectory("faults");
after(() => place.remove());
const root = path.join(place.path, "root");
mkdirSync(path.join(root, "talk"), { recursive: true });
writeFileSync(path.join(root, "talk/deck.md"), "# A talk\n");
writeFileSync(path.join(root, "talk/large.bin"), Buffer.alloc(3 << 20, "x"));

/** Runs decksd by a program that becomes it; resolves once it is ready, or has ended. */
async function below(program, args) {
  const child = spawn(
    program[0],
    [...program.slice(1), decksdBinary(), "--root", root, "--port", "0", "--bind", "127.0.0.1", ...args],
    { env: { ...process.env, ...asText }, stdio: ["ignore", "pipe", "pipe"], timeout: 60000 },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const ended = once(child, "close");
  let code = null;
  ended.then(([status]) => (code = status ?? -1));
  await until(
    () => code !== null || output.includes("(loaded in"),
    () => output,
  );
  return {
    output: () => output,
    code: () => code,
    url: / at (http\S+) /.exec(output)?.[1],
    async stop() {
      child.kill("SIGTERM");
      assert.equal((await ended)[0], 0, output);
    },
  };
}

describe("without room", () => {
  test("a full disk under the access log costs lines, not answers", async () => {
    const server = await startDecksd({ root, env: { DECKSD_ACCESS_LOG: "/dev/full" } });
    for (let i = 0; i < 20; i++) assert.equal((await get(new URL("talk/", server.url))).status, 200);
    await until(
      () => server.output().includes("lines are dropped: No space left on device"),
      () => server.output(),
    );
    const { text } = await get(new URL("_/metrics", server.url));
    assert.match(text, /^decksd_access_log_dropped_total [1-9]/m);
    await server.stop();
  });

  test("with hardly a descriptor it serves, and who finds none is told to come again", async () => {
    const server = await below(["prlimit", "--nofile=160"], []);
    assert.match(server.output(), /room for \d+ connections only/);
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => get(new URL("talk/", server.url)).catch((e) => e)),
    );
    for (const answer of answers) assert.ok([200, 503].includes(answer.status), `${answer.cause ?? answer.status}`);
    assert.equal((await get(new URL("talk/", server.url))).status, 200);
    await server.stop();
  });

  test("with little memory it serves, or ends with one line", async () => {
    for (const megabytes of [30, 40, 50, 60, 70, 90]) {
      const server = await below(["prlimit", `--as=${megabytes << 20}`], []);
      if (server.code() === null) {
        assert.equal((await get(new URL("talk/", server.url))).status, 200);
        await server.stop();
      } else {
        assert.match(server.output(), /^(decksd: |[^\n]*error while loading shared libraries: )[^\n]+\n$/);
      }
    }
  });
});

describe("a root that fails", () => {
  test("which is gone at a reload: the decks loaded before are served", async () => {
    const away = `${root}.away`;
    const server = await startDecksd({ root });
    renameSync(root, away);
    try {
      process.kill(server.pid, "SIGHUP");
      await until(
        () => server.output().includes("loaded before are still served"),
        () => server.output(),
      );
      assert.equal((await get(new URL("talk/", server.url))).status, 200);
      assert.equal((await get(new URL("talk/large.bin", server.url))).body.length, 3 << 20);
    } finally {
      renameSync(away, root);
    }
    process.kill(server.pid, "SIGHUP");
    await until(
      () => server.output().includes("reloaded 1 deck"),
      () => server.output(),
    );
    await server.stop();
  });

  test("whose disk fails at a reload: the decks loaded before are served", async (context) => {
    const server = await startDecksd({ root });
    const strace = spawn(
      "strace",
      [
        "-f",
        "-o",
        "/dev/null",
        "-e",
        "trace=getdents64",
        "-e",
        "inject=getdents64:error=EIO",
        "-p",
        String(server.pid),
      ],
      { stdio: ["ignore", "ignore", "pipe"], timeout: 60000 },
    );
    const ended = once(strace, "close");
    let said = "";
    strace.stderr.setEncoding("utf8").on("data", (text) => (said += text));
    await until(
      () => /attached/.test(said) || strace.exitCode !== null,
      () => said,
    );
    if (strace.exitCode !== null) {
      await server.stop();
      return context.skip(`strace may not look into another process here: ${said}`);
    }
    process.kill(server.pid, "SIGHUP");
    await until(
      () => server.output().includes("loaded before are still served"),
      () => server.output(),
    );
    assert.match(server.output(), /cannot be read: Input\/output error: check --root/);
    assert.equal((await get(new URL("talk/", server.url))).status, 200);
    strace.kill("SIGTERM");
    await ended;
    process.kill(server.pid, "SIGHUP");
    await until(
      () => server.output().includes("reloaded 1 deck"),
      () => server.output(),
    );
    await server.stop();
  });
});
