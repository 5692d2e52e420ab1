import { once } from "node:events";
import { createServer } from "node:net";

// Below the ports that systems give out by themselves (from 32768 on Linux, 49152 elsewhere):
// nobody who asks for any port, to listen or to connect, is given one of these meanwhile.
const FIRST = 20000;
const COUNT = 12000;

/** A TCP port that was free a moment ago, and that nothing takes but who asks for it by number. */
export async function freePort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const server = createServer();
    try {
      server.listen(port);
      await once(server, "listening");
    } catch (error) {
      if (error.code === "EADDRINUSE") continue;
      throw error;
    }
    server.close();
    await once(server, "close");
    return port;
  }
}
