// Decks in frames of a page of another site.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { browserSuite } from "../lib/suite.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { openDeck, untilTools } from "../lib/watch.mjs";

const root = await temporaryDirectory("embedding");
after(root.remove);

root.write("other.md", "# Another deck\n");
root.write(
  "open/deck.md",
  `# One

[far](https://far.example/) [near](../other.md) [here](#/third)

---

## Two

----

## Two and a half

---

<!-- .slide: id="third" -->

## Three
`,
);
const guarded = "embed: false\n---\n\n# Not for others\n\nNote: Only the speaker sees this.\n\n---\n\n## Two\n";
root.write("guarded/deck.md", `---\n${guarded}`);
root.write("guarded/demo.html", "<!doctype html><title>Demo</title><p>demo");

const { browser, server, url } = await browserSuite({ root: root.path });

// To the browser, localhost is another site than 127.0.0.1.
const embedder = createServer((request, response) => {
  const { searchParams: wanted } = new URL(request.url, "http://localhost");
  const allow = wanted.has("screen") ? 'allow="fullscreen"' : "";
  response.setHeader("Content-Type", "text/html");
  response.end(`<!doctype html><title>A blog</title><body style="margin:0">
    <iframe src="${url(wanted.get("deck") ?? "/")}" ${allow} width="${wanted.get("width") ?? 640}" height="360"
      style="border:0;display:block" title="Slides"></iframe><p>Further down.</p>`);
}).listen(0, "127.0.0.1");
await once(embedder, "listening");
after(() => embedder.close());

/** Opens the blog with a deck in its frame; options are those of the address above. */
async function openBlog(context, options) {
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(`http://localhost:${embedder.address().port}/?${new URLSearchParams(options)}`);
  const frame = page.frames()[1];
  return { page, frame, errors };
}

async function openFramed(context, options) {
  const opened = await openBlog(context, { deck: "/open/", ...options });
  await opened.frame.waitForFunction(() => globalThis.Reveal?.isReady());
  return opened;
}

const waitForSlide = (frame, h, v = 0) =>
  frame.waitForFunction(
    ([wantedH, wantedV]) => {
      const at = globalThis.Reveal.getIndices();
      return at.h === wantedH && (at.v ?? 0) === wantedV;
    },
    [h, v],
  );

function framed(name, body, options = {}) {
  test(name, async () => {
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, ...options });
    context.setDefaultTimeout(20000);
    await body(context);
    await context.close();
  });
}

framed("fits its frame, whatever the size", async (context) => {
  for (const width of [800, 320]) {
    const { page, frame, errors } = await openFramed(context, { width });
    const box = await frame.evaluate(() => {
      const slides = globalThis.document.querySelector(".slides").getBoundingClientRect();
      const { scrollWidth, scrollHeight } = globalThis.document.documentElement;
      return {
        left: slides.left,
        right: slides.right,
        top: slides.top,
        bottom: slides.bottom,
        scrollWidth,
        scrollHeight,
      };
    });
    assert.ok(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= 360, JSON.stringify(box));
    assert.ok(box.right - box.left > width / 2.5, JSON.stringify(box));
    assert.ok(box.scrollWidth <= width && box.scrollHeight <= 360, JSON.stringify(box));
    assert.equal(await frame.evaluate(() => globalThis.Reveal.isScrollView()), false);
    assert.deepEqual(errors, []);
    await page.close();
  }
});

framed("arrows leave a small frame to the slide, yet are large enough to touch", async (context) => {
  const { frame } = await openFramed(context, { width: 320 });
  const box = (name) => frame.locator(`.controls .navigate-${name}`).boundingBox();
  await frame.locator(".controls .navigate-right").waitFor();
  const [left, right] = [await box("left"), await box("right")];
  assert.ok(right.width >= 24, `${right.width}`);
  assert.ok(right.x + right.width - left.x < 100, `${left.x} to ${right.x}`);
});

framed("slides change by keyboard", async (context) => {
  const { page, frame, errors } = await openFramed(context);
  await page.mouse.click(20, 340);
  await page.keyboard.press("ArrowRight");
  await waitForSlide(frame, 1);
  await page.keyboard.press("ArrowDown");
  await waitForSlide(frame, 1, 1);
  await page.keyboard.press("Space");
  await waitForSlide(frame, 2);
  assert.equal(page.url().includes("#"), false);
  assert.deepEqual(errors, []);
});

framed(
  "slides change by swipe",
  async (context) => {
    const { page, frame, errors } = await openFramed(context, { width: 360 });
    const session = await context.newCDPSession(page);
    async function swipe([fromX, fromY], [toX, toY]) {
      const touch = (type, points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
      await touch("touchStart", [{ x: fromX, y: fromY }]);
      for (let step = 1; step <= 5; step++)
        await touch("touchMove", [{ x: fromX + ((toX - fromX) * step) / 5, y: fromY + ((toY - fromY) * step) / 5 }]);
      await touch("touchEnd", []);
    }
    await swipe([300, 200], [80, 200]);
    await waitForSlide(frame, 1);
    await swipe([180, 300], [180, 100]);
    await waitForSlide(frame, 1, 1);
    await swipe([80, 200], [300, 200]);
    await waitForSlide(frame, 0);
    assert.deepEqual(errors, []);
  },
  { viewport: { width: 400, height: 700 }, hasTouch: true, isMobile: true },
);

framed("offers the whole screen, and the way back", async (context) => {
  const { page, frame, errors } = await openFramed(context, { screen: 1 });
  const isFull = (full) => frame.waitForFunction((wanted) => Boolean(document.fullscreenElement) === wanted, full);
  await frame.getByRole("button", { name: "Full screen" }).click();
  await isFull(true);
  assert.equal(await page.evaluate(() => globalThis.document.fullscreenElement.tagName), "IFRAME");
  await page.keyboard.press("ArrowRight");
  await waitForSlide(frame, 1);
  await frame.getByRole("button", { name: "Leave full screen" }).click();
  await isFull(false);
  await page.keyboard.press("Space");
  await waitForSlide(frame, 1, 1);
  assert.deepEqual(errors, []);
});

framed("offers a tab of its own where the page around allows no full screen", async (context) => {
  const { page, frame } = await openFramed(context);
  assert.equal(await frame.getByRole("button", { name: "Full screen" }).count(), 0);
  await page.mouse.click(20, 340);
  await page.keyboard.press("ArrowRight");
  await waitForSlide(frame, 1);
  await frame.waitForFunction(() => globalThis.location.hash === "#/two"); // reveal.js writes it some time later
  const opening = context.waitForEvent("page");
  await frame.getByRole("link", { name: "Open in a new tab" }).click();
  const tab = await opening;
  await waitForSlide(tab, 1);
  assert.equal(new URL(tab.url()).pathname, "/open/");
  assert.equal(await tab.locator(".deck-screen").count(), 0);
});

framed("links lead out of the frame, but for those within the deck", async (context) => {
  const { page, frame } = await openFramed(context);
  await context.route("https://far.example/**", (route) => route.fulfill({ body: "far away" }));
  for (const [name, expected] of [
    ["far", "https://far.example/"],
    ["near", url("/other/")],
  ]) {
    const opening = context.waitForEvent("page");
    await frame.getByRole("link", { name }).click();
    const tab = await opening;
    await tab.waitForURL(expected);
    await tab.close();
  }
  await page.bringToFront();
  await frame.getByRole("link", { name: "here" }).click();
  await waitForSlide(frame, 2);
  await frame.locator(".deck-nav a >> nth=0").click({ force: true });
  await page.waitForURL(server.url);
});

framed("embed: false keeps deck and files out of frames of other sites", async (context) => {
  for (const deck of ["/guarded/", "/guarded/demo.html"]) {
    const { page, errors } = await openBlog(context, { deck });
    while (errors.length === 0) await page.waitForEvent("console");
    assert.match(errors[0], /frame-ancestors 'self'.*blocked/);
    assert.equal(await page.frameLocator("iframe").locator(".reveal, p").filter({ visible: true }).count(), 0);
    await page.close();
    const page2 = await context.newPage();
    const response = await page2.goto(url(deck));
    assert.equal(response.headers()["x-frame-options"], "SAMEORIGIN");
    assert.match(response.headers()["content-security-policy"], /; frame-ancestors 'self'$/);
    await page2.close();
  }
});

framed("embed: false leaves the speaker view its frames", async (context) => {
  const page = await context.newPage();
  await openDeck(page, url("/guarded/"));
  await untilTools(page);
  const opening = context.waitForEvent("page");
  await page.keyboard.press("s");
  const view = await opening;
  await view.locator(".speaker-controls-notes .value").filter({ hasText: "Only the speaker" }).waitFor();
  const current = view.frameLocator("#current-slide iframe");
  await current.locator("section.present h1").filter({ hasText: "Not for others" }).waitFor();
  assert.equal(await current.locator(".deck-screen").count(), 0);
});
