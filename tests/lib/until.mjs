import { setTimeout as delay } from "node:timers/promises";

const PATIENCE = 20000;

/** Waits until `found()`; throws with `what` was waited for (a text, or a function that makes one) if it does not come. */
export async function until(found, what = "what was waited for") {
  const deadline = Date.now() + PATIENCE;
  while (!(await found())) {
    if (Date.now() > deadline)
      throw new Error(`not within ${PATIENCE / 1000} s: ${what instanceof Function ? what() : what}`);
    await delay(20);
  }
}
