// One decksd and one Chromium for all tests of a file, gone when they are done.
import { after, test } from "node:test";
import { launchChromium } from "./chromium.mjs";
import { startDecksd } from "./decksd.mjs";
import { watchContext } from "./watch.mjs";

/**
 * Call at the top of a test file. `visit(options)` opens a new context: {page, context, watch}, `options` as for
 * playwright's newContext; the test closes it, or it goes with the browser. `onPage(address)` makes tests of one page:
 * what it returns is called as `test` is, with `run(page, context, watch)`, and fails for anything that went wrong in
 * the page.
 */
export async function browserSuite({ root, args }) {
  const server = await startDecksd({ root, args });
  let browser;
  after(async () => {
    await browser?.close();
    await server.stop();
  });
  browser = await launchChromium();

  async function visit(options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
    context.setDefaultTimeout(15000);
    const watch = await watchContext(context, server.url);
    return { context, watch, page: await context.newPage() };
  }

  return {
    server,
    browser,
    url: (path) => new URL(path, server.url).href,
    visit,
    onPage: (address) => (name, run, options) =>
      test(name, async () => {
        const { page, context, watch } = await visit(options);
        try {
          await page.goto(new URL(address, server.url).href);
          await run(page, context, watch);
          watch.assertClean();
        } finally {
          await context.close();
        }
      }),
  };
}
