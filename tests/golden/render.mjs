// Markdown through our renderer, and HTML in the form in which two of them are compared.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { repository } from "../lib/decksd.mjs";

const tool = path.resolve(repository, process.env.RENDER || "build/tests/tools/render");

function run(mode, texts) {
  const input = texts.map((text) => `${text}\0`).join("");
  const output = execFileSync(tool, [mode], { input, encoding: "utf8", maxBuffer: 1 << 26 });
  return output.split("\0").slice(0, -1);
}

// Attributes aside: pictures load lazily, and code has its language as reveal.js writes it, too. As reveal.js does, we write
// no line feed behind a <br> nor at the end of code.
const plain = (html) =>
  html
    .replace(/ loading="lazy"/g, "")
    .replace(/ class="[^"]*(language-[^"]*)"/g, ' class="$1"')
    .replace(/<br>\n/g, "<br>")
    .replace(/\n+<\/code><\/pre>/g, "</code></pre>")
    .replaceAll("&quot;", '"')
    .replace(/>\s*\n\s*</g, "><")
    .trim();

// GitHub's dialect links bare addresses (GFM §6.9): in these examples CommonMark says that they are none.
const link = (url, text = url) => `<a href="${url}">${text}</a>`;
export const BARE = new Map([
  ["http://example.com\n", `<p>${link("http://example.com")}</p>`],
  ["<http://foo.bar/baz bim>\n", `<p>&lt;${link("http://foo.bar/baz")} bim&gt;</p>`],
  ["< http://foo.bar >\n", `<p>&lt; ${link("http://foo.bar")} &gt;</p>`],
  ["foo@bar.example.com\n", `<p>${link("mailto:foo@bar.example.com", "foo@bar.example.com")}</p>`],
  ["<foo\\+@bar.example.com>\n", `<p>&lt;${link("mailto:foo+@bar.example.com", "foo+@bar.example.com")}&gt;</p>`],
]);

/** What decksd makes of each text. */
export const rendered = (texts) => run("markdown", texts).map(plain);

// HTML has no `align` any more, so our cells have a style.
const styled = (html) => html.replace(/ align="(left|center|right)"/g, ' style="text-align: $1"');

/** HTML written anew by our tree, which leaves comments out. */
export const normalised = (htmls) => run("tree", htmls.map(styled)).map(plain);
