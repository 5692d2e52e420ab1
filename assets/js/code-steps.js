// What is pure in showing code: the steps of `data-line-numbers`, blank margins, and coloured text cut into lines.

// "1|3-6,9" becomes [[{first: 1, last: 1}], [{first: 3, last: 6}, {first: 9, last: 9}]]; a step that names no line is [].
export function parseSteps(text) {
  return text
    .replace(/\s/g, "")
    .split("|")
    .map((step) =>
      step.split(",").flatMap((range) => {
        const match = /^(\d+)(?:-(\d+))?$/.exec(range);
        if (!match) return [];
        const first = Number(match[1]);
        return [{ first, last: match[2] ? Number(match[2]) : first }];
      }),
    );
}

export function formatStep(step) {
  return step.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

// Takes blank lines off both ends and the indentation that all lines share off each.
export function trimCode(text) {
  const lines = text.split(/\r\n?|\n/);
  while (lines.length && !lines[0].trim()) lines.shift();
  while (lines.length && !lines[lines.length - 1].trim()) lines.pop();
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const shared = indents.length ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(shared)).join("\n");
}

// Cuts text with <span>s into lines, each well-formed by itself. A last line without text is none.
export function splitLines(html) {
  const open = [];
  const lines = html
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]*$/, "")
    .split("\n")
    .map((line) => {
      const before = open.join("");
      for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
        if (tag === "</span>") open.pop();
        else open.push(tag);
      }
      return before + line + "</span>".repeat(open.length);
    });
  return lines;
}
