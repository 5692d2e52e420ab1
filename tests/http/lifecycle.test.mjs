// The server while things change under it: stopping, reloading, files replaced and cut, many clients.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { runDecksd, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory, writeWhole } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";
import { ask, exchange, parseAnswers, request } from "./exchange.mjs";
import { noise } from "./root.mjs";

/** A server with a deck of its own; `body({server, port, root, file})` may stop it itself. */
async function withServer(body, { args } = {}) {
  const directory = await temporaryDirectory("lifecycle");
  const root = path.join(directory.path, "root");
  mkdirSync(path.join(root, "talk"), { recursive: true });
  writeFileSync(path.join(root, "talk/deck.md"), "# Edition 0\n");
  writeFileSync(path.join(root, "talk/data.bin"), noise(1000));
  writeFileSync(path.join(root, "talk/large.bin"), Buffer.alloc(64 << 20, "large "));
  const server = await startDecksd({ root, args });
  try {
    await body({ server, root, port: Number(new URL(server.url).port), file: (name) => path.join(root, "talk", name) });
    await server.stop();
  } finally {
    await server.stop().catch(() => {});
    await directory.remove();
  }
}

/** A client that asks for a file and reads nothing of it before it is told to; {finish()} → all bytes. */
async function slowClient(port, target) {
  const socket = net.connect({ port, host: "127.0.0.1", highWaterMark: 16384 });
  const chunks = [];
  socket.on("error", () => {});
  socket.write(request(`GET ${target}`));
  await new Promise((resolve) => socket.once("readable", resolve));
  return {
    finish: async () => {
      const ended = new Promise((resolve) => socket.once("close", resolve));
      socket.on("data", (chunk) => chunks.push(chunk));
      socket.on("end", () => socket.end());
      await ended;
      return Buffer.concat(chunks);
    },
  };
}

function residentBytes(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
}

test("stopping finishes what is in flight and refuses what comes", () =>
  withServer(async ({ server, port }) => {
    const slow = await slowClient(port, "/talk/large.bin");
    const idle = exchange(port, "GET /talk/ HTTP/1.1\r\nHost: test\r\n\r\n");
    await delay(100);
    const stopped = server.stop();
    await until(() => isRefused(port), "nobody is let in any more");
    const [answer] = parseAnswers(await slow.finish());
    assert.equal(answer.status, 200);
    assert.equal(answer.body.length, 64 << 20);
    assert.equal((await idle).closed, true);
    await stopped;
  }));

/** Whether nobody listens there. */
const isRefused = (port) =>
  exchange(port, request("GET /")).then(
    () => false,
    (error) => error.code === "ECONNREFUSED",
  );

test("a client that keeps asking is told to close when the server stops", () =>
  withServer(async ({ server, port }) => {
    const socket = net.connect({ port, host: "127.0.0.1" });
    const chunks = [];
    let asked = 0;
    const closed = new Promise((resolve) => socket.on("end", resolve));
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      if (parseAnswers(Buffer.concat(chunks)).at(-1).headers.connection !== "close") ask();
    });
    function ask() {
      asked += 1;
      socket.write("GET /_/health HTTP/1.1\r\nHost: test\r\n\r\n");
    }
    ask();
    await delay(200);
    const stopped = server.stop();
    await closed;
    socket.end();
    const answers = parseAnswers(Buffer.concat(chunks));
    assert.equal(answers.length, asked, "every request was answered");
    assert.equal(answers.at(-1).headers.connection, "close");
    assert.ok(asked > 1);
    await stopped;
  }));

test("a stopping server does not wait for a client that never reads", () =>
  withServer(async ({ server, port }) => {
    const socket = net.connect({ port, host: "127.0.0.1" });
    socket.on("error", () => {});
    socket.write("GET /talk/large.bin HTTP/1.1\r\nHost: test\r\n\r\n");
    socket.pause();
    await delay(200);
    process.kill(server.pid, "SIGTERM");
    await until(() => !isAlive(server.pid), "the end, after the ten seconds of stopTimeout");
    socket.destroy();
  }));

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

test("under a storm of reloads every answer is one edition's, whole", () =>
  withServer(async ({ server, port, file }) => {
    const seen = new Map(); // entity tag → body
    let over = false;
    let answers = 0;
    const client = async () => {
      while (!over) {
        const answer = await ask(port, "/talk/");
        assert.equal(answer.status, 200);
        const { text } = answer;
        assert.match(text, /Edition \d+/);
        assert.match(text, /<\/html>\s*$/);
        const known = seen.get(answer.headers.etag);
        if (known) assert.equal(text, known, "one tag, one content");
        seen.set(answer.headers.etag, text);
        answers += 1;
      }
    };
    const clients = [client(), client(), client()];
    for (let edition = 1; edition <= 10; edition++) {
      writeWhole(file("deck.md"), `# Edition ${edition}\n`);
      process.kill(server.pid, "SIGHUP");
      await delay(60);
    }
    await until(async () => (await ask(port, "/talk/")).text.includes("Edition 10"), "the last edition");
    await Promise.race([Promise.all(clients), until(() => answers > 20, "twenty answers")]);
    over = true;
    await Promise.all(clients);
    assert.ok(seen.size >= 2, "more than one edition was seen");
  }));

test("the tag of what did not change stays over a reload", () =>
  withServer(async ({ server, port, file }) => {
    const before = (await ask(port, "/talk/data.bin")).headers.etag;
    writeFileSync(file("deck.md"), "# Another\n");
    await server.reload();
    assert.match((await ask(port, "/talk/")).text, /Another/);
    assert.equal((await ask(port, "/talk/data.bin")).headers.etag, before);
  }));

test("a file that was replaced is served as it is now, and not for ever", () =>
  withServer(async ({ port, file }) => {
    const before = await ask(port, "/talk/data.bin");
    const digest = before.headers.etag.slice(1, -1);
    writeFileSync(file("new"), noise(1234, 9));
    renameSync(file("new"), file("data.bin"));
    const after = await ask(port, `/talk/data.bin?v=${digest}`);
    assert.deepEqual(after.body, noise(1234, 9));
    assert.notEqual(after.headers.etag, before.headers.etag);
    assert.equal(after.headers["cache-control"], "no-cache");
    assert.equal((await ask(port, "/talk/data.bin", `If-None-Match: ${before.headers.etag}`)).status, 200);
    assert.equal((await ask(port, "/talk/data.bin", `If-None-Match: ${after.headers.etag}`)).status, 304);
    rmSync(file("data.bin"));
    assert.equal((await ask(port, "/talk/data.bin")).status, 404);
    mkdirSync(file("data.bin"));
    assert.equal((await ask(port, "/talk/data.bin")).status, 404);
  }));

test("a file that is deleted while it is sent still arrives", () =>
  withServer(async ({ port, file }) => {
    const slow = await slowClient(port, "/talk/large.bin");
    rmSync(file("large.bin"));
    const [answer] = parseAnswers(await slow.finish());
    assert.equal(answer.body.length, 64 << 20);
    assert.equal((await ask(port, "/talk/large.bin")).status, 404);
  }));

test("a file that is cut while it is sent breaks that transfer soon, and no other", () =>
  withServer(async ({ port, file }) => {
    const slow = await slowClient(port, "/talk/large.bin");
    truncateSync(file("large.bin"), 1 << 20);
    const start = Date.now();
    const bytes = await slow.finish();
    assert.throws(() => parseAnswers(bytes), /cut off/);
    assert.ok(Date.now() - start < 15000, "broken soon");
    assert.equal((await ask(port, "/talk/")).status, 200);
    assert.equal((await ask(port, "/talk/large.bin")).body.length, 1 << 20);
  }));

test("large files are not held in memory", () =>
  withServer(async ({ server, port }) => {
    const before = residentBytes(server.pid);
    const clients = await Promise.all(Array.from({ length: 5 }, () => slowClient(port, "/talk/large.bin")));
    const ranges = await ask(port, "/talk/large.bin", "Range: bytes=0-9999999,20000000-29999999");
    assert.equal(ranges.status, 206);
    const sizes = await Promise.all(clients.map(async (client) => (await client.finish()).length));
    assert.ok(sizes.every((size) => size > 64 << 20));
    const grown = residentBytes(server.pid) - before;
    // Half of one of six: pages of 2 MB, where the system makes such, and sanitizers take their share.
    assert.ok(grown < 32 << 20, `grew by ${grown >> 10} KB`);
  }));

test("clients that vanish leave nothing behind", () =>
  withServer(async ({ server, port }) => {
    const openFiles = () => readdirSync(`/proc/${server.pid}/fd`).length;
    const before = openFiles();
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        Array.from(
          { length: 50 },
          (_, i) =>
            new Promise((resolve) => {
              const socket = net.connect({ port, host: "127.0.0.1" });
              socket.on("error", resolve);
              socket.on("close", resolve);
              socket.write(i % 2 ? "GET /talk/large.bin HTTP/1.1\r\nHost: test\r\n\r\n" : "GET /talk/ HTT");
              setTimeout(() => (i % 3 ? socket.resetAndDestroy() : socket.destroy()), 10 + i);
            }),
        ),
      );
    }
    await until(
      () => openFiles() <= before,
      () => `${before} descriptors instead of ${openFiles()}`,
    );
    assert.equal((await ask(port, "/talk/")).status, 200);
  }));

test("a second server on the same port ends with one line that says the mend", () =>
  withServer(async ({ port, root }) => {
    const { code, stdout, stderr } = await runDecksd(["--root", root, "--port", `${port}`, "--bind", "127.0.0.1"]);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, new RegExp(`^[^\\n]*port ${port} is in use[^\\n]*--port[^\\n]*\\n$`));
  }));
