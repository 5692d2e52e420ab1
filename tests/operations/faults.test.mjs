// When the system fails decksd: it serves on what it has, or ends with one clear line.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
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

/** A server below tests/tools/faults.c, which is told by `fail` which allocation is to fail, by `jump` what time it is. */
async function faulty(options = {}) {
  const told = path.join(place.path, "told");
  writeFileSync(told, Buffer.alloc(32));
  const file = openSync(told, "r+");
  const tell = (at, number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(number));
    writeSync(file, bytes, 0, 8, at);
  };
  const library = path.join(path.dirname(decksdBinary()), "tests/tools/faults.so");
  const server = await startDecksd({
    root,
    ...options,
    env: { LD_PRELOAD: library, FAULTS_FILE: told, ...options.env },
  });
  server.fail = (allocation) => tell(0, allocation);
  server.jump = (seconds) => tell(8, seconds);
  server.refuseThreads = (refused) => tell(16, refused ? 1 : 0);
  server.failDisk = (how) => tell(24, how);
  server.unfailing = () => readFileSync(told).readBigInt64LE() > 0n;
  server.close = () => closeSync(file);
  return server;
}

/** All that comes for a request until the connection is closed. */
function exchange(url, head) {
  return new Promise((resolve) => {
    let got = "";
    const socket = net.connect(Number(new URL(url).port), "127.0.0.1", () =>
      socket.write(`${head}\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    socket.setEncoding("latin1").on("data", (text) => (got += text));
    socket.on("error", () => {});
    socket.on("close", () => resolve(got));
  });
}

/** Nothing, or as much as was promised. */
function assertWhole(answer) {
  if (answer === "") return;
  const end = answer.indexOf("\r\n\r\n");
  assert.ok(end > 0, `half a head: ${answer}`);
  assert.equal(answer.length - end - 4, Number(/content-length: (\d+)/i.exec(answer)[1]), answer.slice(0, end));
}

describe("memory that is refused", () => {
  for (const target of ["/talk/", "/search?q=talk"])
    test(`wherever ${target} asks for it, there is a whole answer or none, or one line and the end`, async () => {
      let ended = 0;
      let server = await faulty({ env: { DECKSD_STOP_TIMEOUT: "1" } });
      for (let allocation = 1, over = false; !over; allocation += allocation < 40 ? 1 : 17) {
        server.fail(allocation);
        assertWhole(await exchange(server.url, `GET ${target} HTTP/1.1`));
        over = server.unfailing();
        server.fail(0);
        const said = () => server.output().split("\n").slice(1);
        const next = await exchange(server.url, "GET /talk/ HTTP/1.1");
        if (/^HTTP\/1\.1 200 /.test(next)) continue;
        await until(() => server.output().endsWith("decksd: out of memory\n"), server.output);
        assert.equal(said().filter((line) => line.includes("memory")).length, 1);
        ended++;
        server.close();
        server = await faulty({ env: { DECKSD_STOP_TIMEOUT: "1" } });
      }
      assert.ok(ended > 0);
      server.close();
      await server.stop();
    });
});

describe("no thread for a reload", () => {
  test("is said, and the decks loaded before are served", async () => {
    const server = await faulty();
    server.refuseThreads(true);
    process.kill(server.pid, "SIGHUP");
    await until(() => server.output().includes("loaded before are still served"), server.output);
    assert.match(server.output(), /no thread to load decks on: Resource temporarily unavailable/);
    assert.equal((await get(new URL("talk/", server.url))).status, 200);
    server.refuseThreads(false);
    assert.match(await server.reload(), /reloaded 1 deck/);
    server.close();
    await server.stop();
  });
});

describe("a clock that jumps", () => {
  const hour = 3600;
  for (const seconds of [48 * hour, -48 * hour])
    test(`by ${seconds / hour} hours: answers have the new date, who waits is kept, the log is written`, async () => {
      const server = await faulty({ args: ["--access-log", "-"] });
      const socket = net.connect(Number(new URL(server.url).port), "127.0.0.1");
      let got = "";
      let closed = false;
      socket.setEncoding("latin1").on("data", (text) => (got += text));
      socket.on("close", () => (closed = true));
      const ask = async (target, fields = "") => {
        got = "";
        socket.write(`HEAD ${target} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`);
        await until(
          () => got.includes("\r\n\r\n"),
          () => got,
        );
        const [said, modified] = ["date", "last-modified"].map((name) =>
          Date.parse(new RegExp(`^${name}: (.*)\r$`, "im").exec(got)[1]),
        );
        assert.ok(modified <= said, `modified in the future: ${got}`);
        return said;
      };
      const before = await ask("/talk/?before");
      server.jump(seconds);
      await delay(1500); // the server's own looks at the clock
      assert.ok(!closed);
      const after = await ask("/talk/?after");
      assert.ok(Math.abs(after - before - seconds * 1000) < hour * 1000, `${after - before}`);
      await ask("/talk/?again", `If-None-Match: ${/^etag: (.*)\r$/im.exec(got)[1]}\r\n`);
      assert.match(got, /^HTTP\/1\.1 304 /);
      await until(() => server.output().includes("/talk/?after"), server.output);
      socket.destroy();
      server.close();
      await server.stop();
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
