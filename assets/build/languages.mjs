// highlight.js's languages: their other names, and which of them hold other languages.
import hljs from "highlight.js";

// Languages that name another only for what is rare in them (a CSS template in JavaScript, HTML in Markdown): not worth
// a request. highlight.js leaves such a part without colours when its language is not there.
const RARELY = new Set([
  "asciidoc",
  "coffeescript",
  "cos",
  "dart",
  "javascript",
  "livescript",
  "markdown",
  "nix",
  "perl",
  "pgsql",
  "qml",
  "typescript",
  "yaml",
]);

// Names of the languages that a definition hands parts of its text to.
export function subLanguages(definition) {
  const found = new Set();
  const seen = new Set();
  const walk = (mode) => {
    if (!mode || typeof mode !== "object" || seen.has(mode)) return;
    seen.add(mode);
    if (Array.isArray(mode)) {
      mode.forEach(walk);
      return;
    }
    for (const name of [mode.subLanguage ?? []].flat()) found.add(name);
    for (const key of ["contains", "variants", "starts"]) walk(mode[key]);
  };
  walk(definition);
  return [...found];
}

function directNeeds(language) {
  if (RARELY.has(language)) return [];
  return subLanguages(hljs.getLanguage(language).rawDefinition(hljs)).flatMap((name) => {
    const found = hljs
      .listLanguages()
      .find((other) => other === name || hljs.getLanguage(other).aliases?.includes(name));
    return found ? [found] : [];
  });
}

// Sorted, the language itself left out.
export function needsOf(language) {
  const needs = new Set();
  const queue = [language];
  for (const next of queue) {
    for (const name of directNeeds(next)) {
      if (needs.has(name) || name === language) continue;
      needs.add(name);
      queue.push(name);
    }
  }
  return [...needs].sort();
}

export const languages = () => hljs.listLanguages().sort();

// [{alias, language, needs}] in the order of strcmp; where two languages claim a name, highlight.js's answer holds.
export function aliasTable() {
  const byAlias = new Map();
  const owners = new Map(languages().map((language) => [hljs.getLanguage(language), language]));
  for (const language of languages()) {
    for (const alias of [language, ...(hljs.getLanguage(language).aliases ?? [])]) {
      byAlias.set(alias.toLowerCase(), owners.get(hljs.getLanguage(alias)));
    }
  }
  const rows = [...byAlias].map(([alias, language]) => ({ alias, language, needs: needsOf(language) }));
  return rows.sort((a, b) => Buffer.compare(Buffer.from(a.alias), Buffer.from(b.alias)));
}
