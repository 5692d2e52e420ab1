import { once } from "node:events";
import http from "node:http";
import https from "node:https";

/**
 * One request on a connection of its own, with any Host and to any certificate, which fetch would not do: to a URL, or
 * to {port, path} or {socketPath, path}; `options` as for http.request. Resolves to {status, headers, body, text}.
 */
export async function get(where, options = {}) {
  const url = typeof where === "string" ? new URL(where) : where;
  const to = url instanceof URL ? { host: url.hostname, port: url.port, path: url.pathname + url.search } : url;
  const { request } = url.protocol === "https:" ? https : http;
  const asked = request({ host: "127.0.0.1", agent: false, rejectUnauthorized: false, ...to, ...options }).end();
  const [answer] = await once(asked, "response");
  const parts = [];
  for await (const part of answer) parts.push(part);
  const body = Buffer.concat(parts);
  return { status: answer.statusCode, headers: answer.headers, body, text: body.toString() };
}
