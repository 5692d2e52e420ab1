// Sends what rows.mjs holds and compares; each row is a test of its own on a connection of its own.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { startDecksd } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { exchange, parseAnswers, request } from "./exchange.mjs";
import { makeRoot } from "./root.mjs";
import { rows } from "./rows.mjs";

const directory = await temporaryDirectory("http");
const root = path.join(directory.path, "root");
mkdirSync(root);
makeRoot(root);
const server = await startDecksd({ root });
const port = Number(new URL(server.url).port);
after(async () => {
  await server.stop();
  await directory.remove();
});

async function ask(line, ...fields) {
  const { bytes } = await exchange(port, request(line, ...fields), { head: line.startsWith("HEAD") });
  return parseAnswers(bytes, { head: line.startsWith("HEAD") })[0];
}

/** What the server says of its resources when it is asked plainly; the rows compare against it. */
async function survey() {
  const page = {};
  for (const coding of ["identity", "gzip", "br"]) {
    const { headers } = await ask("GET /talk/", `Accept-Encoding: ${coding}`);
    page[coding] = { etag: headers.etag, length: headers["content-length"] };
    page.modified = headers["last-modified"];
  }
  const { headers, body } = await ask("GET /talk/data.bin");
  const index = (await ask("GET /talk/")).body.toString();
  return {
    page,
    file: { etag: headers.etag, digest: headers.etag.slice(1, -1), size: body.length },
    digest: /(?:href|src)="(?:\.\.)?(\/_\/[^"]+\.css)"/.exec(index)?.[1],
  };
}

function checkHeaders(answer, expected) {
  for (const [name, value] of Object.entries(expected)) {
    const given = answer.headers[name] ?? null;
    if (value instanceof RegExp) assert.match(given ?? "(absent)", value, name);
    else assert.equal(given, value, name);
  }
}

function checkBody(body, expected) {
  if (expected instanceof RegExp) assert.match(body.toString(), expected);
  else if (Buffer.isBuffer(expected))
    assert.ok(body.equals(expected), `other bytes: ${body.length} of ${expected.length}`);
  else if (typeof expected === "string" && !/^\d+$/.test(expected)) assert.equal(body.toString(), expected);
  else if (expected !== undefined) assert.equal(body.length, Number(expected));
}

function checkParts({ headers, body }, expected) {
  const boundary = /boundary=(\w+)/.exec(headers["content-type"])[1];
  const pieces = [];
  let position = 0;
  for (const part of expected) {
    const header = Buffer.from(
      `${position ? "\r\n" : ""}--${boundary}\r\nContent-Type: application/octet-stream\r\nContent-Range: ${part.range}\r\n\r\n`,
    );
    pieces.push(header, part.body);
    position += 1;
  }
  pieces.push(Buffer.from(`\r\n--${boundary}--\r\n`));
  assert.equal(body.toString("latin1"), Buffer.concat(pieces).toString("latin1"));
}

async function check(bytes, expected) {
  const statuses = expected.answers?.map((status) => [status]) ?? [[expected.status].flat()];
  const closes = expected.closes ?? !expected.half;
  const { head = false } = expected;
  const got = await exchange(port, bytes, {
    count: closes ? undefined : 1,
    head,
    patience: expected.half ? 300 : undefined,
  });

  if (expected.silent || (expected.orSilent && got.bytes.length === 0)) {
    assert.equal(got.bytes.length, 0, "an answer");
    assert.equal(got.closed, closes, "closed");
    return;
  }
  if (got.reset && expected.mayReset && got.bytes.length === 0) return;
  // libmicrohttpd 0.9.75 refuses a malformed length itself and writes its header twice; it closes, all the same.
  const answers = expected.twice
    ? [parseAnswers(got.bytes.subarray(0, got.bytes.indexOf("\r\n\r\n") + 4), { head: true })[0]]
    : parseAnswers(got.bytes, { head });
  assert.deepEqual(
    answers.map(({ status }) => status),
    answers.map(({ status }, i) => (statuses[i]?.includes(status) ? status : statuses[i]?.[0])),
  );
  assert.equal(answers.length, statuses.length, "number of answers");
  assert.equal(got.closed, closes, "closed");
  if (expected.has) checkHeaders(answers[0], expected.has);
  if (expected.parts) checkParts(answers[0], expected.parts);
  if (!head) checkBody(answers[0].body, expected.body);
}

describe("HTTP conformance", { concurrency: 8 }, async () => {
  for (const [name, bytes, expected] of rows(await survey())) test(name, () => check(bytes, expected));
});
