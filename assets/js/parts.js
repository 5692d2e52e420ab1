// Loads what a deck needs besides deck.js, named in the data attributes of the script element.

function load(url) {
  return new Promise((resolve, reject) => {
    const isStyle = /\.css$/.test(url);
    const element = document.createElement(isStyle ? "link" : "script");
    if (isStyle) {
      element.rel = "stylesheet";
      element.href = url;
    } else {
      element.src = url;
    }
    element.onload = resolve;
    element.onerror = () => reject(new Error(`decksd: cannot load ${url}`));
    document.head.append(element);
  });
}

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
