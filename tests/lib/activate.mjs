// Runs decksd as systemd does, by tests/tools/activate.c.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { asText, decksdBinary, repository } from "./decksd.mjs";

/**
 * `sockets` are ports of 127.0.0.1 or paths, with `NAME=` in front if they have a name. `wait(found)` waits until
 * `found()`, `ready(count)` until decksd was ready so often. With `notify`, what it tells systemd is in `told()`.
 */
export async function activate(sockets, args, { notify = false, env = {} } = {}) {
  const child = spawn(
    path.join(repository, "build/tests/tools/activate"),
    [...(notify ? ["-n"] : []), ...sockets, "--", decksdBinary(), ...args],
    // A test that fails leaves it behind: it must not keep the others from being told.
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...asText, ...env }, timeout: 60000 },
  );
  const kill = () => child.kill("SIGTERM");
  process.once("exit", kill);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const ended = once(child, "close").finally(() => process.removeListener("exit", kill));
  const wait = async (found) => {
    for (let waited = 0; !found(); waited += 5) {
      assert.ok(waited < 20000 && child.exitCode === null, output);
      await new Promise((next) => setTimeout(next, 5));
    }
  };
  return {
    output: () => output,
    told: () => [...output.matchAll(/^notify: (.*)\n/gm)].map((match) => match[1]),
    wait,
    ready: (count = 1) => wait(() => output.split(/serving \d/).length > count),
    restart: () => child.kill("SIGHUP"),
    /** Until it is gone: what it had accepted is lost with it. */
    crash() {
      child.kill("SIGUSR1");
      return wait(() => /^killed$/m.test(output));
    },
    pid: child.pid,
    ended,
    async stop() {
      child.kill("SIGTERM");
      const [code] = await ended;
      assert.equal(code, 0, output);
    },
  };
}
