// Loads what a deck needs besides deck.js, named in the data attributes of the script element.

function loading(element, url, place) {
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error(`decksd: cannot load ${url}`));
    place(element);
  });
}

const atEnd = (element) => document.head.append(element);

/** Resolves once the style holds; it stands behind `element`, or at the end of the head. */
export function loadStyle(url, element) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url });
  return loading(link, url, element ? () => element.after(link) : atEnd);
}

const loadScript = (url) => loading(Object.assign(document.createElement("script"), { src: url }), url, atEnd);

const load = (url) => (/\.css$/.test(url) ? loadStyle(url) : loadScript(url));

// Loads a part's files, then runs what its script left in `deckParts`. A file that does not come (the network of a
// conference) costs its part only, never the slides.
export async function runPart(name, urls, ...args) {
  if (!urls) return;
  const results = await Promise.allSettled(urls.trim().split(/\s+/).map(load));
  for (const { reason } of results) if (reason) console.warn(reason.message);
  try {
    await globalThis.deckParts?.[name]?.(...args);
  } catch (error) {
    console.error(error);
  }
}

export function definePart(name, run) {
  globalThis.deckParts = { ...globalThis.deckParts, [name]: run };
}
