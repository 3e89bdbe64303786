import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodedPath, fileResponse } from "./static.ts";

describe("files of a folder", () => {
  let folder: string;
  const script = "const peace = 1;\n".repeat(100);
  const ask = (path: string, headers: Record<string, string> = {}, method = "GET") => {
    const request = new Request(`http://localhost${path}`, { method, headers });
    return fileResponse(join(folder, "web"), decodedPath(request) ?? "\0", request);
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "santi-static-"));
    mkdirSync(join(folder, "web", "inner"), { recursive: true });
    writeFileSync(join(folder, "secret.txt"), "secret");
    mkdirSync(join(folder, "web-other"));
    writeFileSync(join(folder, "web-other", "secret.txt"), "secret");
    writeFileSync(join(folder, "web", "a.js"), script);
    writeFileSync(join(folder, "web", "a.js.gz"), "zipped");
    writeFileSync(join(folder, "web", "data.pmtiles"), Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are sent with type, length and tag, from the compressed copy where the client takes it", async () => {
    const plain = ask("/a.js");
    expect(plain?.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(plain?.headers.get("content-length")).toBe(String(script.length));
    expect(await plain?.text()).toBe(script);
    const zipped = ask("/a.js", { "accept-encoding": "gzip, br" });
    expect(zipped?.headers.get("content-encoding")).toBe("gzip");
    expect(zipped?.headers.get("vary")).toBe("accept-encoding");
    expect(await zipped?.text()).toBe("zipped");
    expect(zipped?.headers.get("etag")).not.toBe(plain?.headers.get("etag"));
    expect(ask("/a.js", { "if-none-match": plain?.headers.get("etag") ?? "" })?.status).toBe(304);
  });

  it.each([
    ["bytes=0-3", 206, [0, 1, 2, 3], "bytes 0-3/10"],
    ["bytes=8-", 206, [8, 9], "bytes 8-9/10"],
    ["bytes=-2", 206, [8, 9], "bytes 8-9/10"],
    ["bytes=-99", 206, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "bytes 0-9/10"],
    ["bytes=5-99", 206, [5, 6, 7, 8, 9], "bytes 5-9/10"],
    ["bytes=10-", 416, [], "bytes */10"],
    ["bytes=3-2", 416, [], "bytes */10"],
    ["bytes=-0", 416, [], "bytes */10"],
    ["bytes=0-1,3-4", 200, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], null],
    ["lines=1-2", 200, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], null],
  ])("answer the range %s with %i", async (range, status, bytes, contentRange) => {
    const response = ask("/data.pmtiles", { range });
    expect(response?.status).toBe(status);
    expect(response?.headers.get("content-range")).toBe(contentRange);
    expect([...Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0))]).toEqual(bytes);
  });

  it.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/inner/..%2f..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/..%5csecret.txt",
    "/../web-other/secret.txt",
    "/..%2fweb-other%2fsecret.txt",
    "/inner",
    "/none.js",
    "/a.js%00.txt",
    "/%E0%A4%A",
    "/",
  ])("are not found outside the folder or under a broken name: %s", (path) => expect(ask(path)).toBeNull());

  it("are described to HEAD without their bytes", async () => {
    const response = ask("/a.js", {}, "HEAD");
    expect(response?.headers.get("content-length")).toBe(String(script.length));
    expect(await response?.text()).toBe("");
  });
});
