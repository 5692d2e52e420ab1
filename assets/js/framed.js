// A deck in a frame of another page: links that lead out of the frame, and a way to the whole screen.

// The speaker view has frames of its own; those are part of the deck.
export const isFramed = () => window.parent !== window && !new URLSearchParams(location.search).has("receiver");

const svg = (path) =>
  `<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
const ENTER = svg("M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5");
const LEAVE = svg("M9 4v5H4M20 9h-5V4M15 20v-5h5M4 15h5v5");
const OPEN = svg("M13 5h6v6M19 5l-9 9M17 14v5H5V7h5");

function name(element, label, icon) {
  element.title = label;
  element.setAttribute("aria-label", label);
  element.innerHTML = icon;
}

function screenButton() {
  const button = document.createElement("button");
  button.type = "button";
  const show = () =>
    name(button, ...(document.fullscreenElement ? ["Leave full screen", LEAVE] : ["Full screen", ENTER]));
  button.addEventListener("click", () => {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen();
    change.catch((error) => console.warn("decksd: full screen:", error.message));
    button.blur(); // or the space bar would press it again, instead of going on
  });
  document.addEventListener("fullscreenchange", show);
  show();
  return button;
}

// Where the page around, or the browser, allows no full screen: the same slide in a tab of its own.
function openLink() {
  const link = document.createElement("a");
  link.target = "_blank";
  link.rel = "noopener";
  link.href = location.href;
  link.addEventListener("click", () => (link.href = location.href));
  name(link, "Open in a new tab", OPEN);
  return link;
}

const isElsewhere = (url) => url.href.split("#")[0] !== location.href.split("#")[0];

// Decided when a link is followed, as slides may be changed by scripts.
function leadOut(event) {
  const link = event.target.closest?.("a[href], area[href]");
  if (!link || (link.target && link.target !== "_self")) return;
  const url = new URL(link.getAttribute("href"), document.baseURI);
  if (!isElsewhere(url)) return;
  link.setAttribute("target", "_blank");
  link.relList?.add("noopener");
}

export function fitIntoFrame() {
  document.documentElement.classList.add("deck-framed");
  for (const link of document.querySelectorAll(".deck-nav a")) link.target = "_top";
  document.addEventListener("click", leadOut, true);
  const tools = document.createElement("div");
  tools.className = "deck-screen";
  tools.setAttribute("role", "region");
  tools.setAttribute("aria-label", "Frame");
  tools.append(document.fullscreenEnabled ? screenButton() : openLink());
  document.body.append(tools);
}
