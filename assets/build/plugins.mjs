// What we change in reveal.js's plugins, and the hash of the one inline script that the notes plugin writes.
import { createHash } from "node:crypto";

// Our server renders Markdown, notes too; the parser would be a third of deck.js. The plugin hands it to the speaker's
// window as `marked`, whose parse() is then asked only for <aside class="notes" data-markdown>: it gets the text back.
export function withoutMarkdown(source) {
  const start = source.indexOf("//#region plugin/notes");
  const handed = /\.marked = ([$\w]+)/.exec(source.slice(start));
  if (start < 0 || !handed)
    throw new Error("reveal.js's notes plugin is built otherwise than expected; see build/plugins.mjs");
  return `const ${handed[1]} = { parse: (text) => text };\n${source.slice(start)}`;
}

// The search plugin marks what it finds with <em> and afterwards removes every <em> of the page, the author's too; and
// it takes what is typed for a regular expression, so that "f(" fails.
export function withoutHarm(source) {
  const changes = [
    ['"EM"', '"DECK-FOUND"'],
    [".trim(), l = RegExp(", '.trim().replace(/[.*+?^{}$()|[\\]\\\\]/g, "\\\\$&"), l = RegExp('],
  ];
  return changes.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2)
      throw new Error(`reveal.js's search plugin has no single ${from}; see build/plugins.mjs`);
    return text.replace(from, () => to);
  }, source);
}

// What the notes plugin writes into the speaker's window, got by letting it do so.
export function speakerWindow(plugin) {
  let html = "";
  const before = globalThis.window;
  globalThis.window = {
    location: { search: "?notes", protocol: "http:", host: "localhost", pathname: "/" },
    open: () => ({
      document: {
        write: (text) => {
          html += text;
        },
      },
    }),
    addEventListener() {},
  };
  let timer;
  const { setInterval } = globalThis;
  globalThis.setInterval = () => timer;
  try {
    plugin().init({ getConfig: () => ({}), addKeyBinding() {} });
  } finally {
    globalThis.setInterval = setInterval;
    globalThis.window = before;
  }
  return html;
}

// The CSP source expressions, joined, for the inline scripts of a page.
export function scriptHashes(html) {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
  if (!scripts.length) throw new Error("the speaker's window has no inline script: is its hash still needed?");
  return scripts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`).join(" ");
}
