// node build.mjs OUTDIR: makes the files that the browser loads and what the binary needs to embed them.
// README.md beside this file says what comes out.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import notesPlugin from "reveal.js/plugin/notes";
import { assembler, compressFile, Files, layOut, tables } from "./build/embed.mjs";
import { emojiTable } from "./build/emoji.mjs";
import { aliasTable, languages } from "./build/languages.mjs";
import { Notices } from "./build/notices.mjs";
import { scriptHashes, speakerWindow, withoutHarm, withoutMarkdown } from "./build/plugins.mjs";
import { buildTheme, revealStyle, themeNames, withReadableColours } from "./build/themes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const reveal = join(modules, "reveal.js");
const hljsStyles = join(modules, "highlight.js/styles");
const license = join(here, "../LICENSE");
const notices = new Notices();
const banner = "/* licenses: /_/licenses.txt */";

const walk = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));

// Of all that the output depends on; the packages are known by the lock file.
function fingerprint(outdir) {
  const hash = createHash("sha256").update(`${process.version}\n${outdir}\n`);
  const sources = ["build.mjs", "icon.svg", "package-lock.json", "../LICENSE"].map((name) => join(here, name));
  for (const folder of ["build", "css", "js", "pages"]) sources.push(...walk(join(here, folder)));
  for (const path of sources) hash.update(`${path.slice(here.length)}\n`).update(readFileSync(path));
  return hash.digest("hex");
}

const minifyCss = (css) =>
  esbuild.transformSync(css, { loader: "css", minify: true, legalComments: "none", banner }).code;

const mendedPlugins = {
  name: "mended-plugins",
  setup(build) {
    for (const [name, mend] of Object.entries({ notes: withoutMarkdown, search: withoutHarm })) {
      build.onLoad({ filter: new RegExp(`reveal\\.js/dist/plugin/${name}\\.mjs$`) }, ({ path }) => ({
        contents: mend(readFileSync(path, "utf8")),
      }));
    }
  },
};

async function bundle(entry) {
  const result = await esbuild.build({
    ...entry,
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["chrome100", "firefox100", "safari15.4"],
    legalComments: "external",
    banner: { js: banner },
    metafile: true,
    outdir: "bundle",
    plugins: [mendedPlugins],
    logLevel: "warning",
  });
  notices.addBundle(here, result);
  return result.outputFiles.find(({ path }) => path.endsWith(".js")).contents;
}

async function addScripts(files) {
  const parts = {
    "code.js": "js/code-tools.js",
    "katex.js": "js/math.js",
    "mermaid.js": "js/mermaid.js",
    "site.js": "js/site.js",
    "talk.js": "js/talk.js",
    "tools.js": "js/tools.js",
  };
  for (const [name, path] of Object.entries(parts)) files.add(name, await bundle({ entryPoints: [path] }));
  const url = (name) => JSON.stringify(files.reference("deck.js", name));
  const define = { TOOLS_URL: url("tools.js"), LATE_URL: url("late.css") };
  files.add("deck.js", await bundle({ entryPoints: ["js/deck.js"], define }));
  for (const language of languages()) {
    const contents =
      `import define from "highlight.js/lib/languages/${language}";\n` +
      `(globalThis.deckLanguages ??= []).push([${JSON.stringify(language)}, define]);`;
    files.add(`lang/${language}.js`, await bundle({ stdin: { contents, resolveDir: here } }));
  }
}

// Adds a style sheet and, first, the files that it names with url(); `keep` says which of those to take.
function addStyle(files, name, path, keep = () => true) {
  const css = readFileSync(path, "utf8").replace(/url\((['"]?)([^)'"]+)\1\)/g, (all, _quote, url) => {
    if (/^data:/.test(url)) return all;
    if (!keep(url)) return "url()";
    const target = join(dirname(name), url.replace(/^\.\//, ""));
    if (!files.has(target)) files.add(target, readFileSync(join(dirname(path), url)));
    return `url(${files.reference(name, target)})`;
  });
  files.add(name, minifyCss(css.replace(/,?\s*url\(\)\s*format\([^)]*\)/g, "")).trim());
}

async function addStyles(files) {
  const ours = readFileSync(join(here, "css/deck.css"), "utf8");
  for (const theme of themeNames(reveal)) await buildTheme({ files, modules, reveal, minify: minifyCss, ours, theme });
  files.add("late.css", revealStyle(reveal, minifyCss).late);
  const shipped = join(reveal, "dist/plugin/highlight");
  const monokai = readFileSync(join(shipped, "monokai.css"), "utf8");
  files.add("highlight/monokai.css", minifyCss(withReadableColours(monokai)).trim());
  for (const name of readdirSync(shipped)) {
    if (name.endsWith(".css") && !files.has(`highlight/${name}`))
      addStyle(files, `highlight/${name}`, join(shipped, name));
  }
  for (const path of walk(hljsStyles)) {
    const name = `highlight/${path.slice(hljsStyles.length + 1)}`;
    if (/(?<!\.min)\.css$/.test(name) && !files.has(name)) addStyle(files, name, path);
  }
  addStyle(files, "katex.css", join(modules, "katex/dist/katex-swap.css"), (url) => url.endsWith(".woff2"));
  addStyle(files, "plain.css", join(here, "css/plain.css"));
  const site = ["site", "lists", "talk", "search"].map((name) => readFileSync(join(here, `css/${name}.css`), "utf8"));
  files.add("site.css", minifyCss(`@layer site {${site.join("")}}`).trim()); // any rule of the owner's counts more
}

function addPages(files) {
  const icon = readFileSync(join(here, "icon.svg"), "utf8").trim();
  files.add("icon.svg", icon);
  const iconData = `data:image/svg+xml,${encodeURIComponent(icon)
    .replace(/%(3D|3A|2F)/g, (code) => decodeURIComponent(code))
    .replace(/%22/g, "'")}`;
  files.add("pages/icon.txt", iconData);
  for (const path of walk(join(here, "pages"))) {
    files.add(path.slice(here.length + 1), readFileSync(path));
  }
}

// After everything else: what was bundled is known by then.
function addNotices(files) {
  const { devDependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  const fonts = Object.keys(devDependencies).filter((name) => name.startsWith("@fontsource/"));
  for (const name of [...fonts, "gemoji", "highlight.js", "katex", "reveal.js"])
    notices.addPackage(join(modules, name));
  files.add("licenses.txt", notices.text(readFileSync(license, "utf8")));
}

function write(path, data) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, data);
}

async function main(outdir) {
  const stamp = join(outdir, "stamp");
  const wanted = fingerprint(outdir);
  const outputs = ["embedded.bin", "embedded.S", "embedded.c"].map((name) => join(outdir, name));
  const isThere = (path) => statSync(path, { throwIfNoEntry: false })?.isFile();
  if ([stamp, ...outputs].every(isThere) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(stamp, { force: true });

  const files = new Files();
  await addStyles(files);
  await addScripts(files);
  addPages(files);
  addNotices(files);
  const compressed = await Promise.all(files.sorted().map(compressFile));
  const { blob, entries } = layOut(compressed);

  rmSync(join(outdir, "files"), { recursive: true, force: true });
  for (const { name, data } of compressed) write(join(outdir, "files", name), data);
  write(outputs[0], blob);
  write(outputs[1], assembler(outputs[0]));
  write(outputs[2], tables(entries, aliasTable(), scriptHashes(speakerWindow(notesPlugin)), emojiTable()));
  write(stamp, wanted);
  console.log(`assets: ${files.sorted().length} files, ${(blob.length / 1e6).toFixed(1)} MB to embed`);
}

if (process.argv.length !== 3) {
  console.error("usage: node build.mjs OUTDIR");
  process.exit(2);
}
await main(process.argv[2]);
