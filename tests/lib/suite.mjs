// One site and one Chromium for all tests of a file, gone when they are done. The site is that of a decksd, or with
// EXPORTED=1 in the environment its export behind nginx, below a path.
import { after, test } from "node:test";
import { launchChromium } from "./chromium.mjs";
import { startDecksd } from "./decksd.mjs";
import { startExported } from "./exported.mjs";
import { watchContext } from "./watch.mjs";

/**
 * Call at the top of a test file. `visit(options)` opens a new context: {page, context, watch}, `options` as for
 * playwright's newContext; the test closes it, or it goes with the browser. `onPage(address)` makes tests of one page:
 * what it returns is called as `test` is, with `run(page, context, watch)`, and fails for anything that went wrong in
 * the page. Addresses are those within the site: "/people/". `needsProgram`, among a test's options, leaves it out where
 * files cannot do what it wants.
 */
export async function browserSuite({ root, args }) {
  const isExported = process.env.EXPORTED === "1";
  const server = await (isExported ? startExported : startDecksd)({ root, args });
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

  const url = (path) => new URL(path.replace("/", ""), server.url).href;

  return {
    server,
    browser,
    url,
    visit,
    needsProgram: isExported ? { skip: "needs the program" } : {},
    onPage:
      (address) =>
      (name, run, { skip, ...options } = {}) =>
        test(name, { skip }, async () => {
          const { page, context, watch } = await visit(options);
          try {
            await page.goto(url(address));
            await run(page, context, watch);
            watch.assertClean();
          } finally {
            await context.close();
          }
        }),
  };
}
