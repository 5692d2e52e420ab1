// Starts a deck: code steps first, then reveal.js, and once the first slide stands the fonts and the parts that the
// page names. assets/README.md has the contract with the page.
import Reveal from "reveal.js";
import { fitPrintedCode, prepareCode } from "./code-blocks.js";
import { fitIntoFrame, isFramed } from "./framed.js";
import { nameFrames, nameTasks } from "./names.js";
import { loadStyle, runPart } from "./parts.js";
import { nextTurn } from "./turn.js";

const { dataset: parts, src: ownUrl } = document.currentScript;

function readOptions() {
  const element = document.getElementById("reveal-options");
  if (!element) return {};
  try {
    return JSON.parse(element.textContent);
  } catch (error) {
    console.error("decksd: reveal-options is not JSON:", error.message);
    return {};
  }
}

const isPrint = (options) => {
  const query = new URLSearchParams(location.search);
  return query.has("print-pdf") || (query.get("view") ?? options.view) === "print";
};

const options = {
  hash: true,
  pdfSeparateFragments: false,
  pdfMaxPagesPerSlide: 1,
  ...(isFramed() && { scrollActivationWidth: 0 }), // a small frame is no telephone: slides, not a page to scroll
  ...readOptions(),
};
options.plugins = []; // ours come as a part, see tools.js
options.dependencies = []; // files of reveal.js 3 that old decks name: reveal.js would wait for them for ever

// A size in per cent follows the window; then reveal.js's own is near enough to fit a drawing.
const slideSize = { width: Number(options.width) || 960, height: Number(options.height) || 700 };

const root = document.documentElement;
const slides = document.querySelector(".reveal .slides");

function runParts() {
  return Promise.all([
    runPart("code", parts.code, slides),
    runPart("math", parts.math, slides, { ...options.katex, raw: parts.mathMode === "raw" }),
    runPart("mermaid", parts.mermaid, slides, slideSize, options.mermaid),
  ]);
}

// The presenter's tools stand in the code part's file as well; only a deck without code fetches their own.
async function runTools() {
  if (!parts.code) return runPart("tools", new URL(TOOLS_URL, ownUrl).href, Reveal);
  globalThis.deckParts?.tools?.(Reveal);
}

// The rest of reveal.js's style, where the whole of it would stand: behind the theme's, before the author's.
const loadLateStyle = () =>
  loadStyle(new URL(LATE_URL, ownUrl).href, document.querySelector('link[rel="stylesheet"]')).catch((error) =>
    console.warn(error.message),
  );

// Sizes depend on fonts, colours and drawings: once they are there, lay out anew what reveal.js measured before.
function layoutAgain() {
  for (const slide of Reveal.getSlides()) {
    if (slide.style.display !== "none" && slide.querySelector(".r-fit-text")) Reveal.loadSlide(slide);
  }
  Reveal.layout();
}

// All faces of the theme for the letters that the slides have; print measures once and cannot wait for a slide to show.
function loadFonts() {
  const faces = new Set(
    [...document.fonts].map(
      (face) => `${face.style} ${face.weight} 1em ${JSON.stringify(face.family.replace(/["']/g, ""))}`,
    ),
  );
  return Promise.allSettled([...faces].map((face) => document.fonts.load(face, slides.textContent)));
}

// Once a picture is there, only the deck's style says how large it is, as if no size had been written on it.
function freePicture(picture) {
  if (!picture.matches("img[data-natural]")) return;
  for (const name of ["width", "height", "data-natural"]) picture.removeAttribute(name);
}

function freePictures() {
  slides.addEventListener("load", ({ target }) => freePicture(target), true);
  for (const picture of slides.querySelectorAll("img"))
    if (picture.complete && picture.naturalWidth) freePicture(picture);
}

// reveal.js loads a frame when its slide shows; on paper all do.
function loadFrames() {
  for (const frame of document.querySelectorAll("iframe[data-src]:not([src])")) frame.src = frame.dataset.src;
}

// The class tells whoever prints that nothing more will come; what cannot be fetched is not waited for.
async function sayPrintReady() {
  const arrived = (element) =>
    new Promise((done) => {
      element.addEventListener("load", done);
      element.addEventListener("error", done);
      setTimeout(done, 5000);
    });
  const pictures = [...document.images].map((picture) => {
    picture.loading = "eager";
    return picture.decode().catch(() => {});
  });
  await Promise.all([...pictures, ...[...document.querySelectorAll("iframe[src]")].map(arrived)]);
  root.classList.add("print-ready");
}

async function start() {
  const print = isPrint(options);
  prepareCode(slides, { steps: !print || options.pdfSeparateFragments });
  freePictures();
  globalThis.Reveal = Reveal;

  if (print) {
    const laidOut = new Promise((done) => {
      Reveal.on("pdf-ready", () => {
        fitPrintedCode(slides, Reveal.getConfig().center);
        done();
      });
    });
    root.classList.add("fonts-ready");
    nameTasks(slides);
    await Promise.all([loadLateStyle(), runParts(), loadFonts()]);
    await Reveal.initialize(options);
    nameFrames(Reveal);
    loadFrames();
    await laidOut;
    await sayPrintReady();
    return;
  }
  if (isFramed()) fitIntoFrame();
  await Reveal.initialize(options);
  await nextTurn();
  root.classList.add("fonts-ready");
  nameTasks(slides);
  nameFrames(Reveal);
  Reveal.on("slidechanged", () => nameFrames(Reveal));
  await Promise.all([runParts(), loadLateStyle()]);
  await runTools();
  layoutAgain();
  await document.fonts.ready;
  layoutAgain();
}

start();
