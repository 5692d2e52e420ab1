// What clients do that stall, hurry, or come in numbers; and that nobody else notices.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import net from "node:net";
import { networkInterfaces } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { decksdBinary, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";
import { ask, exchange, parseAnswers, request } from "./exchange.mjs";
import { makeRoot } from "./root.mjs";

const directory = await temporaryDirectory("limits");
const root = path.join(directory.path, "root");
mkdirSync(root);
makeRoot(root);
writeFileSync(path.join(root, "talk/large.bin"), "");
truncateSync(path.join(root, "talk/large.bin"), 64 << 20);
after(() => directory.remove());

// Where a deadline is not kept it is one of the settings by default, of which the shortest is 20 seconds.
const LATE = 15000;

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server with these settings for the tests of one group. */
function serve(settings) {
  const it = {};
  before(async () => {
    it.server = await startDecksd({
      root,
      env: settings,
      args: settings.DECKSD_BIND ? ["--bind", settings.DECKSD_BIND] : [],
    });
    it.port = Number(new URL(it.server.url).port);
  });
  after(() => it.server?.stop());
  return it;
}

/** A connection that keeps what it gets; `closed` resolves to the milliseconds until its end. */
function connect(port, { host = "127.0.0.1", bytes = "" } = {}) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const socket = net.connect({ port, host });
    const client = { socket, received: "" };
    socket.setNoDelay(true);
    socket.on("data", (chunk) => (client.received += chunk.toString("latin1")));
    client.closed = new Promise((done) => socket.on("close", () => done(performance.now() - start)));
    socket.once("connect", () => {
      socket.on("error", () => {});
      if (bytes) socket.write(bytes, "latin1");
      resolve(client);
    });
    socket.once("error", reject);
  });
}

/** How long a new visitor waits for a page. */
async function visit(port, host) {
  const start = performance.now();
  const client = await connect(port, { host, bytes: request("GET /talk/") });
  await client.closed;
  assert.match(client.received, /^HTTP\/1\.1 200 /);
  return performance.now() - start;
}

/** Whether there is room for a new visitor: who leaves, sees that before the server has counted him out. */
async function isServed(port, host) {
  const client = await connect(port, { host, bytes: request("GET /talk/") });
  await client.closed;
  return client.received.startsWith("HTTP/1.1 200 ");
}

/** Others are served, one after the other, while something is the matter. How fast is for the bench to say. */
async function othersAreServed(port, count = 20) {
  for (let i = 0; i < count; i++) await visit(port);
}

describe("deadlines", { concurrency: true }, () => {
  const it = serve({
    DECKSD_HEADER_TIMEOUT: "2",
    DECKSD_IDLE_TIMEOUT: "1",
    DECKSD_SEND_TIMEOUT: "1",
    DECKSD_SEND_RATE: "100000",
    DECKSD_BODY_LIMIT: "1000",
    DECKSD_HEADER_LIMIT: "4 KiB",
  });

  /** Sends the bytes one at a time, until the server has had enough. */
  async function trickle(bytes, every) {
    const client = await connect(it.port);
    let position = 0;
    const timer = setInterval(() => client.socket.write(bytes[position++ % bytes.length], "latin1"), every);
    const time = await client.closed;
    clearInterval(timer);
    return { ...client, time };
  }

  test("a header that comes byte by byte is cut off at its deadline, however busily", async () => {
    const slow = Array.from({ length: 50 }, () =>
      trickle(`GET /talk/ HTTP/1.1\r\nHost: test\r\nX-Slow: ${"a".repeat(2000)}`, 50),
    );
    await delay(300);
    await othersAreServed(it.port);
    for (const { time, received } of await Promise.all(slow)) {
      assert.equal(received, "");
      assert.ok(time > 1900 && time < LATE, `${time} ms`);
    }
  });

  test("so is a request line, and silence from the start", async () => {
    const [line, silent] = await Promise.all([
      trickle(`GET /${"a".repeat(2000)}`, 50),
      connect(it.port).then((client) => client.closed.then((time) => ({ time }))),
    ]);
    for (const { time } of [line, silent]) assert.ok(time > 1900 && time < LATE, `${time} ms`);
  });

  test("so is a body", async () => {
    const client = await connect(it.port, {
      bytes: "POST /talk/ HTTP/1.1\r\nHost: test\r\nContent-Length: 900\r\n\r\n",
    });
    const timer = setInterval(() => client.socket.write("x"), 50);
    const time = await client.closed;
    clearInterval(timer);
    assert.ok(time > 1900 && time < LATE, `${time} ms`);
  });

  test("a body beyond the limit is refused at once", async () => {
    const { bytes } = await exchange(it.port, request("POST /talk/", "Content-Length: 1001"));
    assert.equal(parseAnswers(bytes)[0].status, 413);
  });

  test("a header may have its limit, and not a byte more", async () => {
    const fixed = request("GET /talk/", "X: ").length;
    for (const [size, status] of [
      [4096, 200],
      [4097, 431],
      [9000, 431],
    ]) {
      const { bytes } = await exchange(it.port, request("GET /talk/", `X: ${"x".repeat(size - fixed)}`));
      assert.match(bytes.toString("latin1"), new RegExp(`^HTTP/1\\.1 ${status} `), `${size} bytes`);
    }
  });

  test("an idle connection is closed, one in use is not", async () => {
    const idle = await connect(it.port, { bytes: "GET /talk/ HTTP/1.1\r\nHost: test\r\n\r\n" });
    // On a busy machine this client may itself be idle for a second: then it is tried again.
    let answered = 0;
    for (let tries = 0; answered < 8 && tries < 5; tries++) {
      const busy = await connect(it.port);
      for (let i = 0; i < 8; i++) {
        busy.socket.write("HEAD /talk/ HTTP/1.1\r\nHost: test\r\n\r\n");
        await delay(400);
      }
      answered = busy.received.split("HTTP/1.1 200 ").length - 1;
      await busy.closed;
    }
    assert.equal(answered, 8);
    const time = await idle.closed;
    assert.match(idle.received, /^HTTP\/1\.1 200 /);
    assert.ok(time > 900 && time < LATE, `${time} ms`);
  });

  test("who takes an answer too slowly is cut off, who takes it fast enough is not", async () => {
    const readers = [];
    for (let i = 0; i < 20; i++) {
      const reader = await connect(it.port, { bytes: "GET /talk/large.bin HTTP/1.1\r\nHost: test\r\n\r\n" });
      reader.socket.pause();
      readers.push(reader);
    }
    const fair = await connect(it.port);
    let taken = 0;
    fair.socket.removeAllListeners("data");
    fair.socket.on("data", (chunk) => {
      taken += chunk.length; // about 1 MB in 40 ms at most
      fair.socket.pause();
      setTimeout(() => fair.socket.resume(), 5);
    });
    fair.socket.write(request("GET /talk/large.bin"));
    await othersAreServed(it.port);
    const shut = async () => Number(/reason="slow"\} (\d+)/.exec((await ask(it.port, "/_/metrics")).text)[1]);
    await until(async () => (await shut()) >= readers.length, "all of them are shut out");
    for (const reader of readers) reader.socket.resume();
    await Promise.all(readers.map((reader) => reader.closed));
    for (const reader of readers) assert.ok(reader.received.length < 64 << 20, "cut off");
    await fair.closed;
    assert.ok(taken > 64 << 20, `the fair one got ${taken} bytes`);
  });
});

describe("numbers", () => {
  const it = serve({ DECKSD_CONNECTION_LIMIT: "100" });

  test("beyond the limit clients get 503 with Retry-After at once, until others leave", async () => {
    const held = await Promise.all(Array.from({ length: 100 }, () => connect(it.port)));
    await delay(100);
    const refused = await Promise.all(
      Array.from({ length: 60 }, (_, i) => connect(it.port, { bytes: i % 2 ? request("GET /talk/") : "" })),
    );
    const times = await Promise.all(refused.map((client) => client.closed));
    assert.ok(Math.max(...times) < LATE, `${Math.max(...times)} ms`);
    for (const client of refused) {
      const [answer] = parseAnswers(Buffer.from(client.received, "latin1"));
      assert.equal(answer.status, 503);
      assert.equal(answer.headers["retry-after"], "5");
      assert.equal(answer.headers.connection, "close");
    }
    await until(() => /connectionLimit=100 reached/.test(it.server.output()), "a line about it");
    assert.equal(it.server.output().split("connectionLimit").length, 2, "said once");
    for (const client of held) client.socket.destroy();
    await until(() => isServed(it.port), "their places are free");
  });
});

describe("a crowd that only waits", () => {
  const it = serve({ DECKSD_CONNECTION_LIMIT: "50" });

  test("makes room for those who ask", async () => {
    const waiting = await Promise.all(
      Array.from({ length: 50 }, () => connect(it.port, { bytes: "GET /talk/ HTTP/1.1\r\nHost: test\r\n\r\n" })),
    );
    await delay(100);
    const refused = await connect(it.port);
    await refused.closed;
    assert.match(refused.received, /^HTTP\/1\.1 503 /);
    const times = await Promise.all(waiting.map((client) => client.closed));
    assert.ok(Math.max(...times) < LATE, `${Math.max(...times)} ms`);
    await until(() => isServed(it.port), "their places are free");
  });
});

describe("a limit for each address", () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => !address.internal && address.family === "IPv4")?.address;
  const it = serve({ DECKSD_ADDRESS_LIMIT: "10", DECKSD_BIND: "0.0.0.0" });

  test("one address has its number of connections, others do not notice", {
    skip: !outside && "no network",
  }, async () => {
    const held = await Promise.all(Array.from({ length: 10 }, () => connect(it.port, { host: outside })));
    await delay(100);
    const refused = await connect(it.port, { host: outside, bytes: request("GET /talk/") });
    await refused.closed;
    assert.match(refused.received, /^HTTP\/1\.1 503 [\s\S]*\r\nRetry-After: 5\r\n/);
    await until(() => it.server.output().includes(`addressLimit=10 reached by ${outside}`), "a line about it");
    await visit(it.port);
    held[0].socket.destroy();
    await until(() => isServed(it.port, outside), "its place is free");
    for (const client of held) client.socket.destroy();
  });

  test("this machine may have any number", async () => {
    const held = await Promise.all(Array.from({ length: 50 }, () => connect(it.port)));
    await visit(it.port);
    for (const client of held) client.socket.destroy();
  });
});

describe("ten thousand idle connections", () => {
  const it = serve({});

  test("others are served as if they were not there", async () => {
    const held = [];
    const [, allowed] = /^Max open files +(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"));
    while (held.length < Math.min(10000, allowed - 1000)) {
      const batch = await Promise.all(
        Array.from({ length: 250 }, () =>
          connect(it.port, { bytes: "GET /talk/one.bin HTTP/1.1\r\nHost: test\r\n\r\n" }),
        ),
      );
      held.push(...batch);
    }
    await othersAreServed(it.port, 50);
    assert.equal(held.filter((client) => client.socket.destroyed).length, 0);
    for (const client of held) client.socket.destroy();
    await Promise.all(held.map((client) => client.closed));
  });
});

test("a system that allows fewer descriptors is named at the start", async () => {
  const child = spawn("/bin/sh", [
    "-c",
    'ulimit -n 256; exec "$@"',
    "sh",
    decksdBinary(),
    "--root",
    root,
    "--port",
    "0",
    "--bind",
    "127.0.0.1",
  ]);
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (chunk) => (text += chunk));
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => (said += chunk));
  try {
    await until(
      () => /http:\S+ /.test(said),
      () => `an address:\n${said}${text}`,
    );
    const port = Number(new URL(/http:\S+/.exec(said)[0]).port);
    assert.match(
      text,
      /room for 100 connections only: `connectionLimit: 12000` needs \d+ descriptors and the system allows 256/,
    );
    const held = await Promise.all(Array.from({ length: 100 }, () => connect(port)));
    await delay(100);
    const refused = await connect(port);
    await refused.closed;
    assert.match(refused.received, /^HTTP\/1\.1 503 /);
    for (const client of held) client.socket.destroy();
  } finally {
    child.kill("SIGTERM");
    await new Promise((resolve) => child.once("close", resolve));
  }
});
