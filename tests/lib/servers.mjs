// Other people's programs that stand around decksd: make deps-test unpacks them, so that none is installed as a service.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { repository } from "./decksd.mjs";

/** The path of nginx, caddy, promtool, varnishd or haproxy. */
export function findProgram(name) {
  const folders = ["usr/bin", "usr/sbin"].flatMap((folder) => [
    path.join(repository, "build/servers", folder),
    path.join("/", folder),
  ]);
  const found = folders.map((folder) => path.join(folder, name)).find(existsSync);
  if (!found) throw new Error(`no ${name}: run "make deps-test"`);
  return found;
}

/** Starts a server and waits until `isUp` resolves to true; throws what it said if it does not come to that. */
export async function startServer(name, args, { isUp, env = {}, signal = "SIGTERM" }) {
  const child = spawn(findProgram(name), args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  const killOnExit = () => child.kill("SIGKILL");
  process.once("exit", killOnExit);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  const server = {
    async stop() {
      process.removeListener("exit", killOnExit);
      child.kill(signal);
      await ended;
    },
  };
  for (let waited = 0; waited < 20000; waited += 50) {
    if (child.exitCode !== null) throw new Error(`${name} ended:\n${said}`);
    if (await isUp().catch(() => false)) return server;
    await new Promise((next) => setTimeout(next, 50));
  }
  await server.stop();
  throw new Error(`${name} does not answer:\n${said}`);
}
