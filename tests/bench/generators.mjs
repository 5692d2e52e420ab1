// The clients: each runs one load against one server and tells what came of it.
import { execFile } from "node:child_process";
import { get as httpGet } from "node:http";
import net from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { CLIENT_CORE, cpuSeconds, privateBytes } from "./rivals.mjs";

const run = promisify(execFile);

export function get(port, target, headers = {}) {
  return new Promise((resolve, reject) => {
    httpGet({ host: "127.0.0.1", port, path: target, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
      );
    }).on("error", reject);
  });
}

/** Runs a client on these cores: its output, and the seconds of CPU that it used. */
async function timed(cores, command, args) {
  const { stdout } = await run("sh", ["-c", '"$@"; times', "sh", "taskset", "-c", cores, command, ...args]);
  const lines = stdout.trim().split("\n");
  const used = [...lines.pop().matchAll(/(\d+)m([\d.]+)s/g)];
  return { stdout, cpu: used.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0) };
}

async function wrk(url, { connections, seconds, headers, cores }) {
  const { stdout, cpu } = await timed(
    cores,
    "wrk",
    ["-t1", `-c${connections}`, `-d${seconds}s`].concat(headers.flatMap((header) => ["-H", header])).concat(url),
  );
  if (/Non-2xx or 3xx/.test(stdout)) throw new Error(`${url} refused:\n${stdout}`);
  return {
    requests: Number(/(\d+) requests in/.exec(stdout)[1]),
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]),
    cpu,
  };
}

async function h2load(url, { headers, cores, amount }) {
  const { stdout, cpu } = await timed(
    cores,
    "h2load",
    ["--h1", "-t1", ...amount].concat(headers.flatMap((header) => ["-H", header])).concat(url),
  );
  const [requests, moved] = /(\d+) 2xx, (\d+) 3xx, 0 4xx, 0 5xx/.exec(stdout)?.slice(1).map(Number) ?? [0, 0];
  const perSecond = Number(/finished in [^,]+, ([\d.]+) req\/s/.exec(stdout)?.[1]);
  return { requests: requests + moved, perSecond, cpu };
}

/** wrk waits for a body behind a 304 that has Content-Length (RFC 9110 §8.6 allows it); h2load does not. */
function revalidate(url, { connections, seconds, ...how }) {
  return h2load(url, { ...how, amount: [`-c${connections}`, `-D${seconds}`] });
}

/** One request on each of so many connections. wrk would turn in circles until a handshake is answered. */
function handshake(url, { handshakes, ...how }) {
  return h2load(url, { ...how, amount: [`-c${handshakes}`, `-n${handshakes}`] });
}

/** Requests a second, and microseconds of CPU for each, the server's and the client's. */
export async function load(server, url, { connections = 32, cores = CLIENT_CORE, ...how }) {
  const before = cpuSeconds(server.pids);
  const client = how.conditional ? revalidate : how.handshakes ? handshake : wrk;
  const { requests, perSecond, cpu } = await client(url, { connections, cores, ...how });
  if (requests === 0) throw new Error(`${url} answered nothing`);
  const micros = (used) => (used / requests) * 1e6;
  return { perSecond, cpu: micros(cpuSeconds(server.pids) - before), clientCpu: micros(cpu) };
}

/** Microseconds of the 99th percentile at a fixed rate, counted from the planned time of each request. */
export async function percentile(openloop, server, path, { rate, seconds, headers }) {
  const { stdout } = await run(
    "taskset",
    ["-c", CLIENT_CORE, openloop].concat([server.port, path, rate, seconds].map(String), headers),
  );
  const [, p99, , answered] = stdout.trim().split(" ");
  const [done, planned] = answered.split("/").map(Number);
  return { p99: Number(p99), answered: done / planned };
}

/** A client that asks once and stays. */
async function visitor(server, path) {
  const socket = net.connect(server.port, "127.0.0.1");
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n\r\n`);
  await new Promise((resolve, reject) => socket.once("data", resolve).once("close", reject));
  return socket;
}

/** Bytes that each of `count` kept-alive connections holds a second after its request. */
export async function idleMemory(server, path, count) {
  const before = privateBytes(server.pids);
  const sockets = [];
  while (sockets.length < count)
    sockets.push(...(await Promise.all(Array.from({ length: 50 }, () => visitor(server, path)))));
  // Idle, not just done; and visitors come by, for a server with nothing to do does not tidy up either.
  await delay(1000);
  for (let i = 0; i < 500; i++) await get(server.port, path);
  await delay(200);
  const after = privateBytes(server.pids);
  if (sockets.some((socket) => socket.closed || socket.readableEnded))
    throw new Error(`${server.name} closed connections that were to be measured`);
  for (const socket of sockets) socket.destroy();
  return (after - before) / sockets.length;
}
