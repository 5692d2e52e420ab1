import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A new empty directory; call `remove` when done. */
export async function temporaryDirectory(name = "test") {
  const directory = await mkdtemp(path.join(tmpdir(), `decksd-${name}-`));
  // Where the tests run as root, decksd does not, and writes its logs here too.
  await chmod(directory, 0o777);
  return { path: directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
