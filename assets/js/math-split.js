// Finds math in text. Delimiters: $…$, $$…$$, \(…\), \[…\]. As in pandoc, a $ opens only before something that is no
// blank, and closes only behind something that is no blank and before something that is no digit: "$5 and $6" is text.

const CLOSERS = { $: "$", $$: "$$", "\\(": "\\)", "\\[": "\\]" };

// Index of the closing delimiter at or after `from`, or -1. Braces nest, a backslash takes the next character along.
// A $ outside of braces that may not close ends the search: math in dollars holds none, a list of prices does.
function findClose(text, from, closer) {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (depth <= 0 && text.startsWith(closer, i)) {
      if (closer !== "$") return i;
      const closes = i > from && !/\s/.test(text[i - 1]) && !/\d/.test(text[i + 1] ?? "");
      return closes ? i : -1;
    }
    if (text[i] === "\\") i++;
    else if (text[i] === "{") depth++;
    else if (text[i] === "}") depth--;
  }
  return -1;
}

// What opens math at i: a key of CLOSERS, or null.
function openerAt(text, i) {
  const two = text.slice(i, i + 2);
  if (two in CLOSERS) return two;
  return text[i] === "$" && /\S/.test(text[i + 1] ?? "") ? "$" : null;
}

// Splits text into [{text}, {tex, display}, …]. A delimiter that nothing closes is text.
export function splitMath(text) {
  const pieces = [];
  const lastCloser = Object.fromEntries(
    Object.entries(CLOSERS).map(([opener, closer]) => [opener, text.lastIndexOf(closer)]),
  );
  let plain = 0;
  let i = 0;
  while (i < text.length) {
    const opener = openerAt(text, i);
    if (!opener) {
      i += text[i] === "\\" ? 2 : 1;
      continue;
    }
    const start = i + opener.length;
    const end = lastCloser[opener] < start ? -1 : findClose(text, start, CLOSERS[opener]);
    const tex = end < 0 ? "" : text.slice(start, end);
    if (!tex.trim()) {
      i = start;
      continue;
    }
    if (i > plain) pieces.push({ text: text.slice(plain, i) });
    pieces.push({ tex, display: opener === "$$" || opener === "\\[" });
    i = end + CLOSERS[opener].length;
    plain = i;
  }
  if (plain < text.length) pieces.push({ text: text.slice(plain) });
  return pieces;
}
