// axe-core's judgement of what a page, or a frame of it, shows at the moment.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, as "rule: elements"; `options` are axe.run's. Evaluated from outside, so the page's own policy stays in force. */
export async function violations(frame, options = {}) {
  await frame.evaluate(axe);
  const { violations } = await frame.evaluate((options) => globalThis.axe.run(options), options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("  ")}`);
}
