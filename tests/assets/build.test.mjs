import assert from "node:assert/strict";
import { test } from "node:test";
import { cString, digestName, Files, layOut, tables } from "../../assets/build/embed.mjs";
import { splitLate, topLevelRules, withDrawnSpinner } from "../../assets/build/late.mjs";
import { scriptHashes, withoutHarm, withoutMarkdown } from "../../assets/build/plugins.mjs";
import { CAPITALS, TEXT } from "../../assets/build/stand-ins.mjs";
import {
  deferFonts,
  familiesOf,
  stripFonts,
  withoutItalicPreload,
  withReadableColours,
} from "../../assets/build/themes.mjs";
import { isDark } from "../../assets/js/colour.js";

test("colours: dark or light", () => {
  assert.equal(isDark("rgb(25, 25, 25)"), true);
  assert.equal(isDark("rgb(255, 255, 255)"), false);
  assert.equal(isDark("rgba(0, 0, 0, 0)"), false);
  assert.equal(isDark("transparent"), false);
});

test("names carry the digest before their last ending", () => {
  assert.equal(digestName("theme/black.css", "0a1b"), "theme/black.0a1b.css");
  assert.equal(digestName("fonts/a.b.woff2", "0a1b"), "fonts/a.b.0a1b.woff2");
});

test("files refer to one another relatively, and only to what is there", () => {
  const files = new Files();
  files.add("fonts/a.woff2", "font");
  assert.match(files.reference("theme/black.css", "fonts/a.woff2"), /^\.\.\/fonts\/a\.[0-9a-f]{10}\.woff2$/);
  assert.match(files.reference("katex.css", "fonts/a.woff2"), /^fonts\/a\.[0-9a-f]{10}\.woff2$/);
  assert.throws(() => files.reference("theme/black.css", "fonts/b.woff2"), /not built/);
  assert.throws(() => files.add("fonts/a.woff2", "again"), /twice/);
  assert.throws(() => files.add("a.unknown", ""), /media type/);
});

test("the same bytes are laid out once", () => {
  const data = Buffer.from("same");
  const file = (name) => ({ name, type: "t", digest: "d", data, gzip: null, brotli: null });
  const { blob, entries } = layOut([file("a"), file("b")]);
  assert.equal(blob.toString(), "same");
  assert.deepEqual(entries[0].data, entries[1].data);
});

test("C strings are escaped", () => {
  assert.equal(cString('a"b\\c??='), '"a\\"b\\\\c?\\?="');
});

test("tables: NULL where a form does not pay, shared lists of needs", () => {
  const entry = { name: "a.js", type: "t", digest: "0a", data: { offset: 3, size: 4 }, gzip: null, brotli: null };
  const aliases = [
    { alias: "html", language: "xml", needs: ["css"] },
    { alias: "js", language: "javascript", needs: [] },
    { alias: "xml", language: "xml", needs: ["css"] },
  ];
  const c = tables([entry], aliases, "'sha256-x'");
  assert.match(c, /\{"a\.js", "\/_\/a\.0a\.js", "t", "0a",\s+embedded_data \+ 3, NULL, NULL, 4, 0, 0\}/);
  assert.equal(c.match(/\*const needs_\d+\[\]/g).length, 2);
});

test("themes: fonts carried or imported are taken out, ours wait for the page", () => {
  const css =
    '@import "https://fonts.example/css?family=Lato:400,700;x";@font-face{font-family:Lato;src:url(data:x)}' +
    ":root{--r-main-font:Lato, sans-serif;--r-heading-font:Impact, sans-serif;--r-code-font:monospace}";
  const stripped = stripFonts(css);
  assert.ok(!/@import|@font-face/.test(stripped));
  assert.deepEqual(familiesOf(stripped), new Map([["Lato", new Set([TEXT])]]));
  const deferred = deferFonts(stripped);
  const standIns = '"Lato as Arial","Lato as Roboto","Lato as DejaVu",sans-serif';
  assert.ok(deferred.startsWith(`:where(:root){--r-main-font:${standIns}}`));
  assert.ok(deferred.includes(`:where(:root.fonts-ready){--r-main-font:Lato,${standIns}}`));
  assert.match(deferred, /:root\{--r-heading-font:Impact, sans-serif;--r-code-font:monospace\}$/);
});

test("themes: headings in capitals have stand-ins that are measured for capitals", () => {
  const css = ":root{--r-main-font:Lato;--r-heading-font:Lato;--r-heading-text-transform:uppercase}";
  assert.deepEqual(familiesOf(css), new Map([["Lato", new Set([TEXT, CAPITALS])]]));
  const deferred = deferFonts(css);
  assert.match(deferred, /--r-main-font:Lato,"Lato as Arial"/);
  assert.match(deferred, /--r-heading-font:Lato,"Lato in capitals as Arial"/);
});

test("themes: what the first slide does without comes later, all else at once", () => {
  const early = [
    ".reveal .slides>section{a:b}",
    '.reveal .controls:after{content:"}"}',
    ".reveal.overview .x,.reveal .y{a:b}",
    ".reveal .slides section[data-transition=none],.reveal.none .slides section{a:b}",
    ".reveal-viewport.reveal-scroll .slides{a:b}",
    ".reveal .r-overlay-button{a:b}",
    "@media screen and (width<=600px){.reveal.overview{a:b}}",
  ];
  const late = [
    ".reveal.overview .slides section,.reveal.overview-deactivating .slides section{a:b}",
    ".reveal .slides>section[data-transition~=slide-in].future,.reveal.slide .slides>section:not([data-transition]).future{a:b}",
    "@media print{html:not(.print-pdf){a:b}}",
    "html.reveal-print .reveal img{a:b}",
    ".r-overlay-spinner{background:url(data:image/gif;base64,R0l)}",
  ];
  const mixed = [early[0], late[0], ...early.slice(1), ...late.slice(1)];
  assert.deepEqual(topLevelRules(mixed.join("")), mixed);
  assert.deepEqual(splitLate(mixed.join("")), { early: early.join(""), late: late.join("") });
});

test("themes: the spinner is drawn", () => {
  const picture = ".r-overlay-spinner{background-image:url(data:image/gif;base64,R0l);width:32px;height:32px;margin:0}";
  const drawn = withDrawnSpinner(picture);
  assert.ok(!drawn.includes("base64") && drawn.includes("border-radius:50%") && drawn.includes(";margin:0}"));
  assert.equal(splitLate(drawn).early, "");
  assert.throws(() => withDrawnSpinner("a{b:c}"), /no picture/);
});

test("themes: italics are fetched by those who show them", () => {
  assert.equal(withoutItalicPreload('a{b:c}.reveal:after{content:"";font-style:italic}d{e:f}'), "a{b:c}d{e:f}");
  assert.throws(() => withoutItalicPreload("a{b:c}"), /no longer/);
});

test("plugins: a plugin built otherwise than expected stops the build", () => {
  assert.throws(() => withoutMarkdown("export default {}"), /otherwise than expected/);
  assert.throws(() => withoutHarm("export default {}"), /has no single/);
});

test("the hash of an inline script is that of its exact text", () => {
  assert.equal(
    scriptHashes("<p></p><script>alert(1)</script>"),
    "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
  );
  assert.throws(() => scriptHashes("<p>"), /no inline script/);
});

test("code: what monokai has of colours that few can read is made lighter, and missed when it is no longer there", () => {
  assert.equal(
    withReadableColours("a{color:#75715e}b{color:#f92672}c{color:#ddd}"),
    "a{color:#959079}b{color:#fa4a88}c{color:#ddd}",
  );
  assert.throws(() => withReadableColours("a{color:#75715e}"), /no longer has #f92672/);
});
