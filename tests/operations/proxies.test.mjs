// The samples for nginx and Caddy, with only names, ports and certificates changed, in front of the real program.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { noise } from "../http/root.mjs";
import { makeCertificate } from "../lib/certificate.mjs";
import { repository, startDecksd } from "../lib/decksd.mjs";
import { get } from "../lib/get.mjs";
import { startNginx } from "../lib/nginx.mjs";
import { freePort } from "../lib/port.mjs";
import { startServer } from "../lib/servers.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const HOST = "talks.example";
const place = await temporaryDirectory("proxies");
after(() => place.remove());
const { certificate, key } = makeCertificate(place.path, HOST);
const film = noise(10 * 1024 * 1024);
const root = path.join(place.path, "root");
mkdirSync(path.join(root, "talk"), { recursive: true });
writeFileSync(path.join(root, "talk/deck.md"), `---\naliases: /old\n---\n# A talk\n\n${"Some words. ".repeat(99)}\n`);
writeFileSync(path.join(root, "talk/film.webm"), film);

let count = 0;

/** What the sample says in its comment that decksd is to be told. */
function toldByTheSample(sample) {
  const lines = [...sample.matchAll(/^# {3}(\w+: .*)$/gm)].map(([, line]) => line);
  assert.equal(lines.length, 2);
  return lines.join("\n");
}

/** decksd as the sample wants it, with a socket of its own. */
async function startBehind(sample, settings = {}) {
  const socket = path.join(place.path, `decksd-${count}.sock`);
  const log = path.join(place.path, `access-${count}.log`);
  const config = path.join(place.path, `decksd-${count++}.yaml`);
  const security = '{contact: "security@talks.example", expires: 2099-01-01}';
  const more = { accessLog: log, accessLogFormat: "json", hsts: "180d", security, ...settings };
  const told = toldByTheSample(sample).replaceAll("/run/decksd.sock", socket);
  writeFileSync(
    config,
    `${told}\n${Object.entries(more)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join("")}`,
  );
  const server = await startDecksd({ root, at: [], args: ["--config", config] });
  const lines = () => readFileSync(log, "utf8").trim().split("\n");
  return { ...server, socket, log: () => lines().map((line) => JSON.parse(line)) };
}

const ask = (protocol, port, path, headers) =>
  get({ protocol, port, path }, { servername: HOST, headers: { Host: HOST, ...headers } });

const proxies = {
  async nginx(sample, socket, { plain, secure, isUp }) {
    const site = sample
      .replace(/listen \[::\].*\n/g, "")
      .replace("listen 80;", `listen 127.0.0.1:${plain};`)
      .replace("listen 443 ssl", `listen 127.0.0.1:${secure} ssl`)
      .replaceAll("/run/decksd.sock", socket)
      .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
      .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`);
    return startNginx(place.path, site, { isUp, name: `nginx-${secure}` });
  },

  async caddy(sample, socket, { plain, secure, isUp }) {
    const config = path.join(place.path, `Caddyfile-${secure}`);
    writeFileSync(
      config,
      `{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port ${plain}\n\thttps_port ${secure}\n}\n` +
        sample
          .replace(`\n${HOST} {`, `\n${HOST} {\n\ttls ${certificate} ${key}`)
          .replaceAll("/run/decksd.sock", socket),
    );
    const env = { HOME: place.path, XDG_DATA_HOME: place.path, XDG_CONFIG_HOME: place.path };
    return startServer("caddy", ["run", "--adapter", "caddyfile", "--config", config], { isUp, env });
  },
};

/** What the proxy must not spoil. */
async function behavesBehind({ server, plain, secure, path: below }) {
  const visit = (target, headers) => ask("https:", secure, below + target, headers);
  // A visitor who says to be somebody else is not believed.
  const page = await visit("/talk/", {
    "Accept-Encoding": "br",
    "X-Forwarded-For": "9.9.9.9",
    Forwarded: "for=8.8.8.8",
  });
  assert.equal(page.status, 200);
  assert.equal(page.headers["content-encoding"], "br");
  assert.equal(page.headers["strict-transport-security"], "max-age=15552000");
  const revisit = { "If-None-Match": page.headers.etag, "Accept-Encoding": "br" };
  assert.equal((await visit("/talk/", revisit)).status, 304);
  assert.equal((await visit("/talk/")).headers["content-encoding"], undefined);

  const whole = await visit("/talk/film.webm");
  assert.ok(whole.body.equals(film));
  const half = await visit("/talk/film.webm", { Range: "bytes=5000000-" });
  assert.equal(half.status, 206);
  assert.equal(half.headers["content-range"], `bytes 5000000-${film.length - 1}/${film.length}`);
  assert.ok(half.body.equals(film.subarray(5000000)));

  for (const [from, to] of [
    ["/talk", "/talk/"],
    ["/old", "/talk/"],
    ["/old/?print", "/talk/?print"],
  ]) {
    const { status, headers } = await visit(from);
    assert.equal(status, 308, from);
    assert.equal(new URL(headers.location, `https://${HOST}${below}${from}`).href, `https://${HOST}${below}${to}`);
  }
  // Both stand at the top of the host, wherever the site is.
  for (const [target, text] of [
    ["/robots.txt", /^User-agent: /],
    ["/.well-known/security.txt", /^Contact: mailto:security@talks\.example$/m],
  ]) {
    const top = await ask("https:", secure, target);
    assert.equal(top.status, 200, target);
    assert.match(top.text, text);
    assert.equal(top.text, (await visit(target)).text);
  }
  const moved = await ask("http:", plain, `${below}/talk/?a=b`);
  assert.equal(moved.status, 308);
  assert.equal(moved.headers.location.replace(`:${secure}`, ""), `https://${HOST}${below}/talk/?a=b`);

  await server.stop();
  assert.ok(server.log().length > 8);
  assert.deepEqual([...new Set(server.log().map(({ client }) => client))], ["127.0.0.1"]);
}

const belowPath = {
  nginx: (sample) => sample.replace("location / {", "location /talks/ {").replace(/# (location = )/g, "$1"),
  caddy: (sample) =>
    sample
      .replace(/\treverse_proxy [\s\S]*\n\t}\n/, (proxy) => `\thandle /talks* {\n${proxy}\t}\n`)
      .replace(/# (@top|rewrite) /g, "$1 "),
};

for (const [name, file] of [
  ["nginx", "nginx.conf"],
  ["caddy", "Caddyfile"],
]) {
  const sample = readFileSync(path.join(repository, "config", file), "utf8");

  for (const below of ["", "/talks"]) {
    test(`the sample for ${name} works${below && ", below a path too"}`, async () => {
      const ports = { plain: await freePort(), secure: await freePort() };
      const server = await startBehind(sample, below ? { basePath: below } : {});
      const changed = below ? belowPath[name](sample) : sample;
      assert.equal(changed === sample, !below);
      const isUp = async () => (await ask("https:", ports.secure, `${below}/_/health`)).status === 200;
      const proxy = await proxies[name](changed, server.socket, { ...ports, isUp });
      try {
        await behavesBehind({ server, ...ports, path: below });
      } finally {
        await proxy.stop();
      }
    });
  }
}
