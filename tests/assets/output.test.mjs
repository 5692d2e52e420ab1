// What a build gives, looked at whole: run in a folder of its own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../assets/build.mjs", import.meta.url));
let out;
let names;

const build = () => execFileSync(process.execPath, [script, out], { encoding: "utf8" });
const read = (name) => readFileSync(join(out, "files", name), "utf8");
const list = (folder) => names.filter((name) => name.startsWith(`${folder}/`));

before(() => {
  out = mkdtempSync(join(tmpdir(), "decksd-assets-"));
  build();
  names = readdirSync(join(out, "files"), { recursive: true }).map(String);
  if (!names.some((name) => name.includes("/"))) names = walk(join(out, "files"), ""); // node 18.0 to 18.16
});

function walk(folder, prefix) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name), `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
  );
}

after(() => rmSync(out, { recursive: true, force: true }));

test("a second run touches nothing", () => {
  const time = statSync(join(out, "embedded.c")).mtimeMs;
  assert.equal(build(), "");
  assert.equal(statSync(join(out, "embedded.c")).mtimeMs, time);
});

test("fourteen themes, all languages, all colour themes", () => {
  assert.equal(list("theme").length, 14);
  assert.ok(list("lang").length >= 190);
  assert.ok(list("highlight").length >= 250);
});

test("no style sheet names another host, and what it names is there", () => {
  const table = readFileSync(join(out, "embedded.c"), "utf8");
  for (const name of names.filter((each) => each.endsWith(".css"))) {
    const css = read(name);
    assert.ok(!/@import|url\(["']?(https?:)?\/\//.test(css), name);
    for (const [, url] of css.matchAll(/url\(["']?(?!data:)([^)"']+)/g)) {
      const target = new URL(url, `http://x/_/${name}`).pathname;
      assert.ok(table.includes(`"${target}"`), `${name}: ${url}`);
    }
  }
});

test("the digest in a URL is that of the content", () => {
  const table = readFileSync(join(out, "embedded.c"), "utf8");
  for (const [, name, digest] of table.matchAll(/\{"([^"]+)", "\/_\/[^"]+", "[^"]+", "([0-9a-f]{10})",/g)) {
    const content = readFileSync(join(out, "files", name));
    assert.equal(createHash("sha256").update(content).digest("hex").slice(0, 10), digest, name);
  }
});

test("no script needs what the Content-Security-Policy forbids", () => {
  for (const name of ["deck.js", "code.js", "katex.js"]) {
    assert.ok(!/\beval\(|new Function\(/.test(read(name)), name);
  }
});

test("the language table has the names that people type", () => {
  const table = readFileSync(join(out, "embedded.c"), "utf8");
  const expected = {
    js: "javascript",
    "c++": "cpp",
    html: "xml",
    sh: "bash",
    yml: "yaml",
    rs: "rust",
    py: "python",
    ocaml: "ocaml",
  };
  for (const [alias, language] of Object.entries(expected)) {
    assert.ok(table.includes(`{"${alias}", "${language}", needs_`), alias);
  }
});

test("the colours that the configuration is measured with are those of the style sheet", () => {
  const css = readFileSync(new URL("../../assets/css/site.css", import.meta.url), "utf8");
  const c = readFileSync(new URL("../../server/conf/colour_settings.c", import.meta.url), "utf8");
  const [light, dark] = [...css.matchAll(/:root \{(.*?)\}/gs)].map(([, rules]) => rules);
  const rows = [...c.matchAll(/\{"(\w+)", \{"(#\w{6})", "(#\w{6})"\}\}/g)];
  const long = (colour) => (colour.length === 4 ? colour.replace(/[^#]/g, "$&$&") : colour);
  assert.equal(rows.length, 6);
  for (const [, name, ...built] of rows)
    for (const [i, rules] of [light, dark].entries())
      assert.equal(long(new RegExp(`--${name}: (#\\w+)`).exec(rules)?.[1] ?? ""), built[i], name);
});

test("every value of a page shell is documented", () => {
  const c = readFileSync(new URL("../../server/site/shells.c", import.meta.url), "utf8");
  const docs = readFileSync(new URL("../../docs/templates.md", import.meta.url), "utf8");
  const names = [...c.matchAll(/(?:TEXT|HTML)(?:_NEEDED)?\("(\w+)"\)/g)].map(([, name]) => name);
  assert.ok(names.length > 20);
  for (const name of names) assert.ok(docs.includes(`\`${name}\``), name);
});
