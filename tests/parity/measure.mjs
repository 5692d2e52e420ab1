// Serves decks with decksd, shows the same decks with reveal.js, and compares.
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { launchChromium } from "../lib/chromium.mjs";
import { startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { compareDeck } from "./compare.mjs";
import { findDecks, pluginOptions, readDeck } from "./deck.mjs";
import { mend, withoutBlankSlides } from "./mend.mjs";
import { openStage } from "./stage.mjs";

const NOT_OF_THE_DECK = new Set(["deck.json", "reference.json", "parity.json"]);

/** The deck's settings as lines of YAML (JSON strings are YAML). */
function settings(deck) {
  const all = { source: deck.file };
  if (deck.charset) all.charset = deck.charset;
  if (deck.format !== "html") {
    if (deck.separator) all.separator = deck.separator;
    all.verticalSeparator = deck.vertical ?? false;
    if (deck.notes) all.notesSeparator = deck.notes;
  }
  return all;
}

async function readIfThere(file) {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
}

/** Copies a deck below the root; what deck.json says of it goes into its deck.yaml, unless its own files say it. */
async function placeDeck(deck, root) {
  const directory = path.join(root, deck.slug);
  await mkdir(directory, { recursive: true });
  await cp(deck.directory, directory, {
    recursive: true,
    filter: (from) => path.dirname(from) !== deck.directory || !NOT_OF_THE_DECK.has(path.basename(from)),
  });
  if (deck.native) return;
  const said = settings(deck);
  const own = (await readIfThere(path.join(directory, "deck.yaml")))
    .split("\n")
    .filter((line) => !(line.split(":")[0] in said));
  const ours = Object.entries(said).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  await writeFile(path.join(directory, "deck.yaml"), [...own, ...ours, ""].join("\n"));
}

async function fetchPage(url) {
  const response = await fetch(url, { headers: { "Accept-Encoding": "identity" } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
}

/** What reveal.js makes of a deck, as it is and mended. */
export async function referenceSlides(stage, deck) {
  if (deck.format === "html") {
    const plain = await stage.html(deck.text);
    return { plain, mended: plain };
  }
  const options = { text: deck.text, ...pluginOptions(deck) };
  const plain = await stage.markdown(options);
  return { plain, mended: withoutBlankSlides(await stage.markdown(mend(options))) };
}

/**
 * Measures all decks below a directory. Calls `each(deck, result)` in order; a result is compareDeck's, or has `error`.
 * `validate`: instead of decksd's slides, those of the deck's reference.json are compared.
 */
export async function measure(directories, { each, exceptions = [], options = {}, validate = false }) {
  const found = (await Promise.all(directories.map((it) => findDecks(path.resolve(it))))).flat();
  const decks = await Promise.all(found.map(readDeck));
  const slugs = new Set(decks.map(({ slug }) => slug));
  if (slugs.size !== decks.length) throw new Error("two decks with the same slug");

  const root = await temporaryDirectory("parity");
  let server;
  let browser;
  try {
    if (!validate) {
      for (const deck of decks) await placeDeck(deck, root.path);
      server = await startDecksd({ root: root.path });
    }
    browser = await launchChromium();
    const stage = await openStage(browser);
    const servedSlides = async ({ slug, directory }) =>
      validate
        ? JSON.parse(await readFile(path.join(directory, "reference.json"), "utf8"))
        : stage.rendered(await fetchPage(new URL(`${encodeURIComponent(slug)}/`, server.url)));
    for (const deck of decks) {
      let result;
      try {
        const served = await servedSlides(deck);
        const { plain, mended } = await referenceSlides(stage, deck);
        const own = JSON.parse((await readIfThere(path.join(deck.directory, "parity.json"))) || "[]");
        const named = exceptions.filter((it) => it.deck === deck.slug);
        result = compareDeck({ served, plain, mended, exceptions: [...own, ...named], options });
      } catch (error) {
        result = { error };
      }
      await each(deck, result);
    }
  } finally {
    await browser?.close();
    await server?.stop();
    await root.remove();
  }
}
