// What is sent and what must come back: RFC 9110, 9111, 9112, and nothing for the hostile.
//
// A row is [name, bytes, expectation]. The expectation is a status, or an object:
//   status      a number, or several that are all right
//   has         header fields: a text to be equal to, a RegExp to match, null for absent
//   body        its length, a Buffer or text to be equal to, or a RegExp
//   answers     statuses of all answers on the connection, in order (default: only one)
//   closes      whether the connection ends (default true: rows ask for it)
//   silent      true: it is closed without an answer
//   head        the request is a HEAD
// `site` has what the server said of the resources when it was asked plainly.
import { request } from "./exchange.mjs";
import { files, MODIFIED } from "./root.mjs";

const GET = (target, ...fields) => request(`GET ${target}`, ...fields);
const HEAD = (target, ...fields) => request(`HEAD ${target}`, ...fields);
const raw = (...lines) => `${lines.join("\r\n")}\r\n\r\n`;

const PAGE = "/talk/";
const DATA = "/talk/data.bin";
const data = files["talk/data.bin"];
const before = (date) => new Date(date.getTime() - 1000).toUTCString();
const after = (date) => new Date(date.getTime() + 1000).toUTCString();

function encodings({ page }) {
  const gives = (coding) => ({
    status: 200,
    has: {
      "content-encoding": coding === "identity" ? null : coding,
      etag: page[coding].etag,
      "content-length": page[coding].length,
      vary: "Accept-Encoding",
    },
  });
  const refused = { status: 406, has: { etag: null, "content-encoding": null } };
  return [
    ["nothing said", [], gives("identity")],
    ["empty", ["Accept-Encoding:"], gives("identity")],
    ["gzip", ["Accept-Encoding: gzip"], gives("gzip")],
    ["GZIP", ["Accept-Encoding: GZIP"], gives("gzip")],
    ["x-gzip", ["Accept-Encoding: x-gzip"], gives("gzip")],
    ["br", ["Accept-Encoding: br"], gives("br")],
    ["as browsers say", ["Accept-Encoding: gzip, deflate, br, zstd"], gives("br")],
    ["*", ["Accept-Encoding: *"], gives("br")],
    ["*, but not br", ["Accept-Encoding: *, br;q=0"], gives("gzip")],
    ["several lines", ["Accept-Encoding: deflate", "Accept-Encoding: gzip"], gives("gzip")],
    ["no blanks", ["Accept-Encoding:gzip;q=0.5,br;q=0.4"], gives("gzip")],
    ["odd blanks", ["Accept-Encoding:  \tgzip\t; q=0.5 ,  br ;\tq=0.6 "], gives("br")],
    ["empty elements", ["Accept-Encoding: ,, gzip,,"], gives("gzip")],
    ["weights", ["Accept-Encoding: br;q=0.2, gzip;q=0.8"], gives("gzip")],
    ["upper-case weight", ["Accept-Encoding: br;Q=0.2, gzip;Q=0.8"], gives("gzip")],
    ["weights with three digits", ["Accept-Encoding: br;q=0.998, gzip;q=0.999"], gives("gzip")],
    ["gzip;q=0", ["Accept-Encoding: gzip;q=0"], gives("identity")],
    ["gzip;q=0.000", ["Accept-Encoding: gzip;q=0.000"], gives("identity")],
    ["a word that begins alike", ["Accept-Encoding: gzipped"], gives("identity")],
    ["an unknown coding", ["Accept-Encoding: sdch"], gives("identity")],
    ["a weight above one", ["Accept-Encoding: gzip;q=2"], gives("identity")],
    ["a weight with four digits", ["Accept-Encoding: gzip;q=0.1234"], gives("identity")],
    ["a weight that is none", ["Accept-Encoding: gzip;q=high"], gives("identity")],
    ["identity preferred", ["Accept-Encoding: identity;q=1, gzip;q=0.5"], gives("identity")],
    ["equal weights", ["Accept-Encoding: identity;q=0.5, gzip;q=0.5"], gives("gzip")],
    ["identity refused, gzip taken", ["Accept-Encoding: identity;q=0, gzip"], gives("gzip")],
    ["identity refused, * taken", ["Accept-Encoding: identity;q=0, *;q=0.1"], gives("br")],
    ["identity despite *;q=0", ["Accept-Encoding: identity, *;q=0"], gives("identity")],
    ["identity refused", ["Accept-Encoding: identity;q=0"], refused],
    ["all refused", ["Accept-Encoding: *;q=0"], refused],
    ["only unknown ones taken", ["Accept-Encoding: zstd, *;q=0"], refused],
  ].map(([name, fields, expected]) => [`Accept-Encoding: ${name}`, GET(PAGE, ...fields), expected]);
}

function pages({ page }) {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-cache",
    vary: "Accept-Encoding",
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
    "content-security-policy": /default-src 'none'.*base-uri 'none'/,
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": null,
    "last-modified": /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/,
    date: /GMT$/,
    etag: /^"[^"]+"$/,
    server: null,
    "transfer-encoding": null,
  };
  return [
    ["a page's header", GET(PAGE), { status: 200, has: headers, body: page.identity.length }],
    ["the index's header", GET("/"), { status: 200, has: { ...headers, "last-modified": null } }],
    [
      "HEAD says the same",
      HEAD(PAGE),
      { status: 200, has: { ...headers, "content-length": page.identity.length }, head: true },
    ],
    [
      "HEAD of a coded form",
      HEAD(PAGE, "Accept-Encoding: gzip"),
      {
        status: 200,
        has: { "content-encoding": "gzip", "content-length": page.gzip.length, etag: page.gzip.etag },
        head: true,
      },
    ],
    ["HEAD of what is not there", HEAD("/none"), { status: 404, has: { "content-length": /^[1-9]/ }, head: true }],
    [
      "a text file's type",
      GET("/talk/notes.txt"),
      { status: 200, has: { "content-type": /^text\/plain; charset=utf-8$/ } },
    ],
    ["a query does not matter", GET(`${PAGE}?print-pdf&a=b`), { status: 200, body: page.identity.length }],
    ["an empty query neither", GET(`${PAGE}?`), { status: 200, body: page.identity.length }],
    ["a query of many parts", GET(`${PAGE}?${"a=b&".repeat(1500)}`), { status: 200, body: page.identity.length }],
    ["health", GET("/_/health"), { status: 200, has: { "cache-control": "no-store" }, body: "ok\n" }],
  ];
}

function conditions({ page, file }) {
  const { etag } = page.identity;
  const modified = new Date(page.modified);
  const since = (date) => `If-Modified-Since: ${date}`;
  const unchanged = {
    status: 304,
    has: { etag, vary: "Accept-Encoding", "cache-control": "no-cache", date: /GMT$/, "content-type": null },
    body: 0,
  };
  const failed = { status: 412, has: { etag: null } };
  const rows = [
    ["If-None-Match: the tag", [`If-None-Match: ${etag}`], unchanged],
    ["If-None-Match: weak", [`If-None-Match: W/${etag}`], unchanged],
    ["If-None-Match: *", ["If-None-Match: *"], unchanged],
    ["If-None-Match: in a list", [`If-None-Match: "a", W/"b" ,${etag}`], unchanged],
    ["If-None-Match: behind a tag with a comma", [`If-None-Match: "a,b", ${etag}`], unchanged],
    ["If-None-Match: behind a tag with a backslash", [`If-None-Match: "a\\", ${etag}`], unchanged],
    ["If-None-Match: in the second line", ['If-None-Match: "a"', `If-None-Match: ${etag}`], unchanged],
    ["If-None-Match: another", ['If-None-Match: "a"'], 200],
    ["If-None-Match: without quotes", [`If-None-Match: ${etag.slice(1, -1)}`], 200],
    ["If-None-Match: lower-case weak mark", [`If-None-Match: w/${etag}`], 200],
    ["If-None-Match: empty", ["If-None-Match:"], 200],
    [
      "If-None-Match: identity's tag, gzip taken",
      [`If-None-Match: ${etag}`, "Accept-Encoding: gzip"],
      { status: 200, has: { "content-encoding": "gzip" } },
    ],
    [
      "If-None-Match: gzip's tag, gzip taken",
      [`If-None-Match: ${page.gzip.etag}`, "Accept-Encoding: gzip"],
      { status: 304, has: { etag: page.gzip.etag, "content-encoding": null } },
    ],
    ["If-None-Match misses, date current", ['If-None-Match: "a"', since(page.modified)], 200],
    ["If-None-Match hits, date old", [`If-None-Match: ${etag}`, since(before(modified))], unchanged],
    ["If-Modified-Since: equal", [since(page.modified)], unchanged],
    ["If-Modified-Since: later", [since(after(modified))], unchanged],
    ["If-Modified-Since: earlier", [since(before(modified))], 200],
    ["If-Modified-Since: no date", [since("yesterday")], 200],
    ["If-Modified-Since: a number", [since("0")], 200],
    ["If-Modified-Since: twice", [since(page.modified), since(page.modified)], 200],
    ["If-Match: the tag", [`If-Match: ${etag}`], 200],
    ["If-Match: *", ["If-Match: *"], 200],
    ["If-Match: in a list", [`If-Match: "a", ${etag}`], 200],
    ["If-Match: another", ['If-Match: "a"'], failed],
    ["If-Match: weak", [`If-Match: W/${etag}`], failed],
    ["If-Match hits, If-None-Match too", [`If-Match: ${etag}`, `If-None-Match: ${etag}`], unchanged],
    ["If-Match misses, If-None-Match hits", ['If-Match: "a"', `If-None-Match: ${etag}`], failed],
    [
      "If-Match hits, If-Unmodified-Since misses",
      [`If-Match: ${etag}`, `If-Unmodified-Since: ${before(modified)}`],
      200,
    ],
    ["If-Unmodified-Since: equal", [`If-Unmodified-Since: ${page.modified}`], 200],
    ["If-Unmodified-Since: earlier", [`If-Unmodified-Since: ${before(modified)}`], failed],
    ["If-Unmodified-Since: no date", ["If-Unmodified-Since: x"], 200],
  ].map(([name, fields, expected]) => [name, GET(PAGE, ...fields), expected]);
  const at = MODIFIED.toUTCString();
  const [day, date] = ["Sunday", "17-May-20"];
  return [
    ...rows,
    ["304 to HEAD", HEAD(PAGE, `If-None-Match: ${etag}`), { ...unchanged, head: true }],
    ["a condition on what is not there", GET("/none", "If-None-Match: *"), 404],
    [
      "a file's tag",
      GET(DATA, `If-None-Match: ${file.etag}`),
      { status: 304, has: { etag: file.etag, vary: null }, body: 0 },
    ],
    ["a file's date", GET(DATA, `If-Modified-Since: ${at}`), { status: 304, has: { "last-modified": at } }],
    ["a file's date, RFC 850", GET(DATA, `If-Modified-Since: ${day}, ${date} 10:20:30 GMT`), 304],
    ["a file's date, asctime", GET(DATA, "If-Modified-Since: Sun May 17 10:20:30 2020"), 304],
    ["a file's date, missed", GET(DATA, `If-Modified-Since: ${before(MODIFIED)}`), 200],
    ["a file's other tag", GET(DATA, 'If-Match: "a"'), 412],
  ];
}

function ranges({ file, page }) {
  const size = data.length;
  const part = (first, last) => ({
    status: 206,
    has: {
      "content-range": `bytes ${first}-${last}/${size}`,
      "content-length": `${last - first + 1}`,
      etag: file.etag,
    },
    body: data.subarray(first, last + 1),
  });
  const whole = { status: 200, has: { "content-range": null }, body: data };
  const beyond = { status: 416, has: { "content-range": `bytes */${size}`, etag: null } };
  const parts = (...expected) => ({
    status: 206,
    has: { "content-type": /^multipart\/byteranges; boundary=\w+$/, "content-range": null },
    parts: expected.map(([first, last]) => ({
      range: `bytes ${first}-${last}/${size}`,
      body: data.subarray(first, last + 1),
    })),
  });
  const at = MODIFIED.toUTCString();
  const many = (count, step) => Array.from({ length: count }, (_, i) => `${i * step}-${i * step}`).join(",");
  return [
    ["bytes=0-99", [], part(0, 99)],
    ["BYTES=0-99", [], part(0, 99)],
    ["bytes=0-0", [], part(0, 0)],
    [`bytes=${size - 1}-`, [], part(size - 1, size - 1)],
    ["bytes=100-", [], part(100, size - 1)],
    ["bytes=0-", [], part(0, size - 1)],
    ["bytes=-100", [], part(size - 100, size - 1)],
    [`bytes=-${size + 5}`, [], part(0, size - 1)],
    [`bytes=199990-${size + 5}`, [], part(199990, size - 1)],
    ["bytes=0-99999999999999999999999999", [], part(0, size - 1)],
    [`bytes=${size}-`, [], beyond],
    ["bytes=99999999999999999999999999-", [], beyond],
    ["bytes=-0", [], beyond],
    [`bytes=${size}-,${size + 9}-`, [], beyond],
    ["bytes=5-2", [], whole],
    ["bytes=abc", [], whole],
    ["bytes=", [], whole],
    ["bytes=-", [], whole],
    ["bytes=1-2-3", [], whole],
    ["bytes=+1-2", [], whole],
    ["bytes", [], whole],
    ["items=0-1", [], whole],
    ["bytes=0-1,x", [], whole],
    ["bytes=0-0,-1", [], parts([0, 0], [size - 1, size - 1])],
    ["bytes=-1,0-0", [], parts([size - 1, size - 1], [0, 0])],
    ["bytes=0-9,1000-1009,5000-5009", [], parts([0, 9], [1000, 1009], [5000, 5009])],
    ["bytes= 0-9 , 1000-1009 ", [], parts([0, 9], [1000, 1009])],
    [`bytes=0-9,${size}-`, [], part(0, 9)],
    ["bytes=0-9,5-19", [], part(0, 19)],
    ["bytes=0-9,10-19", [], part(0, 19)],
    [`bytes=${many(200, 1000)}`, [], whole],
    [`bytes=${"0-,".repeat(200)}0-`, [], whole],
    [`bytes=0-${size - 10},100-`, [], { status: [200, 206], body: data }],
    ["bytes=0-99", [`If-Range: ${file.etag}`], part(0, 99)],
    ["bytes=0-99", ['If-Range: "a"'], whole],
    ["bytes=0-99", [`If-Range: W/${file.etag}`], whole],
    ["bytes=0-99", [`If-Range: ${at}`], part(0, 99)],
    ["bytes=0-99", [`If-Range: ${before(MODIFIED)}`], whole],
    ["bytes=0-99", [`If-Range: ${after(MODIFIED)}`], whole],
    ["bytes=0-99", ["If-Range: x"], whole],
    ["bytes=0-99", [`If-None-Match: ${file.etag}`], { status: 304, has: { "content-range": null } }],
    ["bytes=0-99", ["Range: bytes=5-6"], whole],
  ]
    .map(([value, fields, expected]) => [
      `Range: ${value.slice(0, 60)} ${fields}`,
      GET(DATA, `Range: ${value}`, ...fields),
      expected,
    ])
    .concat([
      [
        "Range to HEAD",
        HEAD(DATA, "Range: bytes=0-99"),
        { status: 200, has: { "content-length": `${size}`, "content-range": null }, head: true },
      ],
      [
        "Range of an empty file",
        GET("/talk/empty.bin", "Range: bytes=0-"),
        { status: 416, has: { "content-range": "bytes */0" } },
      ],
      ["Range of one byte", GET("/talk/one.bin", "Range: bytes=0-"), { status: 206, body: "1" }],
      [
        "Range of a page",
        GET(PAGE, "Range: bytes=0-14"),
        { status: 206, has: { etag: page.identity.etag, vary: "Accept-Encoding" }, body: /^<!doctype html>$/i },
      ],
      [
        "Range of a coded page",
        GET(PAGE, "Range: bytes=0-9", "Accept-Encoding: gzip"),
        {
          status: 206,
          has: { "content-encoding": "gzip", etag: page.gzip.etag, "content-range": `bytes 0-9/${page.gzip.length}` },
          body: 10,
        },
      ],
      [
        "several Ranges of a page",
        GET(PAGE, "Range: bytes=0-0,-1"),
        { status: 206, has: { "content-type": /^multipart\/byteranges/, "content-security-policy": /./ } },
      ],
    ]);
}

function methods() {
  const allow = "GET, HEAD, OPTIONS";
  const denied = { status: 405, has: { allow, "content-type": /^text\// } };
  return [
    ...["POST", "PUT", "DELETE", "TRACE", "PATCH"].map((method) => [
      `${method} is not allowed`,
      request(`${method} ${PAGE}`),
      denied,
    ]),
    ["POST to what is not there", request("POST /none"), { status: [404, 405] }],
    ["POST with a body", `${request("POST /talk/", "Content-Length: 5")}hello`, denied],
    [
      "PUT with a chunked body",
      `${request("PUT /talk/", "Transfer-Encoding: chunked")}5\r\nhello\r\n0\r\n\r\n`,
      denied,
    ],
    ["POST that waits to be asked", request("POST /talk/", "Content-Length: 5", "Expect: 100-continue"), denied],
    ["CONNECT", request("CONNECT test:443"), { status: [400, 405] }],
    ...["BREW", "get", "GETS", "G", "PROPFIND", "A-B_c!"].map((method) => [
      `${method} is unknown`,
      request(`${method} ${PAGE}`),
      501,
    ]),
    ["OPTIONS", request(`OPTIONS ${PAGE}`), { status: 204, has: { allow } }],
    ["OPTIONS *", request("OPTIONS *"), { status: 204, has: { allow } }],
    ["GET *", GET("*"), 400],
    ["a method that is no token", request("GE(T /"), { status: [400, 501] }],
  ];
}

function paths({ page }) {
  const same = { status: 200, body: page.identity.length };
  const redirect = (location) => ({ status: 308, has: { location, "cache-control": "no-cache" } });
  const named = (name) => ({ status: 200, body: files[`talk/${name}`] });
  return [
    ["a deck without its slash", GET("/talk"), redirect("talk/")],
    ["its query is kept", GET("/talk?print-pdf"), redirect("talk/?print-pdf")],
    ["an empty query, too", GET("/talk?"), redirect("talk/?")],
    ["a deeper one", GET("/2015/conf"), redirect("conf/")],
    ["never to another host", GET("//talk"), redirect("talk/")],
    ["nor here", GET("/%2ftalk"), 400],
    ["encoded letters", GET("/%74alk/"), same],
    ["dot segments", GET("/a/../talk/"), same],
    ["a dot", GET("/./talk/."), same],
    ["two slashes", GET("//talk/"), same],
    ["two slashes at the end", GET("/talk//"), redirect("../")],
    ["two slashes here and there", GET("//talk//"), redirect("../")],
    ["two slashes inside, and a query", GET("/2015//conf/?a=b"), redirect("../../conf/?a=b")],
    ["two slashes before a file", GET("/talk//a%2Bb.bin"), redirect("../a%2Bb.bin")],
    ["two slashes on the way to nothing", GET("/none//"), 404],
    ["encoded dots inside", GET("/a/%2E%2e/talk/"), same],
    ["absolute form", GET("http://test/talk/"), same],
    ["absolute form of another host", GET("http://other.example/talk/"), same],
    ["absolute form, https", GET("HTTPS://test:8443/talk/"), same],
    ["absolute form without a path", GET("http://test"), 200],
    ["absolute form with a bad host", GET("http://te st/"), 400],
    ["absolute form with a name and password", GET("http://a:b@test/"), 400],
    ["another scheme", GET("ftp://test/"), 400],
    ["a blank", GET("/talk/with%20space.bin"), named("with space.bin")],
    ["a plus", GET("/talk/a+b.bin"), named("a+b.bin")],
    ["an encoded plus", GET("/talk/a%2Bb.bin"), named("a+b.bin")],
    ["a number sign", GET("/talk/a%23b.bin"), named("a#b.bin")],
    ["a question mark", GET("/talk/a%3Fb.bin"), named("a?b.bin")],
    ["a percent sign", GET("/talk/100%25.bin"), named("100%.bin")],
    ["decoded once only", GET("/talk/%2541.bin"), named("%41.bin")],
    ["other scripts", GET(`/talk/${encodeURIComponent("é ü 日本")}.bin`), named("é ü 日本.bin")],
    ["dots that are no segment", GET("/talk/x..dots...bin"), named("x..dots...bin")],
    ["below the deck", GET("/talk/sub/deeper/file.bin"), named("sub/deeper/file.bin")],
    ["a link inside the root", GET("/talk/link.bin"), { status: 200, body: data }],
    ["a link out of the root", GET("/talk/outside.txt"), 404],
    ["a link to a file of the system", GET("/talk/passwd.txt"), 404],
    ["a FIFO", GET("/talk/pipe.bin"), 404],
    ["a directory", GET("/talk/sub/"), 404],
    ["a file as a directory", GET("/talk/data.bin/"), 404],
    ["what is not there", GET("/none"), 404],
    ["the source of a deck with another case", GET("/TALK/"), 404],
    ["above the root", GET("/.."), 400],
    ["far above the root", GET("/../../../../etc/passwd"), 400],
    ["above the root and back", GET("/talk/../../talk/"), 400],
    ["above the root, encoded", GET("/%2e%2e/outside.txt"), 400],
    ["above the root, half encoded", GET("/.%2E/outside.txt"), 400],
    ["above the root, doubly encoded", GET("/%252e%252e/outside.txt"), 404],
    ["an encoded slash", GET("/talk%2fdata.bin"), 400],
    ["dots and an encoded slash", GET("/..%2foutside.txt"), 400],
    ["a backslash", GET("/talk\\data.bin"), 400],
    ["an encoded backslash", GET("/..%5coutside.txt"), 400],
    ["a NUL", GET("/talk/%00"), 400],
    ["a NUL behind a name", GET("/talk/data.bin%00.html"), 400],
    ["a control character", GET("/%0a"), 400],
    ["a DEL", GET("/%7f"), 400],
    ["a percent sign alone", GET("/%"), 400],
    ["a percent sign with one digit", GET("/%4"), 400],
    ["no digits", GET("/%zz"), 400],
    ["an overlong dot", GET("/%c0%ae%c0%ae/"), 400],
    ["invalid UTF-8", GET("/%ff"), 400],
    ["a surrogate", GET("/%ed%a0%80"), 400],
    ["a raw byte above 127", GET("/\xe9"), 400],
    ["raw UTF-8", GET("/\xc3\xa9"), 400],
    ["a fragment", GET("/#x"), 400],
    ["a raw control byte", GET("/\x01"), 400],
    ["8 KB", GET(`/${"a".repeat(8191)}`), 404],
    ["8 KB of query", GET(`/talk/?${"a".repeat(8184)}`), same],
    ["one byte more", GET(`/${"a".repeat(8192)}`), 414],
    ["20 KB", GET(`/${"a".repeat(20000)}`), 414],
    ["200 KB", GET(`/${"a".repeat(200_000)}`), { status: 414, mayReset: true }],
  ];
}

function caching({ file, digest }) {
  const forever = "public, max-age=31536000, immutable";
  const rows = [];
  if (digest) rows.push(["a digest URL", GET(digest), { status: 200, has: { "cache-control": forever } }]);
  return [
    ...rows,
    [
      "a file",
      GET(DATA),
      {
        status: 200,
        has: { "cache-control": "no-cache", etag: file.etag, "last-modified": MODIFIED.toUTCString() },
        body: data,
      },
    ],
    ["a file by its digest", GET(`${DATA}?v=${file.digest}`), { status: 200, has: { "cache-control": forever } }],
    [
      "304 by its digest",
      GET(`${DATA}?v=${file.digest}`, `If-None-Match: ${file.etag}`),
      { status: 304, has: { "cache-control": forever } },
    ],
    [
      "a part by its digest",
      GET(`${DATA}?v=${file.digest}`, "Range: bytes=0-0"),
      { status: 206, has: { "cache-control": forever } },
    ],
    ["a wrong digest", GET(`${DATA}?v=0123456789abcdef`), { status: 200, has: { "cache-control": "no-cache" } }],
    [
      "a digest with more behind it",
      GET(`${DATA}?v=${file.digest}&x`),
      { status: 200, has: { "cache-control": "no-cache" } },
    ],
    ["an empty file", GET("/talk/empty.bin"), { status: 200, has: { "content-length": "0" }, body: 0 }],
    [
      "HEAD of a file",
      HEAD(DATA),
      { status: 200, has: { "content-length": `${data.length}`, "accept-ranges": "bytes" }, head: true },
    ],
    [
      "a file has one form",
      GET(DATA, "Accept-Encoding: gzip"),
      { status: 200, has: { "content-encoding": null, vary: null }, body: data },
    ],
    ["a file that no coding fits", GET(DATA, "Accept-Encoding: gzip, identity;q=0"), 406],
    [
      "an error is not cached",
      GET("/none"),
      { status: 404, has: { "cache-control": /no-/, etag: null, "last-modified": null } },
    ],
  ];
}

function errorPages() {
  const html = {
    "content-type": "text/html; charset=utf-8",
    "x-content-type-options": "nosniff",
    "content-security-policy": /default-src/,
    vary: /Accept/,
  };
  const text = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };
  return [
    ["an error page", GET("/none"), { status: 404, has: html, body: /<html[\s\S]*404/ }],
    ["for a browser", GET("/none", "Accept: text/html,application/xhtml+xml,*/*;q=0.8"), { status: 404, has: html }],
    ["for anybody", GET("/none", "Accept: */*"), { status: 404, has: html }],
    ["as text", GET("/none", "Accept: text/plain"), { status: 404, has: text, body: /^[^<]*404/ }],
    ["as text for JSON", GET("/none", "Accept: application/json"), { status: 404, has: text }],
    ["as text where HTML is refused", GET("/none", "Accept: text/html;q=0, */*"), { status: 404, has: text }],
    [
      "in a coded form",
      GET("/none", "Accept-Encoding: gzip"),
      { status: 404, has: { "content-type": html["content-type"] } },
    ],
    ["where every coding is refused", GET("/none", "Accept-Encoding: *;q=0"), 404],
    [
      "a name is not echoed",
      GET("/%3Cscript%3Ealert(1)%3C/script%3E"),
      { status: 404, body: /^(?![\s\S]*<script>alert)/ },
    ],
  ];
}

function framing({ page }) {
  const host = "Host: test";
  const close = "Connection: close";
  const bad = { status: 400, has: { connection: "close" } };
  const length = (value, body = "") => `${raw("POST / HTTP/1.1", host, `Content-Length: ${value}`)}${body}`;
  return [
    ["no Host", raw("GET / HTTP/1.1", close), bad],
    ["two Hosts", raw("GET / HTTP/1.1", host, host), bad],
    ["an empty Host", raw("GET / HTTP/1.1", "Host:"), bad],
    ...["a b", "a/b", "a@b", "a:b", "a:99999", "[::1", "a\\b", "<a>", "\xe9"].map((value) => [
      `Host: ${value}`,
      raw("GET / HTTP/1.1", `Host: ${value}`),
      bad,
    ]),
    ...["localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]:8080", "a.b_c~d", "a:"].map((value) => [
      `Host: ${value}`,
      raw("GET / HTTP/1.1", `Host: ${value}`, close),
      200,
    ]),
    ["a bad Host in 1.0", raw("GET / HTTP/1.0", "Host: a b"), bad],
    ["a blank before the colon", raw("GET / HTTP/1.1", host, "X : y"), bad],
    ["a name that is no token", raw("GET / HTTP/1.1", host, "X(y): z"), bad],
    ["a name above ASCII", raw("GET / HTTP/1.1", host, "X\xe9: z"), bad],
    ["a line without a colon", raw("GET / HTTP/1.1", host, "Xy"), bad],
    ["an empty name", raw("GET / HTTP/1.1", host, ": x", close), bad],
    ["an empty name and value", raw("GET / HTTP/1.1", host, ":", close), bad],
    ["a folded line", raw("GET / HTTP/1.1", host, "X: a", " b", close), bad],
    ["a line folded with a tab", raw("GET / HTTP/1.1", "X: a", "\tb", host, close), bad],
    ["a fold at the start", raw("GET / HTTP/1.1", " X: a", host, close), bad],
    ["a NUL in a value", raw("GET / HTTP/1.1", host, "X: a\0b", close), bad],
    ["a NUL in a name", raw("GET / HTTP/1.1", host, "X\0Y: a", close), bad],
    ["a NUL in the target", raw("GET /talk/\0x HTTP/1.1", host, close), bad],
    ["a bare CR in a value", raw("GET / HTTP/1.1", host, "X: a\rb", close), bad],
    ["a control byte in a value", raw("GET / HTTP/1.1", host, "X: \x01", close), bad],
    ["a DEL in a value", raw("GET / HTTP/1.1", host, "X: \x7f", close), bad],
    ["a tab in a value", raw("GET / HTTP/1.1", host, "X: a\tb", close), 200],
    ["bytes above ASCII in a value", raw("GET / HTTP/1.1", host, "X: \xe9\xff", close), 200],
    ["an empty value", raw("GET / HTTP/1.1", host, "X:", close), 200],
    ["blanks behind a value", raw("GET / HTTP/1.1", "Host: test  \t", close), 200],
    ["bare line feeds", "GET / HTTP/1.1\nHost: test\nConnection: close\n\n", bad],
    ["one bare line feed", "GET / HTTP/1.1\r\nHost: test\nConnection: close\r\n\r\n", bad],
    ["a bare line feed at the end", "GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\n", bad],
    ["a bare line feed in the request line", "GET / HTTP/1.1\nHost: test\r\nConnection: close\r\n\r\n", bad],
    ["empty lines before a request", `\r\n\r\n${GET(PAGE)}`, { status: 200, body: page.identity.length }],
    ["two blanks before the target", raw("GET  / HTTP/1.1", host, close), bad],
    ["two blanks behind the target", raw("GET /  HTTP/1.1", host, close), bad],
    ["a blank in the target", raw("GET /a b HTTP/1.1", host, close), bad],
    ["a tab in the request line", raw("GET\t/\tHTTP/1.1", host, close), { status: 400, orSilent: true }],
    ["a blank behind the version", raw("GET / HTTP/1.1 ", host, close), 400],
    ["a blank before the method", raw(" GET / HTTP/1.1", host, close), { status: 400, orSilent: true }],
    ["no version", raw("GET /"), { status: 400, orSilent: true }],
    ["only a method", raw("GET"), { status: 400, orSilent: true }],
    ["another protocol", raw("GET / HTTX/1.1", host), 400],
    ["a lower-case protocol", raw("GET / http/1.1", host), 400],
    ["version 2.0", raw("GET / HTTP/2.0", host), 505],
    ["version 0.9", raw("GET / HTTP/0.9", host), { status: [400, 505] }],
    ["version 1.2", raw("GET / HTTP/1.2", host, close), { status: [200, 505] }],
    ["a version of three digits", raw("GET / HTTP/1.10", host, close), { status: [400, 505] }],
    ["HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", { status: [400, 505] }],
    ["TLS", Buffer.from("16030100a5010000a10303", "hex"), { silent: true, half: true }],
    ["100 fields", raw("GET / HTTP/1.1", host, close, ...Array(98).fill("X: y")), 200],
    ["101 fields", raw("GET / HTTP/1.1", host, close, ...Array(99).fill("X: y")), 431],
    ["5,000 fields", raw("GET / HTTP/1.1", host, close, ...Array(5000).fill("X: y")), { status: 431, mayReset: true }],
    ["many lines of one field", GET("/", ...Array(40).fill('If-None-Match: "a"')), 431],
    ["a header of 5 KB", GET(PAGE, `X: ${"y".repeat(5000)}`), 200],
    ["6 KB of cookies", GET(PAGE, `Cookie: ${`a=${"b".repeat(2000)}; `.repeat(3)}`), 200],
    ["a header of 100 KB", GET(PAGE, `X: ${"y".repeat(100_000)}`), { status: 431, mayReset: true }],
    ["a header in small pieces", GET(PAGE, `X: ${"y".repeat(100)}`).match(/[\s\S]{1,7}/g), 200],
    ["a body that is not there", length("0"), { status: 405, closes: false }],
    ["a length of letters", length("abc"), { status: 400, twice: true }],
    ["a negative length", length("-1"), { status: 400, twice: true }],
    ["a signed length", length("+5", "hello"), { status: 400, twice: true }],
    ["a length with a comma", length("5, 5", "hello"), { status: 400, twice: true }],
    ["a hexadecimal length", length("0x5", "hello"), { status: 400, twice: true }],
    ["a length beyond all", length("99999999999999999999999"), { status: [400, 413], twice: true }],
    ["an empty length", length(""), { status: 400, twice: true }],
    ["a length over the limit", length("999999999"), 413],
    ["two lengths", `${raw("POST / HTTP/1.1", host, "Content-Length: 5", "Content-Length: 6")}hello`, bad],
    ["two equal lengths", `${raw("POST / HTTP/1.1", host, "Content-Length: 5", "Content-Length: 5")}hello`, bad],
    [
      "length and chunked",
      `${raw("POST / HTTP/1.1", host, "Content-Length: 5", "Transfer-Encoding: chunked")}0\r\n\r\n`,
      bad,
    ],
    [
      "chunked and length",
      `${raw("POST / HTTP/1.1", host, "Transfer-Encoding: chunked", "Content-Length: 5")}0\r\n\r\n`,
      bad,
    ],
    ["an unknown transfer coding", raw("POST / HTTP/1.1", host, "Transfer-Encoding: rot13"), bad],
    ["gzip, chunked", raw("POST / HTTP/1.1", host, "Transfer-Encoding: gzip, chunked"), bad],
    ["chunked twice", raw("POST / HTTP/1.1", host, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"), bad],
    ["xchunked", raw("POST / HTTP/1.1", host, "Transfer-Encoding: xchunked"), bad],
    ["chunked in 1.0", raw("POST / HTTP/1.0", host, "Transfer-Encoding: chunked"), bad],
    ["a body on GET", `${raw("GET / HTTP/1.1", host, "Content-Length: 5")}hello`, bad],
    ["a chunked body on GET", `${raw("GET / HTTP/1.1", host, "Transfer-Encoding: chunked")}0\r\n\r\n`, bad],
    ["an empty body on GET", GET("/", "Content-Length: 0"), 200],
    [
      "a request hidden in a body",
      `${raw("GET / HTTP/1.1", host, "Content-Length: 40")}GET /talk/ HTTP/1.1\r\nHost: test\r\n\r\n`,
      bad,
    ],
    ["a request behind an empty name", `${raw("GET / HTTP/1.1", host, ": x")}${GET("/talk/")}`, bad],
    ["Expect: 100-continue on GET", GET("/", "Expect: 100-continue"), 200],
    ["another expectation", GET("/", "Expect: cake"), 417],
  ];
}

function connections({ page }) {
  const ask = (target, ...fields) => raw(`GET ${target} HTTP/1.1`, "Host: test", ...fields);
  const ok = { status: 200, body: page.identity.length };
  return [
    ["1.1 is kept open", ask(PAGE), { ...ok, has: { connection: null }, closes: false }],
    ["1.1 with close", ask(PAGE, "Connection: close"), { ...ok, has: { connection: "close" } }],
    ["close in a list", ask(PAGE, "Connection: x, Close"), { ...ok, has: { connection: "close" } }],
    ["1.0 is closed", raw(`GET ${PAGE} HTTP/1.0`), { ...ok, has: { connection: "close" } }],
    [
      "1.0 with keep-alive",
      raw(`GET ${PAGE} HTTP/1.0`, "Connection: keep-alive"),
      { ...ok, has: { connection: /keep-alive/i }, closes: false },
    ],
    [
      "three requests at once",
      ask(PAGE) + ask("/none") + ask("/talk", "Connection: close"),
      { answers: [200, 404, 308] },
    ],
    ["one after an error", ask("/%zz") + ask(PAGE, "Connection: close"), { answers: [400, 200] }],
    [
      "one after 304 and 204",
      ask(PAGE, "If-None-Match: *") + raw("OPTIONS * HTTP/1.1", "Host: test") + GET(PAGE),
      { answers: [304, 204, 200] },
    ],
    [
      "one after a part",
      ask(DATA, "Range: bytes=0-9") + ask(DATA, "Range: bytes=0-0,-1") + GET(PAGE),
      { answers: [206, 206, 200] },
    ],
    [
      "one after a body",
      `${raw("POST / HTTP/1.1", "Host: test", "Content-Length: 5")}hello${GET(PAGE)}`,
      { answers: [405, 200] },
    ],
    ["none after a refusal", raw("GET / HTTP/1.1") + GET(PAGE), { answers: [400] }],
    ["none after close", ask(PAGE, "Connection: close") + ask(PAGE), { answers: [200] }],
    ["a hundred at once", ask("/_/health").repeat(99) + GET("/_/health"), { answers: Array(100).fill(200) }],
    ["half a request", "GET / HTTP/1.1\r\nHost: te", { silent: true, half: true }],
  ];
}

export function rows(site) {
  return [pages, encodings, conditions, ranges, methods, paths, caching, errorPages, framing, connections].flatMap(
    (group) =>
      group(site).map(([name, bytes, expected]) => [
        `${group.name}: ${name}`,
        bytes,
        typeof expected === "number" ? { status: expected } : expected,
      ]),
  );
}
