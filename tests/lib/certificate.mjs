// Certificates for tests, made by openssl when they are needed.
import { execFileSync } from "node:child_process";
import { chmodSync, renameSync } from "node:fs";
import path from "node:path";

/**
 * Makes cert.pem and key.pem in a directory, each put in its place at once; `name` is the subject, by which a test can
 * tell one from the other. `kind` is "ec" or "rsa".
 */
export function makeCertificate(directory, name, { kind = "ec", days = 3 } = {}) {
  const certificate = path.join(directory, "cert.pem");
  const key = path.join(directory, "key.pem");
  const algorithm = kind === "ec" ? ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"] : ["rsa:2048"];
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-nodes", "-newkey", ...algorithm, "-days", String(days), "-subj", `/CN=${name}`],
      ...["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
      ...["-keyout", `${key}.new`, "-out", `${certificate}.new`],
    ],
    { stdio: "ignore" },
  );
  chmodSync(`${key}.new`, 0o644); // where the tests run as root, decksd does not
  renameSync(`${key}.new`, key);
  renameSync(`${certificate}.new`, certificate);
  return { certificate, key };
}
