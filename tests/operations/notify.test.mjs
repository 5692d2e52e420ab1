// What decksd tells systemd: ready, reloading, how it is, and that every thread that serves is alive.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { activate } from "../lib/activate.mjs";
import { makeCertificate } from "../lib/certificate.mjs";
import { repository } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const place = await temporaryDirectory("notify");
after(() => place.remove());
const root = path.join(place.path, "root");
mkdirSync(path.join(root, "talk"), { recursive: true });
writeFileSync(path.join(root, "talk/deck.md"), "# A talk\n");

const SECOND = 1000000;

/** decksd itself, below the launcher. */
function serverOf(it) {
  return Number(readFileSync(`/proc/${it.pid}/task/${it.pid}/children`, "utf8"));
}

/** The threads that answer and the one that accepts: [id, name]. */
function threadsOf(pid) {
  return readdirSync(`/proc/${pid}/task`).map((id) => [
    Number(id),
    readFileSync(`/proc/${pid}/task/${id}/comm`, "utf8").trim(),
  ]);
}

/** Stops one thread; `thaw()` lets it go on. Undefined where the system forbids that. */
async function freeze(thread) {
  const child = spawn(path.join(repository, "build/tests/tools/freeze"), [String(thread)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [said] = await Promise.race([once(child.stdout, "data"), once(child, "close")]);
  if (!Buffer.isBuffer(said)) return undefined;
  return {
    async thaw() {
      child.kill();
      await once(child, "close");
    },
  };
}

const port = ["--port", "0", "--bind", "127.0.0.1"];

describe("what systemd is told", () => {
  test("ready, reloading and ready again, stopping, with a line on how it is", async () => {
    const it = await activate([], ["--root", root, ...port], { notify: true });
    await it.wait(() => it.told().includes("READY=1"));
    process.kill(serverOf(it), "SIGHUP");
    await it.wait(() => it.told().filter((line) => line === "READY=1").length === 2);
    await it.stop();
    const told = it.told();
    assert.match(told[0], /^STATUS=1 deck, 1 slide, 0 problems, 0\.0 requests\/s$/);
    assert.equal(told[1], "READY=1");
    assert.match(told[2], /^RELOADING=1; MONOTONIC_USEC=\d+$/);
    assert.equal(told.at(-1), "STOPPING=1");
    assert.ok(!told.includes("WATCHDOG=1"), "nobody asked for that");
  });

  test("the rate of requests, every now and then", async () => {
    const it = await activate([], ["--root", root, ...port], { notify: true });
    await it.ready();
    const url = / at (http\S+) /.exec(it.output())[1];
    for (let i = 0; i < 20; i++) assert.equal((await fetch(url)).status, 200);
    await it.wait(() => it.told().some((line) => /, [1-9]\d*\.\d requests\/s$/.test(line)));
    await it.stop();
  });

  test("nothing, where nobody listens", async () => {
    const it = await activate([], ["--root", root, ...port], { env: { NOTIFY_SOCKET: "/nowhere/at/all" } });
    await it.ready();
    await it.stop();
  });
});

describe("the watchdog", () => {
  const env = { WATCHDOG_USEC: String(2 * SECOND) };
  const count = (it) => it.told().filter((line) => line === "WATCHDOG=1").length;

  /** Waits until it is fed, freezes the thread, sees that it is fed no more, and that it is again. */
  async function starve(context, it, name) {
    await it.wait(() => count(it) >= 3);
    const [thread] = threadsOf(serverOf(it)).filter(name).at(-1);
    const ice = await freeze(thread);
    if (!ice) return context.skip("this system lets no process stop a thread of another (ptrace_scope)");
    await delay(1500);
    const before = count(it);
    await delay(3000);
    assert.equal(count(it), before, "fed although a thread hangs");
    await ice.thaw();
    await it.wait(() => count(it) > before + 1);
  }

  test("is fed while every thread serves, and not while one hangs", async (context) => {
    const files = makeCertificate(place.path, "watched.example");
    const config = path.join(place.path, "watched.yaml");
    const listen = [
      { port: 0, bind: "127.0.0.1" },
      { port: 0, bind: "127.0.0.1", tls: files },
    ];
    writeFileSync(config, JSON.stringify({ listen, threads: 3 }));
    const it = await activate([], ["--root", root, "--config", config], { notify: true, env });
    await starve(context, it, ([, name]) => /^MHD-/.test(name));
    await it.stop();
  });

  test("is not fed while nobody accepts", async (context) => {
    const it = await activate([], ["--root", root, ...port], { notify: true, env });
    await starve(context, it, ([, name]) => name === "acceptor");
    await it.stop();
  });
});
