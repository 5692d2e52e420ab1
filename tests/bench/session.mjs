// What every bench does around its figures: look first whether all that it needs is there, and put an end to whatever it
// started, however it goes. A failure is one line and exit status 1.
//
//   await runBench({ commands: ["wrk"], files: [tool] }, async () => {
//     const server = await startServer();
//     atEnd(server.stop);
//   });
import { accessSync, constants } from "node:fs";
import path from "node:path";

const { X_OK } = constants;

function isRunnable(file) {
  try {
    accessSync(file, X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first place of a command on PATH, and where Debian keeps servers; or undefined. */
export function findCommand(name) {
  const places = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin"];
  return places.map((place) => path.join(place, name)).find(isRunnable);
}

function refuseIfMissing({ commands = [], files = [] }) {
  const missing = commands.filter((name) => !findCommand(name));
  if (missing.length) throw new Error(`missing: ${missing.join(", ")}: run make deps-bench`);
  const unbuilt = files.filter((file) => !isRunnable(file));
  if (unbuilt.length) throw new Error(`missing: ${unbuilt.join(", ")}: run make all tools deps-bench`);
}

const endings = [];

/** Has this done when the bench is over: last first, one after the other, each even if another fails. */
export function atEnd(ending) {
  endings.push(ending);
}

function complain(error) {
  process.exitCode = 1;
  console.error(`${path.basename(process.argv[1])}: ${error.message.trim()}`);
}

async function endAll() {
  while (endings.length) await Promise.resolve(endings.pop()()).catch(complain);
}

/** Runs `work`, then what was given to atEnd(), and ends the process. */
export async function runBench(needs, work) {
  for (const [signal, status] of Object.entries({ SIGINT: 130, SIGTERM: 143 }))
    process.once(signal, async () => {
      await endAll();
      process.exit(status);
    });
  process.once("uncaughtException", async (error) => {
    complain(error);
    await endAll();
    process.exit();
  });
  try {
    refuseIfMissing(needs);
    await work();
  } catch (error) {
    complain(error);
  }
  await endAll();
  process.exit(); // whatever still waits for a server that is gone
}
