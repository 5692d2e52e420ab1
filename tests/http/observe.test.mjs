// What an operator sees: the access log, health, metrics.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { after, test } from "node:test";
import { runDecksd, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";
import { exchange, parseAnswers, request } from "./exchange.mjs";
import { makeRoot } from "./root.mjs";

const directory = await temporaryDirectory("observe");
const root = path.join(directory.path, "root");
mkdirSync(root);
makeRoot(root);
execFileSync("truncate", ["-s", "64M", path.join(root, "talk/large.bin")]);
after(() => directory.remove());

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const inDirectory = (name) => path.join(directory.path, name);

async function withServer(env, work) {
  const server = await startDecksd({ root, env });
  try {
    return await work({ server, port: Number(new URL(server.url).port) });
  } finally {
    await server.stop();
  }
}

async function ask(port, line, ...fields) {
  const head = line.startsWith("HEAD");
  return parseAnswers((await exchange(port, request(line, ...fields), { head })).bytes, { head })[0];
}

function lines(...names) {
  const text = names
    .map((name) => (existsSync(inDirectory(name)) ? readFileSync(inDirectory(name), "latin1") : ""))
    .join("");
  return text.split("\n").slice(0, -1); // a last line may be on its way
}

const COMBINED =
  /^([0-9a-f.:]+) - - \[(\d\d\/\w{3}\/\d{4}(?::\d\d){3} [+-]\d{4})\] "([^"]*)" (\d{3}) (\d+|-) "([^"]*)" "([^"]*)"$/;

test("the Combined format: what was asked, how it was answered", () =>
  withServer({ DECKSD_ACCESS_LOG: inDirectory("combined.log"), DECKSD_THREADS: "1" }, async ({ port }) => {
    const page = await ask(port, "GET /talk/?from=here", "Referer: https://example.org/", "User-Agent: Tester/1.0");
    await ask(port, "GET /talk/data.bin", "Range: bytes=0-99");
    const parts = await ask(port, "GET /talk/data.bin", "Range: bytes=0-0,-1");
    await ask(port, "HEAD /talk/");
    await ask(port, "GET /talk/", "If-None-Match: *");
    const missing = await ask(port, "GET /none");
    await ask(port, "GET /%zz");
    await exchange(port, request('GET /talk/?a"b', 'User-Agent: "quoted" \\ \xff\xfe \x85'));
    await until(() => lines("combined.log").length === 8, "eight lines");
    const logged = lines("combined.log").map((line) => COMBINED.exec(line) ?? assert.fail(line));
    assert.ok(logged.every(([, client]) => client === "127.0.0.1"));
    assert.ok(
      logged.every(
        ([, , time]) => Math.abs(Date.parse(time.replace(/^(\d+)\/(\w+)\/(\d+):/, "$1 $2 $3 ")) - Date.now()) < 60000,
      ),
    );
    assert.deepEqual(
      logged.map(([, , , what, status, size]) => `${what} ${status} ${size}`),
      [
        `GET /talk/?from=here HTTP/1.1 200 ${page.body.length}`,
        "GET /talk/data.bin HTTP/1.1 206 100",
        `GET /talk/data.bin HTTP/1.1 206 ${parts.body.length}`,
        "HEAD /talk/ HTTP/1.1 200 0",
        "GET /talk/ HTTP/1.1 304 0",
        `GET /none HTTP/1.1 404 ${missing.body.length}`,
        logged[6].slice(3, 6).join(" "),
        logged[7].slice(3, 6).join(" "),
      ],
    );
    assert.match(logged[6][3], /^GET \/%zz HTTP\/1.1$/);
    assert.equal(logged[6][4], "400");
    assert.equal(logged[0][6], "https://example.org/");
    assert.equal(logged[0][7], "Tester/1.0");
    assert.equal(logged[1][6], "-");
    assert.match(logged[7][3], /a\\x22b/);
    assert.equal(logged[7][7], "\\x22quoted\\x22 \\x5c \\xff\\xfe \\x85");
  }));

test("JSON: an object a line, whatever clients send", () =>
  withServer({ DECKSD_ACCESS_LOG: inDirectory("json.log"), DECKSD_ACCESS_LOG_FORMAT: "json" }, async ({ port }) => {
    const agents = ['"', "\\", "\\u0000", "\xff\xfe", "\xc3\xa9", "\xed\xa0\x80", "</script>", "\x85", "{}\t[]"];
    // A line is written once its answer is out, so threads may write the next one first.
    for (const [i, agent] of agents.entries()) {
      await ask(port, "GET /talk/", `User-Agent: ${agent}`, "Accept-Encoding: br");
      await until(() => lines("json.log").length === i + 1, "its line");
    }
    const logged = lines("json.log").map((line) => JSON.parse(Buffer.from(line, "latin1").toString()));
    for (const entry of logged) {
      assert.equal(entry.client, "127.0.0.1");
      assert.equal(entry.method, "GET");
      assert.equal(entry.target, "/talk/");
      assert.equal(entry.status, 200);
      assert.equal(entry.complete, true);
      assert.equal(entry.encoding, "br");
      assert.ok(entry.bytes > 0 && entry.seconds >= 0 && entry.seconds < 5);
      assert.ok(Math.abs(Date.parse(entry.time) - Date.now()) < 60000);
      assert.doesNotMatch(entry.userAgent, /[\p{Cc}\ufffd]/u);
    }
    assert.deepEqual([logged[0].userAgent, logged[3].userAgent, logged[4].userAgent], ['"', "\\xff\\xfe", "é"]);
  }));

test("a client that goes away leaves a line that says so", () =>
  withServer({ DECKSD_ACCESS_LOG: inDirectory("away.log"), DECKSD_ACCESS_LOG_FORMAT: "json" }, async ({ port }) => {
    const socket = net.connect({ port, host: "127.0.0.1" });
    socket.on("error", () => {});
    socket.write("GET /talk/large.bin HTTP/1.1\r\nHost: test\r\n\r\n");
    await new Promise((resolve) => socket.once("data", resolve));
    socket.resetAndDestroy();
    await until(() => lines("away.log").length === 1, "a line");
    const { status, complete, bytes } = JSON.parse(lines("away.log")[0]);
    assert.deepEqual({ status, complete, bytes }, { status: 200, complete: false, bytes: null });
    assert.equal(
      parseMetrics((await ask(port, "GET /_/metrics")).body.toString()).decksd_http_requests_aborted_total[""],
      1,
    );
  }));

test("rotation under load loses no line and breaks none", () =>
  withServer({ DECKSD_ACCESS_LOG: inDirectory("rotated.log") }, async ({ server, port }) => {
    const PER_CLIENT = 400;
    const client = async (name) => {
      for (let sent = 0; sent < PER_CLIENT; sent += 20) {
        const batch = Array.from(
          { length: 20 },
          (_, i) => `HEAD /talk/?${name}-${sent + i} HTTP/1.1\r\nHost: test\r\n\r\n`,
        );
        const { bytes } = await exchange(port, batch.join(""), { count: 20, head: true });
        assert.equal(parseAnswers(bytes, { head: true }).length, 20);
      }
    };
    let over = false;
    const clients = Promise.all(["a", "b", "c", "d"].map(client)).then(() => (over = true));
    const names = [];
    while (!over) {
      names.push(`rotated.log.${names.length}`);
      renameSync(inDirectory("rotated.log"), inDirectory(names.at(-1)));
      process.kill(server.pid, "SIGUSR1");
      await until(() => existsSync(inDirectory("rotated.log")), "opened again");
      await delay(50);
    }
    await clients;
    assert.ok(names.length > 3, `${names.length} rotations`);
    await until(() => lines(...names, "rotated.log").length === 4 * PER_CLIENT, "all lines");
    const asked = lines(...names, "rotated.log").map((line) => COMBINED.exec(line)[3]);
    assert.equal(new Set(asked).size, 4 * PER_CLIENT, "none twice");
    assert.equal(statSync(inDirectory("rotated.log")).mode & 0o777, 0o640);
  }));

test("lines that wait are written when the server ends", async () => {
  await withServer({ DECKSD_ACCESS_LOG: inDirectory("last.log") }, ({ port }) => ask(port, "GET /talk/"));
  assert.equal(lines("last.log").length, 1);
});

test("standard output will do as well", () =>
  withServer({ DECKSD_ACCESS_LOG: "-" }, async ({ server, port }) => {
    await ask(port, "GET /talk/");
    await until(() => /^127\.0\.0\.1 - - .* 200 \d+ "-" "-"$/m.test(server.output()), "a line");
    process.kill(server.pid, "SIGUSR1");
    assert.equal((await ask(port, "GET /talk/")).status, 200);
  }));

test("who reads the log slowly, or not at all, holds up no answer and no end", async () => {
  const fifo = inDirectory("log.fifo");
  execFileSync("mkfifo", ["--mode=666", fifo]);
  const reader = spawn("sh", ["-c", 'exec 3<>"$0"; echo open; exec sleep 60', fifo], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    await new Promise((resolve) => reader.stdout.once("data", resolve));
    const server = await startDecksd({ root, env: { DECKSD_ACCESS_LOG: fifo } });
    const port = Number(new URL(server.url).port);
    const agent = `User-Agent: ${"x".repeat(4000)}`;
    const batch = `${`HEAD / HTTP/1.1\r\nHost: test\r\n${agent}\r\n\r\n`.repeat(50)}`;
    let slowest = 0;
    for (let i = 0; i < 60; i++) {
      const start = performance.now();
      const { bytes } = await exchange(port, batch, { count: 50, head: true });
      slowest = Math.max(slowest, performance.now() - start);
      assert.equal(parseAnswers(bytes, { head: true }).length, 50);
    }
    assert.ok(slowest < 10000, `${slowest} ms`); // nobody waits for the reader, who never comes
    assert.equal(server.output().split("access log: lines are dropped").length, 2, "said once");
    const figures = parseMetrics((await ask(port, "GET /_/metrics")).body.toString());
    assert.ok(figures.decksd_access_log_dropped_total[""] > 0);
    const start = Date.now();
    await server.stop();
    assert.ok(Date.now() - start < 6000, "ended in time");
    assert.match(server.output(), /access log: giving up/);
  } finally {
    reader.kill();
  }
});

test("a log that cannot be written is said at the start", async () => {
  const { code, stderr } = await runDecksd(["--root", root, "--port", "0", "--access-log", inDirectory("none/x.log")]);
  assert.equal(code, 1);
  assert.match(stderr, /^[^\n]*none\/x\.log cannot be written \(No such file or directory\): [^\n]*\n$/);
});

test("started by root, the log is written by the user who serves, where that user may", async (context) => {
  if (process.getuid() !== 0) return context.skip("only root can become another user");
  const nobody = Number(execFileSync("id", ["-u", "nobody"]));
  const log = inDirectory("rights/access.log");
  const known = { args: ["--access-log", log], env: { DECKSD_USER: "nobody" } };
  mkdirSync(path.dirname(log), { mode: 0o755 }); // root's
  await assert.rejects(startDecksd({ root, ...known }), (error) => {
    assert.match(error.message, /rights\/access\.log cannot be written \(Permission denied\): .* the user who serves/);
    return error.message.includes("ended (1)");
  });
  assert.ok(!existsSync(log));

  writeFileSync(log, "");
  chownSync(log, nobody, nobody);
  const server = await startDecksd({ root, ...known });
  const port = Number(new URL(server.url).port);
  const asked = async (target) => {
    await ask(port, `GET ${target}`);
    await until(() => lines("rights/access.log", "rights/old.log").some((line) => line.includes(target)), target);
  };
  await asked("/talk/?first");
  renameSync(log, inDirectory("rights/old.log"));
  process.kill(server.pid, "SIGUSR1");
  await until(
    () => server.output().includes("cannot be opened again (Permission denied): writing to the file as it was"),
    "said",
  );
  await asked("/talk/?second");
  writeFileSync(log, ""); // as logrotate's `create` does
  chownSync(log, nobody, nobody);
  process.kill(server.pid, "SIGUSR1");
  await until(async () => {
    await ask(port, "GET /talk/?third");
    return lines("rights/access.log").some((line) => line.includes("/talk/?third"));
  }, "the new file");
  await server.stop();
});

/** Prometheus' text format 0.0.4, line by line: a family's HELP, TYPE and samples, each sample once. */
function parseMetrics(text) {
  const samples = {};
  let family;
  assert.ok(text.endsWith("\n"));
  for (const line of text.split("\n").slice(0, -1)) {
    const help = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\S.*)$/.exec(line);
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)$/.exec(line);
    const sample =
      /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (\d+(?:\.\d+)?)$/.exec(line);
    if (help) {
      assert.ok(!(help[1] in samples), `${help[1]} twice`);
      family = { name: help[1] };
      samples[family.name] = {};
    } else if (type) {
      assert.equal(type[1], family.name);
      assert.equal(family.type, undefined);
      family.type = type[2];
      assert.equal(family.name.endsWith("_total"), family.type === "counter", `${family.name} is a ${family.type}`);
    } else {
      assert.ok(sample, `no line of metrics: ${line}`);
      assert.equal(sample[1], family.name);
      assert.ok(family.type, "its type comes first");
      const labels = sample[2] ?? "";
      assert.ok(!(labels in samples[family.name]), `${line} twice`);
      samples[family.name][labels] = Number(sample[3]);
    }
  }
  return samples;
}

test("metrics count what happened", () =>
  withServer({}, async ({ server, port }) => {
    const before = parseMetrics((await ask(port, "GET /_/metrics")).body.toString());
    const page = await ask(port, "GET /talk/");
    const zipped = await ask(port, "GET /talk/", "Accept-Encoding: gzip");
    await ask(port, "GET /talk/", "If-None-Match: *");
    await ask(port, "GET /none");
    await ask(port, "BREW /");
    const answer = await ask(port, "GET /_/metrics");
    assert.equal(answer.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    assert.equal(answer.headers["cache-control"], "no-store");
    const now = parseMetrics(answer.body.toString());
    const requests = now.decksd_http_requests_total;
    assert.equal(requests['class="3xx",code="304"'], 1);
    assert.equal(requests['class="4xx",code="404"'], 1);
    assert.equal(requests['class="5xx",code="501"'], 1);
    assert.equal(requests['class="2xx",code="200"'], 3); // both pages and the first of these
    const bytes = now.decksd_http_response_body_bytes_total;
    assert.ok(bytes['encoding="identity"'] > page.body.length);
    assert.equal(bytes['encoding="gzip"'], zipped.body.length);
    assert.equal(bytes['encoding="br"'], 0);
    assert.equal(now.decksd_connections_accepted_total[""], before.decksd_connections_accepted_total[""] + 6);
    assert.ok(now.decksd_connections[""] >= 1);
    assert.equal(now.decksd_decks[""], server.decks);
    assert.equal(now.decksd_slides[""], server.slides);
    assert.equal(now.decksd_edition[""], 1);
    assert.ok(now.decksd_load_seconds[""] > 0);
    assert.ok(now.decksd_search_memory_bytes[""] > 1 << 12);
    assert.ok(now.decksd_search_memory_bytes[""] < now.process_resident_memory_bytes[""]);
    assert.ok(now.process_resident_memory_bytes[""] > 1 << 20);
    assert.ok(now.process_cpu_seconds_total[""] > 0);
    assert.ok(Math.abs(now.process_start_time_seconds[""] - Date.now() / 1000) < 60);
    const version = (await runDecksd(["--version"])).stdout.trim().split(" ")[1];
    assert.equal(now.decksd_build_info[`version="${version}"`], 1);

    process.kill(server.pid, "SIGHUP");
    let after = now;
    while (after.decksd_edition[""] === 1) after = parseMetrics((await ask(port, "GET /_/metrics")).body.toString());
    assert.equal(after.decksd_edition[""], 2);
    assert.ok(after.decksd_edition_age_seconds[""] < 5);
  }));

test("metrics are for this machine, for all, or for nobody", async () => {
  await withServer({}, async ({ port }) => {
    assert.equal((await ask(port, "GET /_/metrics")).status, 200);
    for (const field of ["X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1", "Via: 1.1 proxy"])
      assert.equal((await ask(port, "GET /_/metrics", field)).status, 404, field);
    assert.equal((await ask(port, "POST /_/metrics", "Content-Length: 0")).status, 405);
  });
  await withServer({ DECKSD_METRICS: "all" }, async ({ port }) => {
    assert.equal((await ask(port, "GET /_/metrics", "Via: 1.1 proxy")).status, 200);
  });
  await withServer({ DECKSD_METRICS: "off" }, async ({ port }) => {
    assert.equal((await ask(port, "GET /_/metrics")).status, 404);
    assert.equal((await ask(port, "GET /_/health")).status, 200);
  });
});

test("answers say how long they took, where that is wanted", async () => {
  await withServer({ DECKSD_SERVER_TIMING: "true" }, async ({ port }) => {
    const plain = await ask(port, "GET /talk/");
    const lines = [
      ["GET /talk/", "Accept-Encoding: br"],
      ["HEAD /talk/"],
      ["GET /talk/", `If-None-Match: ${plain.headers.etag}`],
      ["GET /talk/", "Range: bytes=0-9"],
      ["GET /talk/data.bin"],
      ["GET /talk"],
      ["GET /none"],
      ["BREW /"],
      ["GET /_/health"],
    ];
    assert.deepEqual(
      [plain.status, (await ask(port, ...lines[2])).status, (await ask(port, ...lines[3])).status],
      [200, 304, 206],
    );
    for (const line of lines) {
      const timing = (await ask(port, ...line)).headers["server-timing"];
      assert.match(timing, /^header;dur=\d+\.\d{3}, answer;dur=\d+\.\d{3}$/, `${line}`);
    }
    const { "server-timing": _, date: __, ...headers } = plain.headers;
    assert.ok(Object.keys(headers).length > 5);
    await withServer({}, async ({ port: other }) => {
      const without = await ask(other, "GET /talk/");
      assert.equal(without.headers["server-timing"], undefined);
      delete without.headers.date;
      assert.deepEqual(headers, without.headers);
      assert.deepEqual(plain.body, without.body);
    });
  });
});

test("health says ok, and that the server is stopping", () =>
  withServer({}, async ({ server, port }) => {
    const health = await ask(port, "GET /_/health");
    assert.equal(health.status, 200);
    assert.equal(health.body.toString(), "ok\n");
    assert.equal((await ask(port, "HEAD /_/health")).headers["content-length"], "3");
    // Who keeps asking is told, before the connection is closed.
    const socket = net.connect({ port, host: "127.0.0.1" });
    let text = "";
    const asking = () => socket.write("GET /_/health HTTP/1.1\r\nHost: test\r\n\r\n");
    socket.on("data", (chunk) => {
      text += chunk;
      if (text.endsWith("\r\n\r\nok\n")) asking();
    });
    asking();
    await until(() => text.length > 0, "an answer");
    process.kill(server.pid, "SIGTERM");
    await new Promise((resolve) => socket.once("close", resolve));
    assert.match(text, /ok\nHTTP\/1\.1 503 [^\n]*\r\n(.+\r\n)*\r\nstopping\n$/);
  }));
