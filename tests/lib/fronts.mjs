// What stands in front of decksd where one machine is not enough: the real programs, with our samples.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./decksd.mjs";
import { get } from "./get.mjs";
import { freePort } from "./port.mjs";
import { startServer } from "./servers.mjs";

const sample = (name) => readFileSync(path.join(repository, "config", name), "utf8");

const answersAt = (port) => () => get({ port, path: "/_/health" }).then(({ status }) => status === 200);

export const portOf = (server) => new URL(server.url).port;

/** Varnish before one decksd, with a directory for its own files: {port, stop}. */
export async function startVarnish(directory, backend) {
  const port = await freePort();
  const vcl = path.join(directory, "varnish.vcl");
  writeFileSync(vcl, sample("varnish.vcl").replace('.port = "8080"', `.port = "${backend}"`));
  const server = await startServer(
    "varnishd",
    ["-F", "-n", path.join(directory, "varnish"), "-a", `127.0.0.1:${port}`, "-f", vcl, "-s", "malloc,64m"],
    { isUp: answersAt(port) },
  );
  return { ...server, port };
}

/** HAProxy before two decksd: {port, stop}; `more` are further lines of configuration. */
export async function startHaproxy(directory, [one, two], more = "") {
  const port = await freePort();
  const config = path.join(directory, "haproxy.cfg");
  writeFileSync(
    config,
    sample("haproxy.cfg")
      .replace("bind :80", `bind 127.0.0.1:${port}`)
      .replace("127.0.0.1:8080\n    server", `127.0.0.1:${one}\n    server`)
      .replace("127.0.0.1:8081", `127.0.0.1:${two}`) + more,
  );
  const server = await startServer("haproxy", ["-db", "-f", config], {
    isUp: answersAt(port),
  });
  return { ...server, port };
}

/** A node's counters: requests by status, and bytes of bodies; what is asked for this is not among them. */
export async function countersOf(server) {
  const text = await (await fetch(new URL("/_/metrics", server.url))).text();
  const sum = (pattern) => [...text.matchAll(pattern)].reduce((total, [, value]) => total + Number(value), 0);
  return {
    ok: sum(/^decksd_http_requests_total\{[^}]*code="200"[^}]*\} (\d+)/gm),
    notModified: sum(/^decksd_http_requests_total\{[^}]*code="304"[^}]*\} (\d+)/gm),
    bytes: sum(/^decksd_http_response_body_bytes_total\{[^}]*\} (\d+)/gm),
  };
}
