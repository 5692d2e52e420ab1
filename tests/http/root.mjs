// A root for HTTP tests: one deck with every kind of file, and names that need care in a URL.
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Bytes that no coding makes smaller, the same in each run. */
export function noise(size, seed = 1) {
  const bytes = Buffer.alloc(size);
  let state = seed;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export const MODIFIED = new Date("2020-05-17T10:20:30Z");

export const files = {
  "talk/deck.md": `---\ntitle: A talk\ndate: 2020-05-17\n---\n# A talk\n\n${"Some words about it. ".repeat(60)}\n\n---\n\n## The end\n`,
  "talk/data.bin": noise(200_000),
  "talk/empty.bin": Buffer.alloc(0),
  "talk/one.bin": Buffer.from("1"),
  "talk/notes.txt": "A line of notes.\n".repeat(200),
  "talk/with space.bin": noise(50, 2),
  "talk/a+b.bin": noise(51, 3),
  "talk/a#b.bin": noise(52, 4),
  "talk/a?b.bin": noise(53, 5),
  "talk/100%.bin": noise(54, 6),
  "talk/%41.bin": noise(55, 7),
  "talk/é ü 日本.bin": noise(56, 8),
  "talk/x..dots...bin": noise(57, 9),
  "talk/sub/deeper/file.bin": noise(58, 10),
  "2015/conf/content.md": "# Another talk\n",
};

export function makeRoot(directory) {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, MODIFIED, MODIFIED);
  }
  writeFileSync(path.join(directory, "..", "outside.txt"), "outside");
  symlinkSync("../../outside.txt", path.join(directory, "talk/outside.txt"));
  symlinkSync("/etc/passwd", path.join(directory, "talk/passwd.txt"));
  symlinkSync("data.bin", path.join(directory, "talk/link.bin"));
  execFileSync("mkfifo", [path.join(directory, "talk/pipe.bin")]);
}
