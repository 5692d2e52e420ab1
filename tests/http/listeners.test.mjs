// Where decksd listens and what it does there: TLS, redirections, unix sockets, sockets from systemd.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, lstatSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import https from "node:https";
import net from "node:net";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import tls from "node:tls";
import { makeCertificate } from "../lib/certificate.mjs";
import { runDecksd, startDecksd } from "../lib/decksd.mjs";
import { get } from "../lib/get.mjs";
import { freePort } from "../lib/port.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";

const place = await temporaryDirectory("listeners");
after(() => place.remove());
const root = path.join(place.path, "root");
mkdirSync(path.join(root, "talk"), { recursive: true });
writeFileSync(path.join(root, "talk/deck.md"), `# A talk\n\n${"Some words. ".repeat(100)}\n`);
writeFileSync(path.join(root, "talk/data.bin"), Buffer.alloc(3_000_000, "data"));

let configs = 0;

/** Starts decksd with these listeners, as JSON, which is YAML. */
function start(listen, more = {}) {
  const config = path.join(place.path, `config-${configs++}.yaml`);
  writeFileSync(config, JSON.stringify({ listen, ...more }));
  return startDecksd({ root, at: [], args: ["--config", config] });
}

async function refused(listen) {
  const config = path.join(place.path, `config-${configs++}.yaml`);
  writeFileSync(config, JSON.stringify({ listen }));
  const { code, stderr } = await runDecksd(["--root", root, "--config", config]);
  assert.equal(code, 1);
  return stderr;
}

/** The subject of the certificate that a new connection is shown. */
async function shownName(port) {
  const socket = tls.connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return CN;
}

function directory(name) {
  const made = path.join(place.path, name);
  mkdirSync(made);
  return made;
}

describe("TLS", () => {
  for (const kind of ["ec", "rsa"])
    test(`serves by TLS 1.3 and 1.2 with a certificate of kind ${kind}`, async () => {
      const files = makeCertificate(directory(`tls-${kind}`), "talks.example", { kind });
      const server = await start([{ port: 0, bind: "127.0.0.1", tls: files }]);
      assert.match(server.url, /^https:\/\/127\.0\.0\.1:\d+\/$/);
      const port = Number(new URL(server.url).port);
      for (const version of ["TLSv1.2", "TLSv1.3"]) {
        const answer = await get(new URL("talk/data.bin", server.url), { minVersion: version, maxVersion: version });
        assert.equal(answer.status, 200);
        assert.equal(answer.body.length, 3_000_000);
        assert.ok(answer.body.equals(Buffer.alloc(3_000_000, "data")));
        assert.equal(answer.headers["strict-transport-security"], undefined);
      }
      for (const version of ["TLSv1", "TLSv1.1"]) {
        const options = { minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" };
        await assert.rejects(get(new URL("talk/", server.url), options));
      }
      assert.equal(await shownName(port), "talks.example");
      // Somebody who speaks HTTP to it, or nothing sensible, is cut off, and others are served.
      await assert.rejects(get(`http://127.0.0.1:${port}/talk/`));
      const socket = net.connect(port, "127.0.0.1");
      socket.on("error", () => {});
      socket.write(Buffer.alloc(1000, 0x16));
      await once(socket, "close");
      assert.equal((await get(new URL("talk/", server.url))).status, 200);
      await server.stop();
    });

  test("lets clients that come back resume their session, and says by ALPN what it speaks", async () => {
    const files = makeCertificate(directory("tls-resumed"), "talks.example");
    const server = await start([{ port: 0, bind: "127.0.0.1", tls: files }]);
    const port = Number(new URL(server.url).port);
    for (const version of ["TLSv1.2", "TLSv1.3"]) {
      const visit = async (session) => {
        const options = {
          port,
          host: "127.0.0.1",
          rejectUnauthorized: false,
          minVersion: version,
          maxVersion: version,
        };
        const socket = tls.connect({ ...options, ALPNProtocols: ["h2", "http/1.1"], session });
        let resumed, ticket;
        socket.once("secureConnect", () => (resumed = socket.isSessionReused()));
        socket.on("session", (given) => (ticket = given));
        socket.end("GET /talk/ HTTP/1.1\r\nHost: talks.example\r\nConnection: close\r\n\r\n");
        let received = "";
        for await (const chunk of socket.setEncoding("latin1")) received += chunk;
        assert.match(received, /^HTTP\/1\.1 200 /);
        assert.equal(socket.alpnProtocol, "http/1.1");
        return { resumed, ticket };
      };
      const first = await visit();
      assert.equal(first.resumed, false);
      assert.equal((await visit(first.ticket)).resumed, true, version);
    }
    await server.stop();
  });

  test("answers requests that come together, whole and in their order", async () => {
    const files = makeCertificate(directory("tls-pipelined"), "talks.example");
    const server = await start([{ port: 0, bind: "127.0.0.1", tls: files }]);
    const socket = tls.connect({
      port: Number(new URL(server.url).port),
      host: "127.0.0.1",
      rejectUnauthorized: false,
    });
    const paths = Array.from({ length: 40 }, (_, i) => (i % 3 === 2 ? "/nowhere" : "/talk/"));
    for (const [i, target] of paths.entries())
      socket.write(
        `GET ${target} HTTP/1.1\r\nHost: talks.example\r\n${i === paths.length - 1 ? "Connection: close\r\n" : ""}X-Long: ${"x".repeat(i * 60)}\r\n\r\n`,
      );
    let received = "";
    for await (const chunk of socket.setEncoding("latin1")) received += chunk;
    const statuses = [...received.matchAll(/^HTTP\/1\.1 (\d+) /gm)].map((match) => match[1]);
    assert.deepEqual(
      statuses,
      paths.map((target) => (target === "/nowhere" ? "404" : "200")),
    );
    await server.stop();
  });

  test("refuses files that cannot be used, each with its mend", async () => {
    const one = makeCertificate(directory("one"), "one");
    const two = makeCertificate(directory("two"), "two");
    const tls = (certificate, key) => [{ port: 0, tls: { certificate, key } }];
    const config = path.join(place.path, "checked.yaml");
    writeFileSync(config, JSON.stringify({ listen: tls(one.certificate, two.key) }));
    const checked = await runDecksd(["--check", "--root", root, "--config", config]);
    assert.equal(checked.code, 1);
    assert.match(checked.stderr, /is not the key of/);
    assert.match(checked.stdout, /1 deck, 1 slide: 0 errors/);
    writeFileSync(config, JSON.stringify({ listen: tls(one.certificate, one.key) }));
    assert.equal((await runDecksd(["--check", "--root", root, "--config", config])).code, 0);
    assert.match(await refused(tls("/nowhere.pem", one.key)), /\/nowhere\.pem cannot be read: No such file.*: check/);
    assert.match(await refused(tls(one.key, one.key)), /one\/key\.pem holds no certificate in PEM .*fullchain\.pem/);
    assert.match(await refused(tls(one.certificate, one.certificate)), /holds no private key in PEM/);
    assert.match(await refused(tls(one.certificate, two.key)), /two\/key\.pem is not the key of .*one\/cert\.pem/);
  });

  test("takes in a new certificate under load without dropping a connection", async () => {
    const where = directory("renewed");
    const files = makeCertificate(where, "first");
    const server = await start([{ port: 0, bind: "127.0.0.1", tls: files }]);
    const port = Number(new URL(server.url).port);
    let answers = 0;
    let over = false;

    // Some keep their connection over all renewals, others come anew for each request.
    const ask = async (agent) => {
      while (!over) {
        const answer = await get(new URL("talk/", server.url), { agent });
        assert.equal(answer.status, 200);
        answers++;
      }
    };
    const agents = [1, 2, 3].map(() => new https.Agent({ keepAlive: true, maxSockets: 1 }));
    const kept = new Set();
    for (const agent of agents) agent.on("free", (socket) => kept.add(socket));
    const load = Promise.all([...agents, false, false].map(ask));
    for (const name of ["second", "third", "fourth"]) {
      const before = answers;
      makeCertificate(where, name);
      process.kill(server.pid, "SIGHUP");
      await Promise.race([load, until(async () => answers > before + 20 && (await shownName(port)) === name)]);
    }
    over = true;
    await load;
    for (const agent of agents) agent.destroy();
    assert.equal(kept.size, 3, "connections of those who keep them");
    await server.stop();
  });

  test("keeps the certificate when the new one is bad, and says so", async () => {
    const where = directory("spoilt");
    const files = makeCertificate(where, "good");
    const server = await start([{ port: 0, bind: "127.0.0.1", tls: files }]);
    const port = Number(new URL(server.url).port);
    writeFileSync(files.certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    process.kill(server.pid, "SIGHUP");
    await until(() => server.output().includes("stays in use"));
    assert.match(server.output(), /spoilt\/cert\.pem holds no certificate in PEM/);
    assert.equal(await shownName(port), "good");
    makeCertificate(where, "mended");
    process.kill(server.pid, "SIGHUP");
    await until(async () => (await shownName(port)) === "mended");
    await server.stop();
  });

  test("cuts off who does not finish the handshake in time", async () => {
    const files = makeCertificate(directory("stalled"), "stalled");
    const server = await start([{ port: 0, bind: "127.0.0.1", tls: files }], { headerTimeout: 1 });
    const port = Number(new URL(server.url).port);
    const begun = Date.now();
    const stalled = [Buffer.alloc(0), Buffer.from("160301", "hex")].map((bytes) => {
      const socket = net.connect(port, "127.0.0.1", () => socket.write(bytes));
      socket.on("error", () => {});
      return once(socket.resume(), "close");
    });
    assert.equal((await get(new URL("talk/", server.url))).status, 200);
    await Promise.all(stalled);
    const seconds = (Date.now() - begun) / 1000;
    assert.ok(seconds > 0.9 && seconds < 15, `${seconds} s`);
    await server.stop();
  });

  test("shares nothing between listeners but the site", async () => {
    const a = makeCertificate(directory("a"), "a.example");
    const b = makeCertificate(directory("b"), "b.example");
    const server = await start([
      { port: 0, bind: "127.0.0.1", tls: a },
      { port: 0, bind: "127.0.0.1", tls: b },
      { port: 0, bind: "127.0.0.1" },
      { port: 0, bind: "127.0.0.1" },
    ]);
    assert.equal(server.urls.length, 4);
    const [first, second, third, fourth] = server.urls.map((url) => new URL("talk/", url));
    assert.equal(await shownName(first.port), "a.example");
    assert.equal(await shownName(second.port), "b.example");
    const tags = await Promise.all([first, second, third, fourth].map(async (url) => (await get(url)).headers.etag));
    assert.equal(new Set(tags).size, 1);
    await server.stop();
  });
});

describe("redirection to HTTPS", () => {
  let plain;
  let other;
  let server;
  let secure;
  before(async () => {
    const files = makeCertificate(directory("redirected"), "talks.example");
    [plain, other] = [await freePort(), await freePort()];
    server = await start(
      [
        { port: plain, bind: "127.0.0.1", redirect: "https" },
        { port: other, bind: "127.0.0.1", redirect: 443 },
        { port: 0, bind: "127.0.0.1", tls: files },
      ],
      { hsts: "180d" },
    );
    secure = new URL(server.url).port;
  });
  after(() => server.stop());

  test("keeps host, path and query, and has the port right", async () => {
    const rows = [
      [plain, "/talk/?a=1&b=%20", "talks.example", `https://talks.example:${secure}/talk/?a=1&b=%20`],
      [plain, "/", `talks.example:${plain}`, `https://talks.example:${secure}/`],
      [plain, "/none", "[::1]:80", `https://[::1]:${secure}/none`],
      [plain, "//evil.example/", "talks.example", `https://talks.example:${secure}//evil.example/`],
      [other, "/talk", "talks.example:8080", "https://talks.example/talk"],
    ];
    for (const [port, target, host, location] of rows) {
      const answer = await get({ port, path: target, host: "127.0.0.1" }, { headers: { Host: host } });
      assert.equal(answer.status, 308, target);
      assert.equal(answer.headers.location, location);
      assert.equal(answer.headers["strict-transport-security"], undefined);
    }
  });

  test("goes nowhere with a host that is none", async () => {
    for (const host of ["evil.example/path", "a@evil.example", "a?b", "a#b", "a\\b", "a b", "[::1", "a:b"]) {
      const answer = await get({ port: plain, path: "/talk/", host: "127.0.0.1" }, { headers: { Host: host } });
      assert.equal(answer.status, 400, host);
      assert.equal(answer.headers.location, undefined);
    }
  });

  test("takes the host of an absolute target", async () => {
    const answer = await get(
      { port: plain, path: "http://right.example:81/talk/?x", host: "127.0.0.1" },
      { headers: { Host: "wrong.example" } },
    );
    assert.equal(answer.headers.location, `https://right.example:${secure}/talk/?x`);
  });

  test("says by HTTPS that it shall stay so, whatever the answer", async () => {
    const expected = "max-age=15552000";
    const ask = async (target, headers = {}, method = "GET") =>
      (await get(new URL(target, server.url), { headers, method })).headers;
    assert.equal((await ask("talk/"))["strict-transport-security"], expected);
    assert.equal((await ask("talk"))["strict-transport-security"], expected);
    assert.equal((await ask("none"))["strict-transport-security"], expected);
    assert.equal((await ask("talk/data.bin"))["strict-transport-security"], expected);
    assert.equal((await ask("talk/data.bin", { Range: "bytes=0-9" }))["strict-transport-security"], expected);
    assert.equal((await ask("talk/", {}, "POST"))["strict-transport-security"], expected);
    const { etag } = await ask("talk/");
    assert.equal((await ask("talk/", { "If-None-Match": etag }))["strict-transport-security"], expected);
  });
});

describe("unix sockets", () => {
  const socketPath = path.join(place.path, "d.sock");

  test("serve, with their permissions, and are removed at the end", async () => {
    const server = await start([{ unix: socketPath, mode: 640 }]);
    assert.deepEqual(server.urls, [`unix:${socketPath}`]);
    assert.equal(lstatSync(socketPath).mode & 0o777, 0o640);
    assert.equal((await get({ socketPath, path: "/talk/" })).status, 200);
    assert.equal((await get({ socketPath, path: "/talk/data.bin" })).body.length, 3_000_000);
    const busy = await refused([{ unix: socketPath }]);
    assert.match(busy, /cannot listen on .*d\.sock: Address already in use: another program listens there/);
    assert.equal((await get({ socketPath, path: "/talk/" })).status, 200);
    await server.stop();
    assert.ok(!existsSync(socketPath));
  });

  test("replace one that was left behind, and nothing else", async () => {
    const first = await start([{ unix: socketPath }]);
    process.kill(first.pid, "SIGKILL");
    await until(() =>
      get({ socketPath, path: "/talk/" }).then(
        () => false,
        () => true,
      ),
    );
    assert.ok(existsSync(socketPath));
    const server = await start([{ unix: socketPath }]);
    assert.equal((await get({ socketPath, path: "/talk/" })).status, 200);
    await server.stop();

    const file = path.join(place.path, "a-file");
    writeFileSync(file, "precious");
    assert.match(await refused([{ unix: file }]), /something that is no socket stands there: remove it/);
    assert.ok(existsSync(file));
    assert.match(await refused([{ unix: "/nowhere/d.sock" }]), /check that the directory is there/);
  });

  test("are removed by a server that ends while it still loads", async () => {
    const many = directory("many");
    for (let i = 0; i < 150; i++) {
      mkdirSync(path.join(many, `deck${i}`));
      writeFileSync(path.join(many, `deck${i}/deck.md`), "# Slide\n\n```js\nlet a = 1;\n```\n\n---\n\n".repeat(40));
    }
    const config = path.join(place.path, "loading.yaml");
    writeFileSync(config, JSON.stringify({ listen: [{ unix: socketPath }] }));
    const server = await startDecksd({ root: many, at: [], args: ["--config", config] });
    for (let i = 0; i < 150; i++) writeFileSync(path.join(many, `deck${i}/deck.md`), "# Another\n\n---\n\n".repeat(40));
    process.kill(server.pid, "SIGHUP");
    await server.stop();
    assert.doesNotMatch(server.output(), /reloaded/);
    assert.ok(!existsSync(socketPath));
  });

  test("are left alone once another server has taken their place", async () => {
    const first = await start([{ unix: socketPath }]);
    process.kill(first.pid, "SIGSTOP");
    renameSync(socketPath, `${socketPath}.old`);
    const second = await start([{ unix: socketPath }]);
    process.kill(first.pid, "SIGCONT");
    await first.stop();
    assert.equal((await get({ socketPath, path: "/talk/" })).status, 200);
    await second.stop();
  });
});

test("--port takes the place of the list", async () => {
  const config = path.join(place.path, "replaced.yaml");
  writeFileSync(config, JSON.stringify({ listen: [{ port: 1, tls: { certificate: "none", key: "none" } }] }));
  const server = await startDecksd({ root, args: ["--config", config] });
  assert.equal((await get(new URL("talk/", server.url))).status, 200);
  await server.stop();
});
