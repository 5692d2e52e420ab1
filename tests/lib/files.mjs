// A server of plain files, as simple as they come: what an exported site must do without.
import { createReadStream, existsSync, statSync } from "node:fs";
import http from "node:http";
import path from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".xml": "application/xml",
  ".woff2": "font/woff2",
};

/** Serves a directory at `prefix`, "/sub/path/", on a free port; {url, stop}. */
export async function serveFiles(directory, prefix = "/") {
  const server = http.createServer((request, response) => {
    const target = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = path.join(directory, target.slice(prefix.length));
    if (!target.startsWith(prefix) || !existsSync(file)) return response.writeHead(404).end();
    if (statSync(file).isDirectory()) {
      if (!target.endsWith("/")) return response.writeHead(301, { Location: `${encodeURI(target)}/` }).end();
      file = path.join(file, "index.html");
      if (!existsSync(file)) return response.writeHead(404).end();
    }
    response.writeHead(200, { "Content-Type": types[path.extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}${prefix}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
