// The units as systemd reads them: correct, and with little to attack.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { decksdBinary, repository } from "../lib/decksd.mjs";
import { temporaryDirectory } from "../lib/temporary.mjs";

const place = await temporaryDirectory("units");
after(() => place.remove());

/** As `make install` puts it in place, with a binary that is there; the path of the unit. */
function installed(name, as = name) {
  const text = readFileSync(path.join(repository, "config", name), "utf8");
  const unit = path.join(place.path, as);
  writeFileSync(unit, text.replaceAll("@bindir@", path.dirname(decksdBinary())).replaceAll("@sysconfdir@", place.path));
  return unit;
}

const units = {
  socket: installed("decksd.socket"),
  activated: installed("decksd.service"),
  site: installed("decksd@.service", "decksd@talks.service"),
};

function exposure(unit) {
  const report = execFileSync("systemd-analyze", ["security", "--offline=true", "--no-pager", unit], {
    encoding: "utf8",
  });
  return Number(/Overall exposure level for .*: ([0-9.]+) /.exec(report)[1]);
}

describe("the units", () => {
  test("are as systemd wants them", () => {
    const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...Object.values(units)], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    assert.equal(stdout + stderr, "");
  });

  test("the one on passed sockets is exposed by 0.3 at most", () => {
    assert.ok(exposure(units.activated) <= 0.3, `${exposure(units.activated)}`);
  });

  test("the one that opens its port by itself is exposed by 1.2 at most", () => {
    assert.ok(exposure(units.site) <= 1.2, `${exposure(units.site)}`);
  });
});
