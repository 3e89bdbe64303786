import { createReadStream, existsSync, statSync } from "node:fs";
import { extname, join, normalize, sep } from "node:path";
import { Readable } from "node:stream";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".pmtiles": "application/octet-stream",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
};

/** A range header's bytes within a file, or null when it asks for something else. */
function rangeOf(header: string | null, size: number): { start: number; end: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return null;
  const start = match[1] === "" ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === "" || match[2] === "" ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start > end || start >= size ? "unsatisfiable" : { start, end };
}

/** The path of an address, decoded; null when it cannot be decoded. */
export function decodedPath(request: Request): string | null {
  try {
    return decodeURIComponent(new URL(request.url).pathname);
  } catch {
    return null;
  }
}

/**
 * Answers a file of a folder, with ranges, ETag and a copy compressed at build time (`.br`, `.gz`) where one lies beside it.
 * @param path from the address, decoded; anything that leaves the folder is not found
 * @param immutable the name carries a hash of the content
 * @returns null when there is no such file
 */
export function fileResponse(folder: string, path: string, request: Request, immutable = false): Response | null {
  const file = normalize(join(folder, path));
  if (!file.startsWith(folder + sep) || path.includes("\0") || !existsSync(file)) return null;
  const stat = statSync(file);
  if (!stat.isFile()) return null;
  const headers: Record<string, string> = {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "cache-control": immutable ? "public, max-age=31536000, immutable" : "public, no-cache",
    "accept-ranges": "bytes",
    vary: "accept-encoding",
  };
  const accepted = request.headers.get("accept-encoding") ?? "";
  const range = rangeOf(request.headers.get("range"), stat.size);
  let served = file;
  if (!range) {
    for (const [encoding, ending] of [
      ["br", ".br"],
      ["gzip", ".gz"],
    ] as const) {
      if (accepted.includes(encoding) && existsSync(file + ending)) {
        served = file + ending;
        headers["content-encoding"] = encoding;
        break;
      }
    }
  }
  const { size, mtimeMs } = statSync(served);
  headers.etag = `"${Math.round(mtimeMs).toString(36)}-${size.toString(36)}"`;
  if (request.headers.get("if-none-match") === headers.etag) return new Response(null, { status: 304, headers });
  if (range === "unsatisfiable")
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${stat.size}` } });
  const stream = (options?: { start: number; end: number }) =>
    Readable.toWeb(createReadStream(served, options)) as ReadableStream;
  if (range) {
    headers["content-range"] = `bytes ${range.start}-${range.end}/${stat.size}`;
    headers["content-length"] = String(range.end - range.start + 1);
    return new Response(request.method === "HEAD" ? null : stream(range), { status: 206, headers });
  }
  headers["content-length"] = String(size);
  return new Response(request.method === "HEAD" ? null : stream(), { status: 200, headers });
}
