// The servers that decksd is measured against, serving the same bytes on loopback, pinned to one core.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";

export const SERVER_CORE = "0";
export const CLIENT_CORE = "1";
const TICKS_PER_SECOND = 100; // USER_HZ, fixed on Linux

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

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

export function pinned(command, args, options) {
  const child = spawn("taskset", ["-c", SERVER_CORE, command, ...args], options);
  process.once("exit", () => child.kill("SIGKILL"));
  return child;
}

async function answering(url) {
  for (let tries = 0; tries < 100; tries++) {
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`nothing answers at ${url}`);
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

export async function startDecksd(binary, root) {
  const port = await freePort();
  const child = pinned(binary, ["--root", root, "--port", String(port), "--bind", "127.0.0.1", "--threads", "1"], {
    stdio: "ignore",
  });
  await answering(`http://127.0.0.1:${port}/`);
  return { name: "decksd", port, pids: [child.pid], stop: () => child.kill("SIGTERM") };
}

/** nginx as its friends would set it up for static files; `files` maps paths to {body, gzip?, type}. */
export async function startNginx(directory, files) {
  const port = await freePort();
  const html = path.join(directory, "html");
  for (const [name, file] of Object.entries(files)) {
    const target = path.join(html, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.body);
    if (file.gzip) await writeFile(`${target}.gz`, file.gzip);
  }
  const config = path.join(directory, "nginx.conf");
  await writeFile(
    config,
    `daemon off; worker_processes 1; pid ${directory}/nginx.pid; error_log ${directory}/error.log;
${process.getuid() === 0 ? "user root;" : ""}
worker_rlimit_nofile 20000;
events { worker_connections 16384; }
http {
  access_log off; sendfile on; tcp_nopush on; etag on; gzip_static on; gzip_vary on; keepalive_requests 1000000000;
  keepalive_timeout 300s; open_file_cache max=1000; open_file_cache_valid 60s; server_tokens off;
  client_body_temp_path ${directory}/body; proxy_temp_path ${directory}/proxy; fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi; scgi_temp_path ${directory}/scgi;
  types { text/html html; image/png png; video/mp4 mp4; }
  server {
    listen 127.0.0.1:${port}; root ${html};
    add_header Cache-Control no-cache; add_header X-Content-Type-Options nosniff; add_header Referrer-Policy same-origin;
  }
}`,
  );
  const child = pinned("/usr/sbin/nginx", ["-c", config, "-p", directory], { stdio: "ignore" });
  await answering(`http://127.0.0.1:${port}/`);
  return { name: "nginx", port, pids: childrenOf(child.pid), stop: () => child.kill("SIGTERM") };
}

/** The fixed-response program, with decksd's own header fields for the page. */
export async function startFloor(binary, file, headers) {
  const child = pinned(binary, [file, ...headers], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise((resolve) => child.stdout.once("data", (text) => resolve(Number(text))));
  return { name: "floor", port, pids: [child.pid], stop: () => child.kill("SIGTERM") };
}
