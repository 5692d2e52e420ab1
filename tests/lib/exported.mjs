// A site as plain files: what `decksd export` writes, behind nginx with our sample, below a path.
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repository, runDecksd } from "./decksd.mjs";
import { get } from "./get.mjs";
import { startNginx } from "./nginx.mjs";
import { freePort } from "./port.mjs";
import { temporaryDirectory } from "./temporary.mjs";

/** The sample, for a site in `directory` below a path, "" or "/some/where", as its comment tells to change it. */
function sampleFor(directory, below, port) {
  return readFileSync(path.join(repository, "config/export-nginx.conf"), "utf8")
    .replace("listen 80;", `listen 127.0.0.1:${port};`)
    .replace("root /srv/www/talks;", `root ${directory};`)
    .replace("error_page 404 /", `error_page 404 ${below}/`)
    .replace(/location (= )?\//g, (match) => `${match.slice(0, -1)}${below}/`);
}

/** Exports a site and serves it: {url, decks, stop}, as startDecksd has them. */
export async function startExported({ root, args = [], below = "/some/where" }) {
  const place = await temporaryDirectory("exported");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${below}/`;
  const out = path.join(place.path, "www", below);
  mkdirSync(path.dirname(out), { recursive: true });
  const told = ["--root", root, "--url", url];
  if (below) told.push("--base-path", below);
  const { code, stderr } = await runDecksd(["export", out, ...told, ...args]);
  if (code !== 0) throw new Error(`decksd export: ${stderr}`);
  const isUp = () => get(url).then(({ status }) => status === 200);
  const nginx = await startNginx(place.path, sampleFor(path.join(place.path, "www"), below, port), { isUp });
  return {
    url,
    decks: JSON.parse(readFileSync(path.join(out, "decks.json"), "utf8")).decks.length,
    async stop() {
      await nginx.stop();
      await place.remove();
    },
  };
}
