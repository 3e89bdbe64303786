import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, createApp } from "../../src/apps/server/app.ts";
import { type Node, prepareNode } from "../../src/apps/server/node.ts";
import type { Database } from "../../src/platform/database/types.ts";
import { createLog } from "../../src/platform/http/log.ts";

export const testAddress = "http://localhost:4711";

/** The whole program over a test's database, without a port. */
export interface TestProgram {
  node: Node;
  app: App;
  /** Ends its jobs and removes its folder; the database stays the test's. */
  stop(): Promise<void>;
}

/** Composes the program as the server does, with room for any number of requests. */
export async function aProgram(database: Database): Promise<TestProgram> {
  const directory = mkdtempSync(join(tmpdir(), "santi-program-"));
  const node = await prepareNode(database, { directory, publicAddress: testAddress });
  const plenty = { burst: 1e9, perMinute: 1e9 };
  const app = createApp(node, {
    log: createLog(process.env.SANTI_LOG ?? "silent"),
    limits: { normal: plenty, "sign-in": plenty, heavy: plenty },
  });
  await app.jobs.start();
  return {
    node,
    app,
    async stop() {
      await app.jobs.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Somebody who sends requests: a browser with its cookies, or a program with a token. */
export interface Client {
  send(method: string, path: string, body?: unknown): Promise<Response>;
}

/** A browser that keeps the cookies of its answers. */
export function aBrowser(app: App): Client {
  const cookies = new Map<string, string>();
  return {
    async send(method, path, body) {
      const headers: Record<string, string> = method === "GET" ? {} : { origin: testAddress };
      if (cookies.size > 0) headers.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      if (body !== undefined) headers["content-type"] = "application/json";
      const request = new Request(new URL(path, testAddress), {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const response = await app.fetch(request);
      for (const line of response.headers.getSetCookie()) {
        const pair = line.split(";")[0] ?? "";
        const at = pair.indexOf("=");
        if (/max-age=0(;|$)/i.test(line)) cookies.delete(pair.slice(0, at));
        else cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
      return response;
    },
  };
}

/** A program with an API token. */
export function aTokenHolder(app: App, token: string): Client {
  return {
    async send(method, path, body) {
      return app.fetch(
        new Request(new URL(path, testAddress), {
          method,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    },
  };
}
