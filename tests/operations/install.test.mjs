// `make install` into a folder of its own, what it brings, and `make uninstall`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, copyFileSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { repository, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const place = await temporaryDirectory("install");
after(() => place.remove());
const into = (name) => path.join(place.path, name);
const run = (command, args, options = {}) =>
  execFileSync(command, args, { encoding: "utf8", stdio: "pipe", ...options });
const make = (target) =>
  run("make", ["--no-print-directory", target, `DESTDIR=${place.path}`, "prefix=/usr"], { cwd: repository });
const list = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? list(path.join(folder, entry.name)) : [path.join(folder, entry.name)],
  );
const installed = () => list(place.path).map((name) => name.slice(place.path.length));

before(() => make("install"));

test("everything is in its place", () => {
  const files = installed();
  for (const name of [
    "/etc/decksd.yaml",
    "/usr/bin/decksd",
    "/usr/lib/systemd/system/decksd.service",
    "/usr/lib/systemd/system/decksd.socket",
    "/usr/lib/systemd/system/decksd@.service",
    "/usr/share/man/man1/decksd.1",
    "/usr/share/man/man5/decksd.yaml.5",
    "/usr/share/man/man5/decksd-deck.5",
    "/usr/share/bash-completion/completions/decksd",
    "/usr/share/zsh/vendor-completions/_decksd",
    "/usr/share/fish/vendor_completions.d/decksd.fish",
    "/usr/share/doc/decksd/licenses.txt",
    "/usr/share/doc/decksd/examples/Caddyfile",
    "/usr/share/doc/decksd/examples/varnish.vcl",
    "/usr/share/decksd/decks/welcome/deck.md",
  ])
    assert.ok(files.includes(name), name);
  for (const name of files.filter((each) => each !== "/usr/bin/decksd")) {
    assert.equal(statSync(into(name)).mode & 0o777, 0o644, name);
    if (/\.(service|socket|yaml|1)$/.test(name))
      assert.doesNotMatch(readFileSync(into(name), "utf8"), /@(bindir|sysconfdir)@|" OPTIONS/, name);
  }
});

test("the program is one file, which runs alone and from anywhere", async () => {
  const alone = into("alone");
  copyFileSync(into("usr/bin/decksd"), alone);
  const environment = { env: {}, cwd: "/proc" };
  assert.match(run(alone, ["--licenses"], environment), /reveal\.js[\s\S]*The MIT License/);
  const checked = run(alone, ["--root", into("usr/share/decksd/decks"), "--check"], environment);
  assert.match(checked, / 0 errors, 0 warnings/);
  const server = await startDecksd({ binary: alone, cwd: "/proc", root: into("usr/share/decksd/decks") });
  const page = await (await fetch(new URL("welcome/", server.url))).text();
  const assets = [...page.matchAll(/(?:src|href)="((?:\.\.\/)+_\/[^"]+)"/g)].map(([, url]) => url);
  assert.ok(assets.length >= 3);
  for (const url of assets) assert.equal((await fetch(new URL(url, `${server.url}welcome/`))).status, 200, url);
  await server.stop();
});

test("its libraries are Debian's, and found without being told where", () => {
  const sections = run("readelf", ["--dynamic", into("usr/bin/decksd")]);
  assert.doesNotMatch(sections, /\((RPATH|RUNPATH)\)/);
  const needed = [...sections.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name);
  assert.ok(needed.length > 8);
  const found = run("ldd", [into("usr/bin/decksd")]);
  for (const name of needed) {
    const file = new RegExp(`${name.replaceAll(".", "\\.")} => (\\S+)`).exec(found)?.[1];
    assert.ok(file, name);
    const library = realpathSync(file);
    // Debian 12 knows some by the path without /usr.
    const owner = run("dpkg", ["-S", `*${library.replace(/^\/usr/, "")}`]);
    assert.match(owner, /^[a-z0-9.+-]+(:\w+)?: /, name);
  }
});

test("the configuration names the examples, and one that was changed is kept", () => {
  const config = into("etc/decksd.yaml");
  assert.match(readFileSync(config, "utf8"), /^root: \/usr\/share\/decksd\/decks$/m);
  assert.match(
    run(into("usr/bin/decksd"), ["--config", config, "--print-config"]),
    /^root: \/usr\/share\/decksd\/decks {2}# .*:\d+$/m,
  );
  appendFileSync(config, "\n# changed\n");
  make("install");
  assert.match(readFileSync(config, "utf8"), /# changed/);
});

test("uninstall leaves what is not ours", () => {
  make("uninstall");
  assert.deepEqual(installed().sort(), ["/alone", "/etc/decksd.yaml"]);
  run("rm", [into("etc/decksd.yaml")]);
  make("install");
  make("uninstall");
  assert.deepEqual(installed(), ["/alone"]);
});
