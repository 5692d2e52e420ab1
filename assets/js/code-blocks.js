// Gives code blocks their lines, numbers and steps, as reveal.js's highlight plugin does, yet before reveal.js starts
// and without highlight.js: so every step is a fragment when the address is read, and colours may come later.
import { formatStep, parseSteps, splitLines, trimCode } from "./code-steps.js";

const blocks = (root) => [...root.querySelectorAll("pre code")].filter((code) => !code.closest(".mermaid"));

const escapeText = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

// Elements inside of code are text, unless the author asked for them.
function readText(code) {
  const template = code.querySelector('script[type="text/template"]');
  if (template) code.textContent = template.innerHTML.replace(/<\\\/script/g, "</script");
  const keeps = code.hasAttribute("data-noescape");
  if (code.childElementCount && !keeps) code.innerHTML = code.innerHTML.replace(/</g, "&lt;").replace(/>/g, "&gt;");
  if (!code.hasAttribute("data-trim")) return;
  if (code.childElementCount) code.innerHTML = trimCode(code.innerHTML);
  else code.textContent = trimCode(code.textContent);
}

function addLineNumbers(code) {
  const html = code.childElementCount ? code.innerHTML : escapeText(code.textContent);
  const start = Number(code.getAttribute("data-ln-start-from") || 1);
  const base = Number.isFinite(start) ? start : 1;
  const rows = splitLines(html).map((line, i) => {
    const n = `data-line-number="${base + i}"`;
    return (
      `<tr><td class="hljs-ln-line hljs-ln-numbers" ${n}><div class="hljs-ln-n" ${n}></div></td>` +
      `<td class="hljs-ln-line hljs-ln-code" ${n}>${line || " "}</td></tr>`
    );
  });
  code.innerHTML = `<table class="hljs-ln"><tbody>${rows.join("")}</tbody></table>`;
}

function markLines(code, step) {
  const rows = code.querySelectorAll("tr");
  for (const { first, last } of step) {
    for (let i = first; i <= Math.min(last, rows.length); i++) rows[i - 1]?.classList.add("highlight-line");
  }
  code.classList.toggle("has-highlights", code.querySelector(".highlight-line") !== null);
}

// Scrolls a block that is too long for its slide to the middle of its marked lines.
function scrollToLines(code, smooth) {
  const marked = code.querySelectorAll(".highlight-line");
  const room = code.clientHeight;
  if (!marked.length || code.scrollHeight <= room) return;
  const top = marked[0].offsetTop;
  const last = marked[marked.length - 1];
  const height = Math.min(last.offsetTop + last.offsetHeight - top, room);
  code.scrollTo({ top: top - (room - height) / 2, behavior: smooth ? "smooth" : "instant" });
}

function addSteps(code) {
  const [first, ...rest] = parseSteps(code.getAttribute("data-line-numbers"));
  let index = Number.parseInt(code.getAttribute("data-fragment-index"), 10);
  let previous = code;
  for (const step of rest) {
    const copy = code.cloneNode(true);
    copy.removeAttribute("id");
    copy.setAttribute("data-line-numbers", formatStep(step));
    copy.classList.add("fragment");
    if (Number.isNaN(index)) copy.removeAttribute("data-fragment-index");
    else copy.setAttribute("data-fragment-index", index++);
    code.parentElement.append(copy);
    markLines(copy, step);
    const before = previous;
    copy.addEventListener("visible", () => {
      copy.scrollTop = before.scrollTop;
      scrollToLines(copy, true);
    });
    copy.addEventListener("hidden", () => {
      before.scrollTop = copy.scrollTop;
      scrollToLines(before, true);
    });
    previous = copy;
  }
  if (rest.length) {
    code.removeAttribute("data-fragment-index");
    code.setAttribute("data-line-numbers", formatStep(first));
  }
  markLines(code, first);
  code.closest("section")?.addEventListener("visible", () => scrollToLines(code, false), { once: true });
}

// Without steps, as on a printed page that shows all of a slide at once, code that has them stands unmarked.
export function prepareCode(root, { steps = true } = {}) {
  for (const code of blocks(root)) {
    code.parentElement.classList.add("code-wrapper");
    readText(code);
    code.classList.add("hljs");
    if (!code.hasAttribute("data-line-numbers") || !code.textContent.trim()) continue;
    addLineNumbers(code);
    if (steps || !code.getAttribute("data-line-numbers").includes("|")) addSteps(code);
  }
}

const SMALLEST_PRINT = 0.3;

// Paper does not scroll: where a slide is higher than its page, its code is set smaller.
export function fitPrintedCode(root, isCentred) {
  for (const page of root.querySelectorAll(".pdf-page")) {
    const slide = page.querySelector("section:not(.stack)");
    const boxes = [...(slide?.querySelectorAll("pre.code-wrapper") ?? [])];
    const room = page.clientHeight;
    if (!boxes.length || slide.scrollHeight <= room) continue;
    for (let attempt = 0; attempt < 3 && slide.scrollHeight > room; attempt++) {
      const code = boxes.reduce((sum, box) => sum + box.offsetHeight, 0);
      const factor = Math.max((room - (slide.scrollHeight - code)) / code, SMALLEST_PRINT) * 0.98;
      for (const box of boxes) box.style.fontSize = `${Number.parseFloat(getComputedStyle(box).fontSize) * factor}px`;
    }
    if (isCentred) slide.style.top = `${Math.max((room - slide.scrollHeight) / 2, 0)}px`;
  }
}

// Colours what is there: colour(text, code) gives HTML made of text and spans, or null to leave the block alone.
export function colourCode(root, colour) {
  for (const code of blocks(root)) {
    const cells = [...code.querySelectorAll(".hljs-ln-code")];
    const marked = cells.length ? cells.some((cell) => cell.childElementCount) : code.childElementCount > 0;
    if (marked) continue; // markup that the author wrote on purpose stays
    const text = cells.length ? cells.map((cell) => cell.textContent).join("\n") : code.textContent;
    const html = colour(text, code);
    if (html === null) continue;
    if (!cells.length) {
      code.innerHTML = html;
      continue;
    }
    const lines = splitLines(html);
    cells.forEach((cell, i) => {
      cell.innerHTML = lines[i] || " ";
    });
  }
}
