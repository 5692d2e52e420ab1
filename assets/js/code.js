// The part that colours code: highlight.js's core. Languages come as files of their own, in any order, before or after.
import hljs from "highlight.js/lib/core";
import { colourCode } from "./code-blocks.js";
import { definePart } from "./parts.js";

function languageOf(code) {
  for (const name of code.classList) {
    const language = name.replace(/^lang(uage)?-/i, "");
    if (hljs.getLanguage(language)) return language;
  }
  return null;
}

function colour(text, code) {
  const language = languageOf(code);
  if (!language) return null;
  return hljs.highlight(text, { language, ignoreIllegals: true }).value;
}

definePart("code", (slides) => {
  for (const [name, definition] of globalThis.deckLanguages ?? []) hljs.registerLanguage(name, definition);
  globalThis.hljs = hljs;
  colourCode(slides, colour);
});
