// Sockets from systemd: they take the place of ports, and a restart loses no request.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import tls from "node:tls";
import { activate as launch } from "../lib/activate.mjs";
import { makeCertificate } from "../lib/certificate.mjs";
import { get } from "../lib/get.mjs";
import { freePort } from "../lib/port.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";
import { until } from "../lib/until.mjs";

const place = await temporaryDirectory("activation");
after(() => place.remove());
const root = path.join(place.path, "root");
mkdirSync(path.join(root, "talk"), { recursive: true });
writeFileSync(path.join(root, "talk/deck.md"), "# A talk\n");

let configs = 0;

/** The options for a configuration with these listeners. */
function configured(listen) {
  const file = path.join(place.path, `config-${configs++}.yaml`);
  writeFileSync(file, JSON.stringify({ listen }));
  return ["--config", file];
}

const activate = (sockets, args) => launch(sockets, ["--root", root, ...args]);

const status = async (where) => (await get({ path: "/talk/", ...where })).status;

describe("under socket activation", () => {
  test("ten restarts under load lose no request", async () => {
    const port = await freePort();
    const it = await activate([port], ["--threads", "2"]);
    await it.ready();
    assert.match(it.output(), new RegExp(`serving 1 deck, 1 slide at http://localhost:${port}/ `));
    let over = false;
    let answers = 0;
    const ask = async () => {
      while (!over) {
        assert.equal(await status({ port }), 200);
        answers++;
      }
    };
    const load = Promise.all(Array.from({ length: 8 }, ask));
    for (let count = 1; count <= 10; count++) {
      it.restart();
      await Promise.race([load, it.ready(count + 1)]);
    }
    await Promise.race([load, until(() => answers > 100, "a hundred answers")]);
    over = true;
    await load;
    await it.stop();
  });

  test("clients who come while nobody serves wait, and are served", async () => {
    const port = await freePort();
    const it = await activate([port], []);
    await it.ready();
    it.restart();
    const statuses = await Promise.all(Array.from({ length: 50 }, () => status({ port })));
    assert.deepEqual(new Set(statuses), new Set([200]));
    await it.ready(2);
    await it.stop();
  });

  test("sockets stand for the entries with their port or path", async () => {
    const files = makeCertificate(place.path, "activated.example");
    const [port, unix] = [await freePort(), path.join(place.path, "a.sock")];
    const args = configured([{ port, tls: files }, { unix }, { port: 0, bind: "127.0.0.1" }]);
    const it = await activate([unix, port], args);
    await it.ready();
    assert.match(
      it.output(),
      new RegExp(` at unix:${unix} and https://localhost:${port}/ and http://localhost:\\d+/ `),
    );
    const socket = tls.connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
    await once(socket, "secureConnect");
    assert.equal(socket.getPeerCertificate().subject.CN, "activated.example");
    socket.destroy();
    assert.equal(await status({ socketPath: unix }), 200);
    // The launcher's file is not ours to remove: whoever connects meanwhile waits.
    it.restart();
    assert.equal(await status({ socketPath: unix }), 200);
    await it.ready(2);
    await it.stop();
  });

  test("clients who come while a killed server starts again wait, and are served", async () => {
    const port = await freePort();
    const it = await activate([port], []);
    await it.ready();
    await it.crash();
    const statuses = await Promise.all(Array.from({ length: 50 }, () => status({ port })));
    assert.deepEqual(new Set(statuses), new Set([200]));
    await it.ready(2);
    await it.stop();
  });

  test("sockets stand for the entries with their name", async () => {
    const [plain, other] = [await freePort(), await freePort()];
    const it = await activate(
      [`front=${plain}`, `back=${other}`],
      configured([{ socket: "back" }, { socket: "front", redirect: 444 }]),
    );
    await it.ready();
    assert.equal(await status({ port: other }), 200);
    assert.equal(await status({ port: plain }), 308);
    await it.stop();
  });

  test("an entry whose socket is not passed is an error", async () => {
    const it = await activate([`front=${await freePort()}`], configured([{ socket: "front" }, { socket: "back" }]));
    assert.equal((await it.ended)[0], 1);
    assert.match(it.output(), /systemd passed no socket with the name back: add FileDescriptorName=back/);
  });

  test("sockets that no entry has are an error", async () => {
    const it = await activate([await freePort()], configured([{ port: 1 }]));
    assert.equal((await it.ended)[0], 1);
    assert.match(it.output(), /systemd passed a socket at .*, which no entry of `listen` has: add one/);
  });
});
