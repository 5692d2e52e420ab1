// The servers that decksd is measured against, serving the same bytes on loopback, each on one core.
import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../lib/port.mjs";
import { atEnd, findCommand } from "./session.mjs";

export const SERVER_CORE = "0";
export const CLIENT_CORE = "1";
const TICKS_PER_SECOND = 100; // USER_HZ, fixed on Linux

/** CPU seconds (user and system) that these processes have used. */
export function cpuSeconds(pids) {
  return pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop().split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }, 0);
}

/** Bytes of memory that belong to these processes alone. */
export function privateBytes(pids) {
  return pids.reduce((sum, pid) => {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const kilobytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm)];
    return sum + kilobytes.reduce((total, match) => total + Number(match[1]) * 1024, 0);
  }, 0);
}

/** A server on its own cores, stopped with the bench at the latest: {child, died, stop}; `died` rejects once it ended. */
function pinned(cores, command, args, options) {
  // In a group of its own, for nginx has a worker that outlives a master who is killed.
  const child = spawn("taskset", ["-c", cores, command, ...args], { ...options, detached: true });
  const killAll = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {} // they are gone already
  };
  process.once("exit", killAll);
  const ended = new Promise((resolve) => child.once("close", resolve).once("error", resolve));
  const died = ended.then(() => {
    throw new Error(`${path.basename(command)} ended (${child.signalCode ?? child.exitCode})`);
  });
  died.catch(() => {}); // whoever waits for the server hears of it
  const stop = async () => {
    const impatient = setTimeout(killAll, 10_000);
    child.kill("SIGTERM");
    await ended;
    clearTimeout(impatient);
    process.removeListener("exit", killAll);
  };
  atEnd(stop);
  return { child, died, stop };
}

/** What `answer()` resolves to, unless the server dies first or says nothing for 20 s. */
function answering({ died }, answer) {
  const tooLong = delay(20_000, undefined, { ref: false }).then(() => {
    throw new Error("a server that was started does not answer");
  });
  return Promise.race([answer(), died, tooLong]);
}

async function anyPage(port) {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => delay(50));
    if (response) return response.arrayBuffer();
  }
}

function childrenOf(pid) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, "utf8").split(") ").pop().split(" ")[1] === String(pid);
      } catch {
        return false; // it ended while we looked
      }
    })
    .map(Number);
}

export const KEY_USUAL = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
export const KEY_COSTLY = ["-newkey", "rsa:4096"]; // some milliseconds for each handshake

/** Files with a key and a certificate that nobody but the clients here believes. */
export function makeCertificate(directory, name, kind) {
  const certificate = path.join(directory, `${name}.pem`);
  const key = path.join(directory, `${name}-key.pem`);
  const args = ["req", "-x509", ...kind, "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key];
  execFileSync("openssl", [...args, "-out", certificate], { stdio: "ignore" });
  return { certificate, key };
}

/** A decksd with one thread on one core, unless `threads` and `cores` say otherwise, and other settings. */
export async function startDecksd(binary, root, { tls, threads = 1, cores = SERVER_CORE, ...others } = {}) {
  const [port, tlsPort] = [await freePort(), await freePort()];
  const bind = "127.0.0.1";
  const doors = [
    { port, bind },
    { port: tlsPort, bind, tls },
  ];
  const settings = { threads, ...(tls ? { listen: doors } : { port, bind }), ...others };
  const config = path.join(root, `../decksd-${port}.yaml`);
  await writeFile(config, JSON.stringify(settings)); // which is YAML
  const server = pinned(cores, binary, ["--root", root, "--config", config], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  await answering(server, () => anyPage(port));
  return { name: "decksd", port, tlsPort, pids: [server.child.pid], stop: server.stop };
}

/** Writes what nginx serves; `files` maps paths to {body, gzip?}. */
export async function writeFiles(directory, files) {
  for (const [name, file] of Object.entries(files)) {
    const target = path.join(directory, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.body);
    if (file.gzip) await writeFile(`${target}.gz`, file.gzip);
  }
}

/** nginx as its friends would set it up for static files: on three ports, plainly, through TLS, and with a log. */
export async function startNginx(directory, html, tls) {
  const [port, tlsPort, logPort] = [await freePort(), await freePort(), await freePort()];
  const work = path.join(directory, `nginx-${port}`);
  const config = path.join(work, "nginx.conf");
  const place = `root ${html}; add_header Cache-Control no-cache; add_header X-Content-Type-Options nosniff;
    add_header Referrer-Policy strict-origin-when-cross-origin;`;
  await mkdir(work);
  await writeFile(
    config,
    `daemon off; worker_processes 1; pid ${work}/nginx.pid; error_log ${work}/error.log;
${process.getuid() === 0 ? "user root;" : ""}
worker_rlimit_nofile 20000;
events { worker_connections 16384; }
http {
  access_log off; sendfile on; tcp_nopush on; etag on; gzip_static on; gzip_vary on; keepalive_requests 1000000000;
  keepalive_timeout 300s; open_file_cache max=1000; open_file_cache_valid 60s; server_tokens off;
  client_body_temp_path ${work}/body; proxy_temp_path ${work}/proxy; fastcgi_temp_path ${work}/fastcgi;
  uwsgi_temp_path ${work}/uwsgi; scgi_temp_path ${work}/scgi;
  types { text/html html; image/png png; video/mp4 mp4; }
  server { listen 127.0.0.1:${port}; ${place} }
  server { listen 127.0.0.1:${logPort}; ${place} access_log ${work}/access.log combined buffer=64k flush=1s; }
  server {
    listen 127.0.0.1:${tlsPort} ssl; ${place}
    ssl_certificate ${tls.certificate}; ssl_certificate_key ${tls.key}; ssl_protocols TLSv1.2 TLSv1.3;
  }
}`,
  );
  const server = pinned(SERVER_CORE, findCommand("nginx"), ["-c", config, "-p", work], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  await answering(server, () => anyPage(port));
  return { name: "nginx", port, tlsPort, logPort, pids: childrenOf(server.child.pid), stop: server.stop };
}

/** The fixed-response program, with decksd's own header fields for the page. */
export async function startFloor(binary, file, headers) {
  const server = pinned(SERVER_CORE, binary, [file, ...headers], { stdio: ["ignore", "pipe", "inherit"] });
  const said = new Promise((resolve) => server.child.stdout.once("data", resolve));
  const port = Number(await answering(server, () => said));
  return { name: "floor", port, pids: [server.child.pid], stop: server.stop };
}
