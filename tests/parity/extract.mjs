/**
 * Reads the slides of the page that reveal.js has started, one record a leaf slide, in order. Runs inside the browser.
 *
 * A record's `source` is the Markdown that the slide came from,
 * where the oracle left it on the element; `stray` marks, in text, what mend.mjs put in to hold a separator back.
 */
export function extractSlides({ stray }) {
  const STATE = new Set([
    "present",
    "past",
    "future",
    "stack",
    "visible",
    "has-dark-background",
    "has-light-background",
  ]);
  const ATTRIBUTE = /^data-(background|transition|state|auto|visibility|timing|id|notes)/;

  const tidy = (text) =>
    text
      .replaceAll(stray, "")
      .replace(/[\u00AD\u200B]/g, "")
      .replace(/\s+/g, " ")
      .trim();

  const lastSegment = (url) => url.replace(/[?#].*$/s, "").replace(/^.*\//s, "");

  function attributes(section) {
    const attrs = {};
    const classes = [...section.classList].filter((name) => !STATE.has(name)).sort();
    if (classes.length > 0) attrs.class = classes.join(" ");
    for (const { name, value } of section.attributes) if (ATTRIBUTE.test(name)) attrs[name] = value;
    return attrs;
  }

  function record(section, h, v) {
    const notes = [...section.querySelectorAll("aside.notes")].map((aside) => tidy(aside.textContent)).join(" ");
    const body = section.cloneNode(true);
    for (const other of body.querySelectorAll("aside.notes, script, style, template")) other.remove();
    const all = (selector) => [...body.querySelectorAll(selector)];
    return {
      h,
      v,
      attrs: attributes(section),
      notes,
      text: tidy(body.textContent),
      heads: all("h1, h2, h3, h4, h5, h6").map((heading) => `${heading.tagName}:${tidy(heading.textContent)}`),
      li: all("li").length,
      code: all("pre code").length,
      img: all("img").map((img) => lastSegment(img.getAttribute("src") ?? img.getAttribute("data-src") ?? "")),
      tables: all("table").length,
      iframes: all("iframe").length,
      fragments: all(".fragment").length,
      links: all("a[href]").map((a) => a.getAttribute("href")),
      source: section.decksdSource ?? null,
    };
  }

  const leaves = [...document.querySelectorAll(".reveal .slides section")].filter((it) => !it.querySelector("section"));
  return leaves.map((section) => {
    // reveal.js's own answer: a section inside a slide shifts the indices of those after it.
    const { h, v } = window.Reveal.getIndices(section);
    return record(section, h, v ?? 0);
  });
}
