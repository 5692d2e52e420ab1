// Outside judges of XML: libxml2 for form and schema, Universal Feed Parser for what a feed reader makes of a feed.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { repository } from "./decksd.mjs";

function run(command, args, input) {
  return execFileSync(command, args, { input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
}

/** Throws, with libxml2's words, unless the text is well-formed and of the schema (tests/fixtures/schemas/NAME.rng). */
export function validateXml(text, schema) {
  const file = path.join(repository, "tests/fixtures/schemas", `${schema}.rng`);
  run("xmllint", ["--nonet", "--noout", "--relaxng", file, "-"], text);
}

/** The strings that an XPath expression selects, a line each. */
export function selectXml(text, expression) {
  const words = run("xmllint", ["--nonet", "--xpath", expression, "-"], text);
  return words.split("\n").filter((line) => line);
}

const FEED_PARSER = `
import feedparser, json, sys
location = sys.argv[1]
result = feedparser.parse(sys.stdin.buffer.read(), response_headers={"content-location": location,
                          "content-type": "application/atom+xml; charset=utf-8"})
if result.bozo:
    sys.exit(f"not well-formed: {result.bozo_exception}")
print(json.dumps({"version": result.version, "feed": result.feed, "entries": result.entries}, default=list))
`;

/** What a feed reader makes of a feed that it got at an address, as feedparser names things. */
export function readFeed(text, address) {
  return JSON.parse(run("/usr/bin/python3", ["-c", FEED_PARSER, address], text));
}
