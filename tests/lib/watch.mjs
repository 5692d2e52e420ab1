// A page that keeps a list of everything that a presenter would not want to happen on it.
import assert from "node:assert/strict";

/**
 * Watches all pages of a context, pop-ups included: errors on the console, uncaught exceptions, violations of the
 * Content-Security-Policy, failed requests, answers from 400 on, and requests to any other host than `url`'s.
 */
export async function watchContext(context, url) {
  const host = new URL(url).host;
  const problems = [];
  const requests = [];

  function watchPage(page) {
    page.on("console", (message) => {
      if (["error", "assert"].includes(message.type())) problems.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
    page.on("crash", () => problems.push("the page crashed"));
  }
  context.on("page", watchPage);
  context.on("request", (request) => {
    const target = new URL(request.url());
    if (!target.protocol.startsWith("http")) return;
    requests.push(target.pathname + target.search);
    if (target.host !== host) problems.push(`request to another host: ${target.href}`);
  });
  context.on("requestfailed", (request) => {
    // What the browser itself takes back (a page left while loading, a video that has buffered enough) is no failure.
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") problems.push(`request failed: ${request.url()} ${reason}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  await context.exposeBinding("decksdViolation", (_source, text) => problems.push(text));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      window.decksdViolation(`Content-Security-Policy: ${event.effectiveDirective} forbids ${event.blockedURI}`),
    );
  });

  return {
    problems,
    requests,
    assertClean: () => assert.deepEqual([...new Set(problems)], []),
  };
}

/** Opens a deck's page and waits until it can be presented. */
export async function openDeck(page, url) {
  const response = await page.goto(url);
  await page.waitForFunction(() => globalThis.Reveal?.isReady());
  return response;
}

/** Waits until the deck has the presenter's tools, which come last: speaker view, search, zoom, QR code. */
export const untilTools = (page) => page.waitForFunction(() => globalThis.Reveal.hasPlugin("zoom"));

/** Where a deck stands: horizontal and vertical index and fragment. */
export function position(page) {
  return page.evaluate(() => {
    const { h, v, f } = globalThis.Reveal.getIndices();
    return { h, v: v ?? 0, f: f ?? -1 };
  });
}
