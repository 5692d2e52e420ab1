// What the samples for Prometheus ask for, against what a running decksd tells.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { repository, startDecksd } from "../lib/decksd.mjs";
import { findProgram } from "../lib/servers.mjs";

const config = (name) => path.join(repository, "config", name);
const promtool = (args, input) =>
  execFileSync(findProgram("promtool"), args, { input, encoding: "utf8", stdio: "pipe" });
let server;
let metrics;

before(async () => {
  server = await startDecksd({ root: path.join(repository, "decks") });
  assert.equal((await fetch(new URL("nothing/here", server.url))).status, 404);
  metrics = await (await fetch(new URL("_/metrics", server.url))).text();
});
after(() => server.stop());

test("the samples are right", () => {
  promtool(["check", "rules", config("prometheus-alerts.yml")]);
  promtool(["check", "config", "--syntax-only", config("prometheus.yml")]);
});

test("the figures are as Prometheus wants them", () => {
  promtool(["check", "metrics"], metrics);
});

test("every figure and label that an alert asks for is told", () => {
  const rules = readFileSync(config("prometheus-alerts.yml"), "utf8");
  const expressions = [...rules.matchAll(/^ +expr: (.*)$/gm)].map(([, expression]) => expression);
  assert.ok(expressions.length > 5);
  const asked = expressions.flatMap((expression) => [
    ...expression.matchAll(/\b((?:decksd|process)_\w+)(?:\{(\w+)=~?"([^"]*)")?/g),
  ]);
  assert.ok(asked.length > 5);
  for (const [, name, label, value] of asked) {
    assert.match(metrics, new RegExp(`^${name}[ {]`, "m"), name);
    if (!label || label === "job") continue;
    // A class of answers that nobody got yet has no line; its siblings have.
    const lines = metrics.split("\n").filter((line) => line.startsWith(`${name}{`));
    assert.ok(
      lines.some((line) => new RegExp(`[{,]${label}="${value === "5xx" ? "4xx" : `(${value})`}"`).test(line)),
      `${name} has no ${label} ${value}`,
    );
  }
});

test("the address is the one that decksd answers at", async () => {
  const sample = readFileSync(config("prometheus.yml"), "utf8");
  const place = /metrics_path: (\S+)/.exec(sample)[1];
  const answer = await fetch(new URL(place, server.url));
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type"), /^text\/plain; version=0\.0\.4/);
});
