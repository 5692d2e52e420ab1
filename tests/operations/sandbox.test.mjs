// What decksd gives up: the tool tests/tools/confined.c enters the same sandbox and tries what must fail; the server
// itself does its work inside.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import tls from "node:tls";
import { makeCertificate } from "../lib/certificate.mjs";
import { repository, runDecksd, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";

const place = await temporaryDirectory("sandbox");
after(() => place.remove());

function directory(name) {
  const made = path.join(place.path, name);
  mkdirSync(made, { recursive: true });
  chmodSync(made, 0o777);
  return made;
}

function inPlace(...names) {
  const file = path.join(place.path, ...names);
  mkdirSync(path.dirname(file), { recursive: true });
  return file;
}

function write(name, text, encoding = "utf8") {
  writeFileSync(inPlace(...name.split("/")), text, encoding);
}

write("root/talk/deck.md", "# A talk\n");
const root = path.join(place.path, "root");

function statusOf(pid) {
  const lines = readFileSync(`/proc/${pid}/status`, "utf8").trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(/:\s*/, 2)));
}

describe("inside the sandbox", () => {
  let outcomes;
  let missing;
  let listener;

  before(async () => {
    listener = net.createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await new Promise((resolve) => listener.once("listening", resolve));
    const log = inPlace("log", "access.log");
    const text = execFileSync(
      path.join(repository, "build/tests/tools/confined"),
      [root, log, String(listener.address().port)],
      { encoding: "utf8" },
    );
    const lines = text
      .trim()
      .split("\n")
      .map((line) => line.split(/: (.*)/s));
    outcomes = new Map(lines);
    missing = lines.filter(([name]) => name === "missing").map(([, why]) => why);
  });
  after(() => listener.close());

  /** What part is needed, and what the kernel may say: one of the errors. */
  const trials = [
    ["Landlock", "read a deck", ["done"]],
    ["Landlock", "append to the log", ["done"]],
    ["Landlock", "read the log", ["EACCES"]],
    ["Landlock", "write a deck", ["EACCES"]],
    ["Landlock", "make a deck", ["EACCES"]],
    ["Landlock", "remove a deck", ["EACCES"]],
    ["Landlock", "read /etc/passwd", ["EACCES"]],
    ["Landlock", "read /etc/passwd in a thread", ["EACCES"]],
    ["Landlock", "read /proc/self/mem", ["EACCES"]],
    ["seccomp", "change a deck's permissions", ["EPERM"]],
    ["seccomp", "run a program", ["EPERM"]],
    ["seccomp", "make a process", ["EPERM"]],
    ["seccomp", "make an internet socket", ["EPERM"]],
    ["seccomp", "make a unix socket", ["EPERM"]],
    ["seccomp", "connect out", ["EPERM"]],
    ["seccomp", "send out", ["EPERM"]],
    ["seccomp", "bind a port", ["EPERM"]],
    ["seccomp", "signal the parent", ["EPERM"]],
    ["seccomp", "trace the parent", ["EPERM"]],
    ["seccomp", "become root", ["EPERM"]],
    ["seccomp", "write code", ["EPERM"]],
    ["seccomp", "make code writable", ["EPERM"]],
    ["seccomp", "open a ring", ["EPERM"]],
  ];
  for (const [part, name, expected] of trials)
    test(`${expected[0] === "done" ? "one can" : "nobody can"} ${name}`, (context) => {
      const lack = missing.find((why) => why.includes(`lacks ${part}`));
      if (lack) return context.skip(lack);
      assert.ok(expected.includes(outcomes.get(name)), `${name}: ${outcomes.get(name)}`);
    });
});

describe("decksd in it", () => {
  test("has no rights, and does all its work", async () => {
    const files = makeCertificate(directory("tls"), "one.example");
    const config = inPlace("work.yaml");
    const log = path.join(directory("worklog"), "access.log");
    writeFileSync(
      config,
      JSON.stringify({
        root,
        accessLog: log,
        listen: [
          { port: 0, bind: "127.0.0.1" },
          { port: 0, bind: "127.0.0.1", tls: files },
          { unix: inPlace("d.sock") },
        ],
      }),
    );
    const server = await startDecksd({ root, args: ["--config", config], at: [] });
    try {
      const status = statusOf(server.pid);
      assert.equal(status.NoNewPrivs, "1");
      assert.equal(Number.parseInt(status.CapEff, 16), 0);
      assert.notEqual(status.Uid.split("\t")[1], "0", "it serves as root");
      if (!server.output().includes("lacks seccomp")) assert.equal(status.Seccomp, "2");

      const name = () =>
        new Promise((resolve, reject) => {
          const socket = tls.connect({ port: new URL(server.urls[1]).port, rejectUnauthorized: false }, () => {
            resolve(socket.getPeerCertificate().subject.CN);
            socket.destroy();
          });
          socket.on("error", reject);
        });
      assert.equal(await name(), "one.example");
      // What needs a file of the C library, a new directory, a new certificate and a new log.
      write("root/umlaut/deck.md", "---\ncharset: iso-8859-1\n---\n# \u00dcbung\n", "latin1");
      makeCertificate(path.join(place.path, "tls"), "two.example");
      process.kill(server.pid, "SIGHUP");
      await until(() => server.output().includes("reloaded 2 decks"), server.output);
      const page = await fetch(new URL("umlaut/", server.url));
      assert.match(await page.text(), /\u00dcbung/);
      assert.equal(await name(), "two.example");
      renameSync(log, `${log}.1`);
      process.kill(server.pid, "SIGUSR1");
      await until(() => existsSync(log), "a new log");
      const metrics = await (await fetch(new URL("_/metrics", server.url))).text();
      assert.match(metrics, /^process_resident_memory_bytes [1-9]/m);
    } finally {
      await server.stop();
    }
    assert.doesNotMatch(server.output(), /cannot|Permission|not permitted/);
  });

  test("`--no-sandbox` leaves it out", async () => {
    const server = await startDecksd({ root, args: ["--no-sandbox"] });
    const status = statusOf(server.pid);
    await server.stop();
    assert.match(server.output(), /no sandbox, as the settings say/);
    assert.equal(status.Seccomp, "0");
    assert.notEqual(status.Uid.split("\t")[1], "0", "it serves as root");
  });
});

const asRoot = process.getuid() === 0;

describe("started by root", { skip: asRoot ? false : "these tests do not run as root" }, () => {
  test("serves as the user and group that were named", async () => {
    const server = await startDecksd({ root, args: ["--user", "daemon"], env: { DECKSD_GROUP: "4321" } });
    const status = statusOf(server.pid);
    await server.stop();
    const uid = execFileSync("id", ["-u", "daemon"], { encoding: "utf8" }).trim();
    assert.deepEqual(status.Uid.split("\t"), [uid, uid, uid, uid]);
    assert.deepEqual(status.Gid.split("\t"), ["4321", "4321", "4321", "4321"]);
    assert.match(server.output(), /serving as daemon:/);
  });

  test("never serves as root", async () => {
    const { code, stderr } = await runDecksd(["--root", root, "--port", "0", "--user", "root"]);
    assert.equal(code, 1);
    assert.match(stderr, /does not serve as root: name another user with `user`/);
  });

  test("a user that is not there is an error", async () => {
    const { code, stderr } = await runDecksd(["--root", root, "--port", "0", "--user", "nosuchuser"]);
    assert.equal(code, 1);
    assert.match(stderr, /there is no user nosuchuser/);
  });

  test("says whom the decks shut out", async () => {
    write("private/deck.md", "# Secret\n");
    chmodSync(path.join(place.path, "private"), 0o700);
    const { code, stderr } = await runDecksd(["--root", path.join(place.path, "private"), "--port", "0"]);
    assert.equal(code, 1);
    assert.match(stderr, /private cannot be read: Permission denied: .*`user`/);
  });
});

describe("credentials from systemd", () => {
  test("are files of the directory that it names", async () => {
    const credentials = directory("credentials");
    const { certificate, key } = makeCertificate(credentials, "passed.example");
    const config = inPlace("credentials.yaml");
    const listen = [
      {
        port: 0,
        bind: "127.0.0.1",
        tls: { certificate: `credential:${path.basename(certificate)}`, key: `credential:${path.basename(key)}` },
      },
    ];
    writeFileSync(config, JSON.stringify({ listen }));
    const args = ["--config", config];
    const server = await startDecksd({ root, args, at: [], env: { CREDENTIALS_DIRECTORY: credentials } });
    await server.stop();
    const { code, stderr } = await runDecksd(["--root", root, ...args]);
    assert.equal(code, 1);
    assert.match(stderr, /credential:cert\.pem cannot be read, .*add LoadCredential=cert\.pem:FILE/);
  });
});
