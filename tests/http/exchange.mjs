// Talks to a server in bytes: what is sent and what comes back are exactly that, with no client's opinion between.
import net from "node:net";

/**
 * Sends `bytes` (a string in latin1, or a Buffer; an array is sent piece by piece) and collects until the server closes
 * or, if `count` answers are complete, has stayed silent for a moment. Resolves to {bytes, closed, reset}.
 */
export function exchange(port, bytes, { count = Number.POSITIVE_INFINITY, head = false, patience = 20000 } = {}) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: "127.0.0.1" });
    const chunks = [];
    let timer;
    const finish = (closed, reset = false) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ bytes: Buffer.concat(chunks), closed, reset });
    };
    const wait = (ms) => {
      clearTimeout(timer);
      timer = setTimeout(() => finish(false), ms);
    };
    wait(patience);
    socket.on("error", (error) =>
      error.code === "ECONNRESET" || error.code === "EPIPE" ? finish(true, true) : reject(error),
    );
    socket.on("end", () => finish(true));
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      if (Number.isFinite(count) && complete(Buffer.concat(chunks), count, head)) wait(60);
    });
    socket.on("connect", async () => {
      for (const piece of [bytes].flat()) {
        if (socket.destroyed) return;
        socket.write(Buffer.isBuffer(piece) ? piece : Buffer.from(piece, "latin1"));
        if (Array.isArray(bytes)) await new Promise((next) => setTimeout(next, 20));
      }
    });
  });
}

function complete(bytes, count, head) {
  try {
    return parseAnswers(bytes, { head }).length >= count;
  } catch {
    return false;
  }
}

/** The answers in these bytes; throws where they are not well-formed or not whole. */
export function parseAnswers(bytes, { head = false } = {}) {
  const answers = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) throw new Error(`an answer's header does not end: ${rest.toString("latin1").slice(0, 200)}`);
    const answer = parseHeader(rest.subarray(0, end).toString("latin1"));
    const bodiless = head || answer.status === 204 || answer.status === 304 || answer.status < 200;
    const length = bodiless ? 0 : Number(answer.headers["content-length"]);
    if (!Number.isInteger(length)) throw new Error(`an answer without Content-Length: ${answer.status}`);
    if (rest.length < end + 4 + length) throw new Error("an answer's body is cut off");
    answer.body = rest.subarray(end + 4, end + 4 + length);
    answers.push(answer);
    rest = rest.subarray(end + 4 + length);
  }
  return answers;
}

function parseHeader(text) {
  const [line, ...fields] = text.split("\r\n");
  const status = /^HTTP\/1\.1 (\d{3}) [\x20-\x7e]+$/.exec(line);
  if (!status) throw new Error(`no status line: ${line}`);
  const headers = {};
  for (const field of fields) {
    const parts = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ([\x20-\x7e\x80-\xff]*)$/.exec(field);
    if (!parts) throw new Error(`no header field: ${JSON.stringify(field)}`);
    const name = parts[1].toLowerCase();
    if (name in headers) throw new Error(`${name} twice`);
    headers[name] = parts[2];
  }
  return { status: Number(status[1]), headers };
}

/** A request that closes its connection, to be sent as it is. */
export function request(line, ...fields) {
  return `${[`${line} HTTP/1.1`, "Host: test", "Connection: close", ...fields].join("\r\n")}\r\n\r\n`;
}

/** What is answered to `GET target`, with these header fields: {status, headers, body, text}. */
export async function ask(port, target, ...fields) {
  const { bytes } = await exchange(port, request(`GET ${target}`, ...fields));
  const [answer] = parseAnswers(bytes);
  return { ...answer, text: answer.body.toString() };
}
