// A manual page, in man(7), from a document in Markdown: tables become lists, links to other documents name their pages.
import { lexer } from "../../assets/node_modules/marked/lib/marked.esm.js";

// How another document is called in a manual.
const DOCUMENTS = {
  "configuration.md": "decksd.yaml(5)",
  "deck-format.md": "decksd-deck(5)",
  "decksd.1": "decksd(1)",
};
// What columns of a table say without being named.
const PROSE = ["what", "meaning", "effect", "when", ""];

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
const decode = (text) => text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]);

// Text for roff: no character of it is a command.
const roff = (text) =>
  decode(text).replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("'", "\\(aq").replaceAll("`", "\\(ga");
// A line that begins with a dot is no command either.
const asLine = (text) => text.replace(/^\./, "\\&.");

function link({ href, tokens }) {
  const text = inline(tokens);
  const [path] = href.split("#");
  const page = DOCUMENTS[path.replace(/^.*\//, "")];
  if (page) return `\\fB${roff(page)}\\fP`;
  return /^https?:/.test(href) && decode(href) !== tokens.map((token) => token.raw).join("")
    ? `${text} (${roff(href)})`
    : text;
}

function inline(tokens) {
  return tokens
    .map((token) => {
      switch (token.type) {
        case "codespan":
          return `\\fB${roff(token.text)}\\fP`;
        case "strong":
        case "em":
          return `\\fI${inline(token.tokens)}\\fP`;
        case "link":
          return link(token);
        case "br":
          return "\n.br\n";
        case "text":
        case "escape":
        case "html":
          return token.tokens ? inline(token.tokens) : roff(token.text.replaceAll("\n", " "));
        default:
          throw new Error(`no way to put ${token.type} into a manual: ${token.raw}`);
      }
    })
    .join("");
}

function row(cells, header) {
  const [tag, ...rest] = cells.map((cell) => inline(cell.tokens));
  const titles = header.slice(1).map((cell) => inline(cell.tokens));
  const said = rest.map((text, i) => ({ text, title: titles[i] })).filter(({ text }) => text);
  const prose = said.filter(({ title }) => PROSE.includes(title)).map(({ text }) => text);
  const facts = said.filter(({ title }) => !PROSE.includes(title)).map(({ text, title }) => `${title}: ${text}`);
  const body = [...prose, ...(facts.length ? [`${facts.join("; ")}.`] : [])];
  if (!tag) return `.PP\n${body.map(asLine).join("\n.br\n")}\n`;
  return `.TP\n${asLine(tag)}\n${body.map(asLine).join("\n.br\n") || "\\&"}\n`;
}

const code = (text) =>
  `.PP\n.in +4n\n.EX\n${text
    .split("\n")
    .map((line) => asLine(roff(line)))
    .join("\n")}\n.EE\n.in\n`;

function block(token) {
  switch (token.type) {
    case "heading":
      return token.depth === 2 ? `.SH ${roff(token.text.toUpperCase())}\n` : `.SS ${roff(token.text)}\n`;
    case "paragraph":
      return `.PP\n${asLine(inline(token.tokens))}\n`;
    case "list":
      return token.items
        .map((item, i) => {
          const [first, ...more] = item.tokens;
          const mark = token.ordered ? `${token.start + i}.` : "\\(bu";
          return `.IP ${mark} 3\n${asLine(inline(first.tokens))}\n${more.map(block).join("")}`;
        })
        .join("");
    case "table":
      return token.rows.map((cells) => row(cells, token.header)).join("");
    case "code":
      return code(token.text);
    case "space":
      return "";
    default:
      throw new Error(`no way to put ${token.type} into a manual: ${token.raw}`);
  }
}

/** `text` begins with a heading, whose place NAME takes, and goes on with what is said before the next one. */
export function manualPage({ name, description, seeAlso, date, text }) {
  const [, ...tokens] = lexer(text);
  const page = [
    `.\\" Made from Markdown.\n.TH ${name} 5 "${date}" decksd\n`,
    `.SH NAME\n${roff(name)} \\- ${roff(description)}\n.SH DESCRIPTION\n`,
    ...tokens.map(block),
    `.SH SEE ALSO\n${seeAlso.map((page) => `.BR ${roff(page).replace("(", " (")}`).join(" ,\n")}\n`,
  ].join("");
  return page.replace(/^(\.S[HS] .*\n)\.PP\n/gm, "$1");
}
