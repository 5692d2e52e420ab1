// A page with reveal.js 6 and its Markdown plugin, nothing else, on which decks are set up and read.
//
// Nothing leaves the machine: the page, its two scripts and nothing more are answered from memory, every other request
// is refused. Scripts inside decks do not run (they come in through innerHTML).
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { extractSlides } from "./extract.mjs";
import { STRAY } from "./mend.mjs";

const require = createRequire(import.meta.url);
const ORIGIN = "http://stage.test";
const PAGE = `<!doctype html><meta charset="utf-8"><title>Stage</title>
<script src="/reveal.js"></script><script src="/markdown.js"></script>
<div class="reveal"><div class="slides"></div></div>`;

/**
 * Runs in the page: hands the deck to the plugin as reveal.js would, and remembers each slide's source.
 * `mendSlides` (see mend.mjs): blank lines at a slide's start go, and all after its first notes line is notes.
 */
async function setMarkdown({ text, separator, verticalSeparator, notesSeparator, mendSlides }) {
  const slides = document.querySelector(".slides");
  const markdown = window.RevealMarkdown();

  function mendSlide(source) {
    source = source.replace(/^(?:[ \t]*\n)+/, "");
    const [body, ...notes] = splitAt(source, new RegExp(notesSeparator, "mgi"));
    if (notes.length === 0) return body;
    return `${body}<aside class="notes">${markdown.marked.parse(notes.join("\n\n").trim())}</aside>`;
  }

  function splitAt(string, expression) {
    const parts = [];
    let start = 0;
    for (const match of string.matchAll(expression)) {
      parts.push(string.slice(start, match.index));
      start = match.index + match[0].length;
    }
    return [...parts, string.slice(start)];
  }

  const feeder = {
    id: "feeder",
    async init() {
      const NEVER = "(?!)";
      slides.innerHTML = markdown.slidify(text, {
        separator,
        verticalSeparator,
        notesSeparator: mendSlides ? NEVER : notesSeparator,
      });
      for (const section of slides.querySelectorAll("section[data-markdown]")) {
        const template = section.querySelector("script");
        section.decksdSource = template.textContent;
        if (mendSlides) template.textContent = mendSlide(template.textContent);
      }
      await markdown.convertSlides();
    },
  };
  await window.Reveal.initialize({ plugins: [markdown, feeder] });
}

async function setHtml({ inside }) {
  document.querySelector(".slides").innerHTML = inside;
  await window.Reveal.initialize({ plugins: [window.RevealMarkdown()] });
}

async function setSlides({ inside }) {
  document.querySelector(".slides").innerHTML = inside;
  await window.Reveal.initialize({});
}

export async function openStage(browser) {
  const files = {
    "/": { contentType: "text/html", body: PAGE },
    "/reveal.js": { contentType: "text/javascript", body: await readFile(require.resolve("reveal.js")) },
    "/markdown.js": {
      contentType: "text/javascript",
      body: await readFile(require.resolve("reveal.js/plugin/markdown")),
    },
  };
  const context = await browser.newContext();
  await context.route("**/*", (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === ORIGIN && route.request().resourceType() !== "image" && files[url.pathname];
    return file ? route.fulfill(file) : route.abort();
  });
  const page = await context.newPage();
  page.on("dialog", (dialog) => dialog.dismiss());

  async function show(setUp, deck) {
    await page.goto(`${ORIGIN}/`);
    await page.evaluate(setUp, deck);
    return page.evaluate(extractSlides, { stray: STRAY });
  }

  return {
    /** What reveal.js and its plugin make of a Markdown deck. */
    markdown: (deck) => show(setMarkdown, deck),
    /** What they make of the inside of `.slides`, sections with data-markdown included. */
    html: (inside) => show(setHtml, { inside }),
    /** A page that a server rendered: its `.slides`, its own scripts left out. */
    async rendered(html) {
      const inside = await page.evaluate((source) => {
        const slides = new DOMParser().parseFromString(source, "text/html").querySelector(".reveal .slides");
        return slides?.innerHTML;
      }, html);
      if (inside === undefined) throw new Error("no .reveal .slides in the page");
      return show(setSlides, { inside });
    },
    close: () => context.close(),
  };
}
