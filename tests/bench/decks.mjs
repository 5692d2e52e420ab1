// Decks for measuring: always the same for the same number, of the kinds of things that decks are made of.

const WORDS =
  `server page slide talk audience memory cache thread kernel packet latency deploy network buffer request answer cost
  proof design layer table index signal limit change failure network light measure small large open close read write
  because without between against every another where which their about under never always often rather perhaps`.split(
    /\s+/,
  );

/** A small generator of numbers below n (xorshift), so that decks are the same everywhere. */
function numbers(seed) {
  let state = (seed + 1) * 2654435761;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

const KINDS = [
  ({ sentence }) => `${sentence(18)} **${sentence(3)}** ${sentence(9)}\n\n> ${sentence(12)}\n`,
  ({ sentence, any }) =>
    Array.from({ length: 3 + any(4) }, () => `- ${sentence(7)} <!-- .element: class="fragment" -->\n`).join(""),
  ({ sentence, word, any }) =>
    `${sentence(8)}\n\n\`\`\`c [1|2-3]\nint ${word()}(int ${word()})\n{\n    return ${word()} + ${any(100)};\n}\n\`\`\`\n`,
  ({ sentence, word, any }) =>
    `| ${word()} | ${word()} |\n|---|---:|\n${Array.from({ length: 4 }, () => `| ${sentence(3)} | ${any(1000)} |\n`).join("")}`,
  ({ sentence, word }) =>
    `![${word()}](${word()}.png)\n\n[${sentence(3)}](https://example.org/${word()}) and \`${word()}\`\n`,
  ({ sentence, any }) =>
    `1. ${sentence(6)}\n2. ${sentence(6)}\n   - ${sentence(4)}\n\nSo $x^${any(9)}$.\n\nNote: ${sentence(25)}\n`,
];

export function deckName(i) {
  return `${2010 + (i % 10)}/deck-${i}`;
}

export function makeDeck(seed, slides) {
  const any = numbers(seed);
  const word = () => WORDS[any(WORDS.length)];
  const sentence = (length) => Array.from({ length }, word).join(" ");
  const tools = { any, word, sentence };
  const parts = Array.from({ length: slides }, () => `## ${sentence(4)}\n\n${KINDS[any(KINDS.length)](tools)}`);
  const date = `${2010 + (seed % 10)}-0${1 + (seed % 9)}-1${seed % 10}`;
  return `---\ntitle: ${sentence(4)} ${seed}\ndate: ${date}\nspeakers: [${word()} ${word()}]\n---\n\n${parts.join("\n---\n\n")}`;
}

const repeated = (text) => (length) => text.repeat(Math.ceil(length / text.length));

/** By name, makers of a deck of about `length` bytes that repeats one odd thing. */
export const ODD_DECKS = {
  "ordinary slides": (length) => makeDeck(1, Math.ceil(length / 300)),
  "opening brackets": repeated("["),
  "closing brackets": repeated("]"),
  "brackets in brackets": (length) => `${"[".repeat(length / 2)}a${"](b)".repeat(length / 8)}`,
  "empty links": repeated("[]("),
  "images in images": repeated("!["),
  "backticks of many lengths": (length) => {
    let text = "";
    for (let i = 1; text.length < length; i++) text += `e${"`".repeat((i % 300) + 1)}`;
    return text;
  },
  backticks: repeated("` "),
  "opened comments": repeated("<!-- "),
  "opened comments, a line each": repeated("<!-- a\n"),
  comments: repeated('<!-- .element: class="a" -->\n'),
  "slide attributes": repeated('# a\n\n<!-- .slide: data-x="1" -->\n\n---\n\n'),
  "nested lists": (length) => {
    let text = "";
    for (let i = 0; text.length < length; i++) text += `${"  ".repeat(i % 60)}- a\n`;
    return text;
  },
  "nested quotes": (length) => `${`${"> ".repeat(40)}a\n`.repeat(length / 82)}`,
  "quote marks": repeated("> "),
  "list marks": repeated("- "),
  separators: repeated("---\n"),
  "vertical separators": repeated("a\n\n----\n\n"),
  "blank lines": repeated("\n"),
  notes: repeated("a\n\nNote: b\n\n"),
  "column fences": repeated("::: a\n"),
  "opened columns": repeated(":::::: {.columns}\n::: {.column}\na\n\n"),
  definitions: (length) => {
    let text = "";
    for (let i = 0; text.length < length; i++) text += `[x${i}]: y\n`;
    return text;
  },
  "one definition": repeated("[x]: y\n"),
  references: (length) => `[x]: y\n\n${"[x] ".repeat(length / 4)}`,
  "references to much": (length) => `[x]: ${"y".repeat(length / 20)}\n\n${"[x] ".repeat(length / 8)}`,
  footnotes: (length) => {
    let text = "";
    for (let i = 0; text.length < length; i++) text += `a[^${i}]\n\n[^${i}]: b\n\n`;
    return text;
  },
  dollars: repeated("$"),
  "dollars and text": repeated("$a "),
  "opened formulas": repeated("\\( "),
  stars: repeated("*a "),
  "stars and underscores": repeated("*a_ "),
  tildes: repeated("~~a "),
  "opened tags": repeated("<a "),
  "tags never closed": repeated("<b>"),
  "closing tags": repeated("</b>"),
  fences: repeated("```\n"),
  "fences never closed": repeated("```a\n\n---\n\n"),
  tables: repeated("| a | b |\n|---|---|\n| c | d |\n\n"),
  "wide tables": (length) => `${"|a".repeat(200)}|\n${"|-".repeat(200)}|\n${"|\n".repeat(length / 4)}`,
  entities: repeated("&amp"),
  addresses: repeated("www.a"),
  "mail addresses": repeated("a@"),
  "front matter": (length) => `---\n${"a: b\n".repeat(length / 5)}---\n`,
  "headings of one name": repeated("# a\n\n---\n\n"),
  "attributes of headings": repeated("# a {#b .c}\n\n"),
};
