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

/** What decksd makes of each text. */
export const rendered = (texts) => run("markdown", texts).map(plain);

/** HTML written anew by our tree, which leaves comments out. */
export const normalised = (htmls) => run("tree", htmls).map(plain);
