// What the site's owner says of its look, and the page shells.
import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { repository, runDecksd, startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const folder = await temporaryDirectory("look");
after(folder.remove);
const root = path.join(folder.path, "decks");
const templates = path.join(folder.path, "templates");
const config = path.join(folder.path, "decksd.yaml");
await mkdir(path.join(root, "talk"), { recursive: true });
await mkdir(templates);
await writeFile(path.join(root, "talk/deck.md"), "# A talk\n\n---\n\n## Two\n");
await writeFile(path.join(root, "other.md"), "# Another\n");
await writeFile(path.join(root, "logo.svg"), '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>');
await writeFile(path.join(root, "custom.css"), "body { margin: 1px }\n");
await writeFile(
  config,
  `title: Ours
description: What we said.
logo: logo.svg
footer: "[Imprint](/imprint) and *thanks*"
head: <meta name="theme-color" content="#123456">
customCss: custom.css
colours:
  accent: "#0057a8"
  dark: { accent: "#6cb6ff" }
templates: ${templates}
`,
);

const text = async (server, address) => (await fetch(new URL(address, server.url))).text();
const site = await readFile(path.join(repository, "assets/pages/site.html"), "utf8");

test("title, description, logo, footer, colours, style and head", async (t) => {
  const server = await startDecksd({ root, args: ["--config", config] });
  t.after(() => server.stop());
  const index = await text(server, "/");
  assert.match(index, /<p class="site-description">What we said\.<\/p>/);
  assert.match(index, /<meta name="description" content="What we said\.">/);
  assert.match(index, /<img class="site-logo" src="\.\/logo\.svg\?v=\w+" alt="" width="40" height="20">/);
  assert.match(index, /<a href="\.\/imprint">Imprint<\/a> and <em>thanks<\/em>/);
  assert.match(index, /<meta name="theme-color" content="#123456">/);
  const people = await text(server, "/people/");
  assert.match(people, /<a href="\.\.\/imprint">/);
  assert.match(people, /<a href="\.\.\/"><img class="site-logo" src="\.\.\/logo\.svg\?v=\w+"[^>]*>Ours<\/a>/);
  const [ours, custom] = [...index.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, url]) => url);
  const sheet = await fetch(new URL(ours, server.url));
  assert.match(sheet.headers.get("cache-control"), /immutable/);
  assert.match(
    await sheet.text(),
    /:root\{--accent:#0057a8;\}.*prefers-color-scheme:dark\)\{:root\{--accent:#6cb6ff;\}/s,
  );
  assert.equal(await text(server, custom), "body { margin: 1px }\n");
  const deck = await text(server, "/talk/");
  assert.match(deck, /theme-color/);
  assert.doesNotMatch(deck, /custom\.css/);
  const error = await text(server, "/no/such/page");
  assert.match(error, /href="\/imprint"/);
  assert.match(error, /src="\/logo\.svg\?v=/);
});

test("what is not there is told, and pages do without", async (t) => {
  const args = ["--config", config];
  const env = { DECKSD_LOGO: "none.svg", DECKSD_CUSTOM_CSS: "../out.css" };
  const { code, stdout } = await runDecksd(["--root", root, ...args, "--check"], { env });
  assert.equal(code, 1);
  assert.match(stdout, /`logo: none\.svg`: there is no such file below the root/);
  assert.match(stdout, /`customCss: \.\.\/out\.css`/);
  const server = await startDecksd({ root, args, env });
  t.after(() => server.stop());
  assert.doesNotMatch(await text(server, "/"), /site-logo|out\.css/);
});

test("one shell is the owner's, the other stays ours", async (t) => {
  const file = path.join(templates, "site.html");
  await writeFile(file, site.replace("</header>", "<p>our own {{site}}</p></header>"));
  const server = await startDecksd({ root, args: ["--config", config] });
  t.after(() => server.stop());
  assert.match(await text(server, "/"), /<p>our own Ours<\/p>/);
  assert.match(await text(server, "/"), /<link rel="icon" href="data:image\/svg/);
  assert.match(await text(server, "/talk/"), /id="reveal-options"/);

  await writeFile(file, site.replace("{{heading}}", "{{haeding}}"));
  assert.match(
    await server.reload(),
    /site\.html:\d+:\d+: .*`haeding` is no value of this page: did you mean `heading`\?/,
  );
  assert.match(await text(server, "/"), /<p>our own Ours<\/p>/);
});

test("a wrong shell keeps the server from starting", async (t) => {
  const file = path.join(templates, "deck.html");
  t.after(() => rm(file));
  await writeFile(file, "<!doctype html>\n{{{slides}}}\n{{{title}}}\n");
  const { code, stderr } = await runDecksd(["--root", root, "--port", "0", "--config", config]);
  assert.equal(code, 1);
  assert.match(stderr, /deck\.html:3:4: error: `title` is text and must be escaped: write \{\{title\}\}/);
  assert.match(stderr, /the page does not work without `script`/);
});

test("pictures of other hosts are linked wherever Markdown is taken, HTML is left out, and both are told", async (t) => {
  const prose = "![Seen](https://far.example/x.png) <b>and</b> more";
  const elsewhere = path.join(folder.path, "elsewhere");
  const settings = path.join(folder.path, "elsewhere.yaml");
  folder.write("elsewhere/talk.md", `---\nspeakers: ada\ndescription: '${prose}'\n---\n\n# A talk\n`);
  folder.write("elsewhere/other.md", "# Another\n");
  folder.write("elsewhere.yaml", `footer: '${prose}'\npeople: {ada: {bio: '${prose}'}}\n`);
  const args = ["--config", settings];
  const { stdout } = await runDecksd(["--root", elsewhere, ...args, "--check"]);
  for (const what of ["talk.md:3: warning: description", "footer", "people: ada: bio"]) {
    assert.ok(stdout.includes(`${what}: the picture \`https://far.example/x.png\` is on another host`), stdout);
    assert.ok(stdout.includes(`${what}: HTML is left out`), stdout);
  }
  const server = await startDecksd({ root: elsewhere, args });
  t.after(() => server.stop());
  for (const [address, times] of Object.entries({ "/": 1, "/talk/about": 2, "/people/ada/": 2 })) {
    const page = await text(server, address);
    const written = page.split('<p><a href="https://far.example/x.png">Seen</a> and more</p>');
    assert.equal(written.length - 1, times, address);
    assert.doesNotMatch(page, /src="https:\/\/far|omitted|<b>/, address);
  }
});
