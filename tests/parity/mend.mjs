// What the reference gets wrong and decksd gets right on purpose, put right in the deck's text, so that reveal.js's own
// plugin then shows the right slides. A slide that equals the mended deck and not the plain one differs on purpose.
//
//   - a separator or notes line inside fenced code or an HTML comment: held back by a stray character
//   - CRLF and lone CR; no final line break; a first line "---"; blanks after a default separator: normalised
//   - blank slides made by a separator at the end or twice in a row: dropped (withoutBlankSlides)
//   - blank lines at a slide's start; several "Note:" lines: mended slide by slide in stage.mjs

/** A private-use character that no deck has; extract.mjs takes it out of the slides' text again. */
export const STRAY = "\uE0DE";

const OPENING = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^\n]*)$/;
const CLOSING = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/;

function opening(line) {
  const match = OPENING.exec(line);
  if (!match || (match[1][0] === "`" && match[2].includes("`"))) return null;
  return { mark: match[1][0], length: match[1].length, info: match[2].trim() };
}

/** The line that closes a fence; -1 if none does, or another one with an info string opens before. */
function closingLine(lines, start, fence) {
  for (let i = start + 1; i < lines.length; i++) {
    const close = CLOSING.exec(lines[i]);
    if (close && close[1][0] === fence.mark && close[1].length >= fence.length) return i;
    const other = opening(lines[i]);
    if (other && other.mark === fence.mark && other.info !== "") return -1;
  }
  return -1;
}

/** Half-open ranges of fenced code and HTML comments, in order. */
export function shieldedRanges(text) {
  const lines = text.split("\n");
  const ranges = [];
  let offset = 0;
  let shieldedTo = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (offset >= shieldedTo) {
      const fence = opening(line);
      const close = fence ? closingLine(lines, i, fence) : -1;
      const comment = fence ? -1 : line.indexOf("<!--");
      if (close > 0) {
        const length = lines.slice(i, close + 1).reduce((sum, it) => sum + it.length + 1, 0);
        ranges.push([offset, offset + length]);
        shieldedTo = offset + length;
      } else if (comment >= 0) {
        const end = text.indexOf("-->", offset + comment);
        if (end >= 0) {
          ranges.push([offset + comment, end + 3]);
          shieldedTo = end + 3;
        }
      }
    }
    offset += line.length + 1;
  }
  return ranges;
}

/** Puts a stray character into each match that lies inside a range, so that it matches no more. */
function holdBack(text, expression, flags) {
  for (;;) {
    const ranges = shieldedRanges(text);
    const inside = [...text.matchAll(new RegExp(expression, flags))].find((match) => {
      const at = match.index + match[0].search(/\S|$/);
      return match[0].length > 0 && ranges.some(([start, end]) => at > start && at < end);
    });
    if (!inside) return text;
    const at = inside.index + Math.max(inside[0].search(/\S/), inside[0].search(/\S/) < 0 ? 1 : 0);
    text = text.slice(0, at) + STRAY + text.slice(at);
  }
}

const DEFAULT_SEPARATOR = "\\r?\\n---\\r?\\n";
const DEFAULT_NOTES = "^\\s*notes?:";

/** The plugin's options for a deck, with the text mended. */
export function mend({ text, separator, verticalSeparator, notesSeparator }) {
  separator ??= DEFAULT_SEPARATOR;
  notesSeparator ??= DEFAULT_NOTES;
  text = text.replace(/\r\n?/g, "\n");
  if (!text.endsWith("\n")) text += "\n";
  if (/^---[ \t]*\n/.test(text)) text = `\n${text}`;
  for (const dashes of ["---", "----"])
    if ([separator, verticalSeparator].includes(`\\r?\\n${dashes}\\r?\\n`))
      text = text.replace(new RegExp(`\n${dashes}[ \t]+(?=\n)`, "g"), `\n${dashes}`);
  const both = verticalSeparator ? `${separator}|${verticalSeparator}` : separator;
  text = holdBack(text, both, "mg");
  text = holdBack(text, notesSeparator, "mgi");
  return { text, separator, verticalSeparator, notesSeparator, mendSlides: true };
}

/** Slides that hold nothing but the separators around them made; the others move up. */
export function withoutBlankSlides(slides) {
  const isBlank = ({ source }) => source !== null && /^\s*(---\s*)?$/.test(source);
  const kept = slides.map((slide) => ({ ...slide }));
  for (let i = kept.length - 1; i >= 0; i--) {
    if (!isBlank(kept[i])) continue;
    const [{ h, v }] = kept.splice(i, 1);
    const isColumnGone = !kept.some((slide) => slide.h === h);
    for (const slide of kept)
      if (slide.h === h && slide.v > v) slide.v--;
      else if (isColumnGone && slide.h > h) slide.h--;
  }
  return kept;
}
