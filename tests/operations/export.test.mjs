// The sample for nginx that serves an exported site, with only its port and directory changed, and below a path.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { repository } from "../lib/decksd.mjs";
import { startExported } from "../lib/exported.mjs";
import { get } from "../lib/get.mjs";

for (const below of ["", "/talks"])
  test(`the sample for exported sites works${below && ", below a path too"}`, async () => {
    const site = await startExported({ root: path.join(repository, "decks"), below });
    const visit = (target, headers) => get(new URL(target, site.url), { headers });
    try {
      const page = await visit("welcome/", { "Accept-Encoding": "gzip" });
      assert.equal(page.headers["content-encoding"], "gzip");
      assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
      assert.equal(page.headers["cache-control"], "no-cache");
      assert.equal(page.headers.vary, "Accept-Encoding");
      assert.equal(gunzipSync(page.body).toString(), (await visit("welcome/")).text);
      assert.equal((await visit("welcome/", { "If-None-Match": (await visit("welcome/")).headers.etag })).status, 304);

      const asset = (await visit("")).text.match(/href="(_\/[^"]+\.css)"/)[1];
      const { headers } = await visit(asset);
      assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
      for (const answer of [page.headers, headers]) {
        assert.equal(answer["x-content-type-options"], "nosniff");
        assert.equal(answer["referrer-policy"], "strict-origin-when-cross-origin");
      }

      const moved = await visit("welcome");
      assert.equal(moved.status, 301);
      assert.equal(moved.headers.location, `${below}/welcome/`);
      assert.match((await visit("welcome/about")).text, /<h1/);

      const missing = await visit("no/such/talk/");
      assert.equal(missing.status, 404);
      const style = missing.text.match(/href="([^"]+\.css)"/)[1];
      assert.equal((await get(new URL(style, site.url))).status, 200);
      assert.equal((await visit(".decksd-export")).status, 404);
    } finally {
      await site.stop();
    }
  });
