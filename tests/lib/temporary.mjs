import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A new empty directory; call `remove` when done. */
export async function temporaryDirectory(name = "test") {
  const directory = await mkdtemp(path.join(tmpdir(), `decksd-${name}-`));
  return { path: directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
