// A long task blocks what the visitor does meanwhile: work is cut into turns, between which the browser sees to that.

/** Resolves in a task of its own, as soon as the browser has seen to what is more urgent. */
export function nextTurn() {
  if (globalThis.scheduler?.yield) return globalThis.scheduler.yield();
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null);
  });
}
