// The part that draws math with KaTeX.
import katex from "katex";
import "katex/contrib/mhchem";
import { splitMath } from "./math-split.js";
import { definePart } from "./parts.js";

// Notes are shown in the speaker's window, which has no style for drawn math: there TeX reads better than a ruin of it.
const IGNORED = "pre, code, script, style, textarea, noscript, svg, math, .katex, .mermaid, aside.notes";

function draw(element, tex, displayMode, settings) {
  katex.render(tex, element, { ...settings, displayMode, throwOnError: false });
  return element;
}

function drawText(node, settings) {
  const pieces = splitMath(node.data);
  if (!pieces.some((piece) => "tex" in piece)) return;
  node.replaceWith(
    ...pieces.map(({ text, tex, display }) => text ?? draw(document.createElement("span"), tex, display, settings)),
  );
}

definePart("math", (slides, { raw, ...settings }) => {
  const shared = { ...settings, macros: { ...settings.macros } }; // \gdef lasts from slide to slide
  for (const element of slides.querySelectorAll(".math.inline, .math.display")) {
    draw(element, element.textContent, element.matches(".display"), shared);
  }
  if (raw) return;
  slides.normalize();
  const walker = document.createTreeWalker(slides, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
    if (node.nodeType === Node.ELEMENT_NODE)
      return node.matches(IGNORED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    return /[$\\]/.test(node.data) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
  });
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) drawText(node, shared);
});
