// Starts and stops decksd for a test. Each server binds a free port; nothing here outlives its test.
//
//   const server = await startDecksd({ root });   // throws, with what it printed, if it does not get ready
//   await fetch(server.url);
//   await server.stop();                          // throws if it does not end, or ends badly
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "./until.mjs";

export const repository = fileURLToPath(new URL("../../", import.meta.url));

const READY = /serving (\d+) decks?, (\d+) slides? at (.+) \(loaded/;

// As people see it at a terminal.
export const asText = { DECKSD_LOG_FORMAT: "text" };

export function decksdBinary() {
  const binary = path.resolve(repository, process.env.DECKSD || "build/decksd");
  if (!existsSync(binary)) throw new Error(`no decksd at ${binary}: run "make", or name one in DECKSD`);
  return binary;
}

/** The rest of a child's life: resolves to {code, signal} once it is gone. */
function ending(child) {
  return new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
}

function delay(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** Runs decksd to its end (for --check, --version and usage errors). */
export async function runDecksd(args, { env = {}, timeout = 20000 } = {}) {
  const child = spawn(decksdBinary(), args, { env: { ...process.env, ...asText, ...env }, timeout });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const { code, signal } = await ending(child);
  return { code, signal, stdout, stderr };
}

/**
 * Where the tests run as root, decksd does not, and the repository may lie where only root may look: from within, its
 * files can be read.
 */
function fromHere(file, cwd = process.cwd()) {
  const relative = path.relative(cwd, file);
  return relative.startsWith("..") ? file : relative || ".";
}

/**
 * `at` are the options that say where to listen: none where a configuration in `args` says it, or systemd does. `urls`
 * are the addresses that the server names, `url` is the first of them.
 */
export async function startDecksd({
  root,
  args = [],
  at = ["--port", "0", "--bind", "127.0.0.1"],
  env = {},
  cwd,
  binary = decksdBinary(),
  timeout = 30000,
} = {}) {
  const child = spawn(binary, ["--root", fromHere(root, cwd), ...at, ...args], {
    env: { ...process.env, ...asText, ...env },
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const killOnExit = () => child.kill("SIGKILL");
  process.once("exit", killOnExit);
  const ended = ending(child);
  ended.then(() => process.removeListener("exit", killOnExit));

  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const ready = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      const match = READY.exec(stdout);
      if (match) resolve({ decks: Number(match[1]), slides: Number(match[2]), urls: match[3].split(" and ") });
    });
    ended.then(({ code, signal }) =>
      reject(new Error(`decksd ended (${signal ?? code}) before it was ready:\n${stdout}${stderr}`)),
    );
    delay(timeout).then(() => reject(new Error(`decksd not ready in ${timeout} ms:\n${stderr}`)));
  });

  let said;
  try {
    said = await ready;
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  // A server that a failed test left behind must not keep the tests from ending, which ends it.
  const handles = [child, child.stdout, child.stderr];
  for (const handle of handles) handle.unref();
  // The name "localhost" may mean ::1 first; the server was told 127.0.0.1.
  const urls = said.urls.map((text) => {
    const url = new URL(text);
    if (url.hostname === "localhost") url.hostname = "127.0.0.1";
    return url.href;
  });

  return {
    ...said,
    urls,
    url: urls[0],
    pid: child.pid,
    output: () => stdout + stderr,
    /** Loads the decks again, and returns what was logged up to the line that says so. */
    async reload() {
      const before = (stdout + stderr).length;
      const said = () => (stdout + stderr).slice(before);
      process.kill(child.pid, "SIGHUP");
      await until(
        () => /reloaded .*\n/.test(said()),
        () => `reloaded:\n${stdout}${stderr}`,
      );
      return said();
    },
    /** Ends it as a crash does. */
    async kill() {
      for (const handle of handles) handle.ref();
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      for (const handle of handles) handle.ref();
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      const end = await Promise.race([ended, delay(10000)]);
      if (!end) {
        child.kill("SIGKILL");
        throw new Error(`decksd did not end within 10 s of SIGTERM:\n${stderr}`);
      }
      if (end.code !== 0) throw new Error(`decksd ended with ${end.signal ?? end.code}:\n${stdout}${stderr}`);
    },
  };
}
