// When the system fails decksd: it serves on what it has, or ends with one clear line.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
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
    pid: child.pid,
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
async function faulty({ disk: failing = 0, ...options } = {}) {
  const told = path.join(place.path, "told");
  writeFileSync(told, Buffer.alloc(32));
  const file = openSync(told, "r+");
  const tell = (at, number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(number));
    writeSync(file, bytes, 0, 8, at);
  };
  tell(24, failing);
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

/**
 * A server in a mount namespace of its own, where a small file system lies over `root` and another one over `logs`;
 * undefined, with the test skipped, where the kernel lets nobody make one. `unmount` takes the root's away.
 */
async function mounted(context, args = []) {
  const logs = path.join(place.path, "logs");
  mkdirSync(logs, { recursive: true });
  // A file that can be removed to make room.
  const script = `mount -t tmpfs -o mode=755 decks "$2" && cp -R "$1/." "$2" &&
    mount -t tmpfs -o size=16k,mode=777 logs "$3" &&
    head -c 8192 /dev/zero > "$3/filler" && shift 3 && exec "$@"`;
  const over = path.join(place.path, "mounted");
  mkdirSync(over, { recursive: true });
  const unshare = ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh", root, over, logs];
  const server = await below(unshare, ["--root", over, ...args]);
  if (server.code() !== null) {
    assert.match(server.output(), /^(unshare|mount): .*(permitted|permission|denied)/m);
    context.skip(server.output());
    return undefined;
  }
  const within = (...command) =>
    execFileSync("nsenter", ["--target", String(server.pid), "--mount", ...command], { encoding: "utf8" });
  return { ...server, within, logs, unmount: () => within("umount", "--lazy", over) };
}

describe("a file system", () => {
  for (const [sandbox, why] of [
    ["with", /Permission denied: check --root/],
    ["without", /No medium found: check --root: it is empty, as where a disk is not mounted/],
  ])
    test(`of the root that is unmounted, ${sandbox} the sandbox: the decks loaded before are served`, async (context) => {
      const server = await mounted(context, sandbox === "with" ? [] : ["--no-sandbox"]);
      if (!server) return;
      server.unmount();
      for (let reloads = 1; reloads <= 2; reloads++) {
        process.kill(server.pid, "SIGHUP");
        await until(
          () => server.output().split("loaded before are still served").length > reloads,
          () => server.output(),
        );
        assert.equal((await get(new URL("talk/", server.url))).status, 200);
        assert.equal((await get(new URL("talk/large.bin", server.url))).body.length, 3 << 20);
      }
      if (sandbox === "without" || /Landlock/.test(server.output())) assert.match(server.output(), why);
      await server.stop();
    });

  test("of the access log that is full costs lines, not answers, and is written to again when there is room", async (context) => {
    const log = path.join(place.path, "logs/access.log");
    const server = await mounted(context, ["--access-log", log]);
    if (!server) return;
    const target = `talk/?${"x".repeat(2000)}`;
    for (let i = 0; i < 20; i++) assert.equal((await get(new URL(target, server.url))).status, 200);
    await until(
      () => server.output().includes("lines are dropped: No space left on device"),
      () => server.output(),
    );
    const { text } = await get(new URL("_/metrics", server.url));
    assert.match(text, /^decksd_access_log_dropped_total [1-9]/m);
    server.within("rm", path.join(server.logs, "filler"));
    await until(async () => {
      assert.equal((await get(new URL("talk/?again", server.url))).status, 200);
      return server.within("cat", log).includes("/talk/?again");
    }, server.output);
    const lines = server.within("cat", log).split("\n").slice(0, -1);
    const whole = lines.filter((line) =>
      /^127\.0\.0\.1 - - \[[^\]]+\] "GET \/\S+ HTTP\/1\.1" 200 \d+ "-" "-"$/.test(line),
    );
    assert.ok(whole.length >= lines.length - 1, `more than the one line is torn at which there was no room: ${lines}`);
    assert.match(lines.at(-1), / "GET \/talk\/\?again /);
    await server.stop();
  });
});

const disk = { good: 0, readsFail: 1, opensFail: 2, belowFails: 3 };

describe("a disk that fails", () => {
  /** A root of its own, for its decks change; `reload` returns what was said. */
  async function begin(name) {
    const below = path.join(place.path, name);
    for (const deck of ["one", "below/two"]) {
      mkdirSync(path.join(below, deck), { recursive: true });
      writeFileSync(path.join(below, deck, "deck.md"), "# A talk\n");
    }
    writeFileSync(path.join(below, "one/large.bin"), Buffer.alloc(1 << 20, "x"));
    const server = await faulty({ root: below });
    const status = async (target) => (await get(new URL(target, server.url))).status;
    return { ...server, root: below, status };
  }

  test("to open files: decks are served, their files are tried again later, and a reload changes nothing", async () => {
    const server = await begin("unopened");
    server.failDisk(disk.opensFail);
    assert.equal(await server.status("one/"), 200);
    const answer = await get(new URL("one/large.bin", server.url));
    assert.deepEqual([answer.status, answer.headers["retry-after"]], [503, "5"]);
    process.kill(server.pid, "SIGHUP");
    await until(() => server.output().includes("loaded before are still served"), server.output);
    assert.match(server.output(), /unopened cannot be read: Input\/output error: check --root\n/);
    assert.equal(await server.status("below/two/"), 200);
    server.failDisk(disk.good);
    assert.match(await server.reload(), /reloaded 2 decks/);
    assert.equal(await server.status("one/large.bin"), 200);
    server.close();
    await server.stop();
  });

  test("below the root only: a reload changes nothing, a start serves what there is", async () => {
    const server = await begin("broken");
    writeFileSync(path.join(server.root, "README.md"), "# All talks\n");
    server.failDisk(disk.belowFails);
    process.kill(server.pid, "SIGHUP");
    await until(() => server.output().includes("loaded before are still served"), server.output);
    for (const target of ["one/", "below/two/"]) assert.equal(await server.status(target), 200);
    await server.stop();
    server.close();

    const again = await faulty({ root: server.root, disk: disk.belowFails });
    assert.match(again.output(), / below: warning: left out, as it cannot be read: Input\/output error\n/);
    assert.equal((await get(again.url)).status, 200);
    assert.equal((await get(new URL("one/", again.url))).status, 404);
    again.failDisk(disk.good);
    assert.match(await again.reload(), /reloaded 2 decks/);
    assert.equal((await get(new URL("one/", again.url))).status, 200);
    again.close();
    await again.stop();
  });

  test("to read files: decks are shown as they were, and each is named", async () => {
    const server = await begin("unread");
    writeFileSync(path.join(server.root, "one/deck.md"), "# Another talk\n");
    server.failDisk(disk.readsFail);
    const said = await server.reload();
    assert.match(said, /reloaded 2 decks, 2 slides/);
    assert.match(said, /one\/deck\.md: error: deck\.md cannot be read: Input\/output error/);
    assert.match(said, /one\/deck\.md: warning: the deck is shown as it was before its errors/);
    assert.match((await get(new URL("one/", server.url))).text, /<title>A talk/);
    assert.equal(await server.status("below/two/"), 200);
    server.failDisk(disk.good);
    await server.reload();
    assert.match((await get(new URL("one/", server.url))).text, /<title>Another talk/);
    server.close();
    await server.stop();
  });

  test("while a file is sent: what came is not taken for all of it", async () => {
    const server = await begin("cut");
    server.failDisk(disk.readsFail);
    const answer = await exchange(server.url, "GET /one/large.bin HTTP/1.1");
    const [head] = answer.split("\r\n\r\n");
    const promised = Number(/content-length: (\d+)/i.exec(head)[1]);
    assert.ok(answer.length - head.length - 4 < promised);
    assert.equal(await server.status("one/"), 200);
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
