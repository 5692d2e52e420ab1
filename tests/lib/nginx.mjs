// nginx around a site of ours: what every configuration of it needs besides, in a directory of the test's own.
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./decksd.mjs";
import { startServer } from "./servers.mjs";

/** Starts nginx with one of our samples, changed as the test needs it; `isUp` as for startServer. */
export async function startNginx(directory, site, { isUp, name = "nginx" }) {
  const scratch = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${directory}/nginx-${kind};`)
    .join(" ");
  const types = [path.join(repository, "build/servers/etc/nginx/mime.types"), "/etc/nginx/mime.types"].find(existsSync);
  if (!types) throw new Error('no mime.types of nginx: run "make deps-test"');
  const config = path.join(directory, `${name}.conf`);
  writeFileSync(
    config,
    `daemon off; pid ${config}.pid; error_log stderr; ${process.getuid() ? "" : "user root;"}\n` +
      `events {}\nhttp { include ${types}; access_log off; ${scratch}\n${site}\n}\n`,
  );
  return startServer("nginx", ["-c", config], { isUp, signal: "SIGQUIT" });
}
