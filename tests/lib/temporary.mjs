import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Writes a file, and the directories above it, at once: who reads meanwhile sees the old or the new one whole. */
export function writeWhole(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

/** A new empty directory; `write(name, content)` makes a file in it. Call `remove` when done. */
export async function temporaryDirectory(name = "test") {
  const directory = await mkdtemp(path.join(tmpdir(), `decksd-${name}-`));
  // Where the tests run as root, decksd does not, and writes its logs here too.
  await chmod(directory, 0o777);
  return {
    path: directory,
    write: (file, content) => writeWhole(path.join(directory, file), content),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
