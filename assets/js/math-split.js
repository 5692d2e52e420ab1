// Finds math in text. Delimiters: $…$, $$…$$, \(…\), \[…\]. As in pandoc, a $ opens only before something that is no
// blank, and closes only behind something that is no blank and before something that is no digit: "$5 and $6" is text.

const CLOSERS = { "$$": "$$", "\\(": "\\)", "\\[": "\\]" };

// Index of the closing delimiter at or after `from`, or -1. Braces nest, a backslash takes the next character along.
function findClose(text, from, closer) {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (depth <= 0 && text.startsWith(closer, i)) {
      if (closer !== "$") return i;
      if (i > from && !/\s/.test(text[i - 1]) && !/\d/.test(text[i + 1] ?? "")) return i;
    }
    if (text[i] === "\\") i++;
    else if (text[i] === "{") depth++;
    else if (text[i] === "}") depth--;
  }
  return -1;
}

// Splits text into [{text}, {tex, display}, …], joined in order they are the whole. A delimiter that nothing closes is
// text; having once not found a closer, no later opener looks for it again, which keeps long texts linear.
export function splitMath(text) {
  const pieces = [];
  const hopeless = new Set();
  let plain = 0;
  let i = 0;
  while (i < text.length) {
    const two = text.slice(i, i + 2);
    let opener = two in CLOSERS ? two : null;
    if (!opener && text[i] === "$" && /\S/.test(text[i + 1] ?? "")) opener = "$";
    if (!opener || hopeless.has(opener)) {
      i += text[i] === "\\" ? 2 : 1;
      continue;
    }
    const start = i + opener.length;
    const end = findClose(text, start, CLOSERS[opener] ?? opener);
    const tex = end < 0 ? "" : text.slice(start, end);
    if (end < 0) hopeless.add(opener);
    if (!tex.trim() || (opener === "$" && /\n\s*\n/.test(tex))) {
      i = start;
      continue;
    }
    if (i > plain) pieces.push({ text: text.slice(plain, i) });
    pieces.push({ tex, display: opener === "$$" || opener === "\\[" });
    i = end + (CLOSERS[opener] ?? opener).length;
    plain = i;
  }
  if (plain < text.length) pieces.push({ text: text.slice(plain) });
  return pieces;
}
