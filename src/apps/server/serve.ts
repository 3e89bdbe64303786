import type { Server } from "node:http";
import { type HttpBindings, serve } from "@hono/node-server";
import { startSealer } from "../../platform/events/index.ts";
import { createLog, errorFields, type Log } from "../../platform/http/log.ts";
import { createApp } from "./app.ts";
import type { Node } from "./node.ts";

export { remoteAddress } from "./app.ts";

export interface ServeOptions {
  port: number;
  host: string;
  /** Trust `X-Forwarded-For` of a proxy in front. */
  behindProxy?: boolean;
  log?: Log;
}

/** A server that answers. */
export interface RunningServer {
  address: string;
  /** Stops taking requests, lets those under way finish, seals the events and closes the database. */
  stop(): Promise<void>;
}

/** Serves a node over HTTP until it is stopped. */
export async function serveNode(node: Node, options: ServeOptions): Promise<RunningServer> {
  const log = options.log ?? createLog();
  const { database } = node;
  const app = createApp(node, { log, ...(options.behindProxy ? { behindProxy: true } : {}) });
  const { jobs } = app;

  await jobs.start();
  const stopSealer = startSealer(database, (cause) => log.error(errorFields(cause), "sealing events"));
  const server = await new Promise<Server>((resolve, reject) => {
    const started = serve(
      {
        fetch: (request, bindings) => app.fetch(request, bindings as HttpBindings),
        port: options.port,
        hostname: options.host,
      },
      () => resolve(started as Server),
    ) as Server;
    started.once("error", reject);
  }).catch(async (cause) => {
    await stopSealer();
    await jobs.stop();
    throw cause;
  });
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : options.port;
  return {
    address: `http://${options.host === "0.0.0.0" ? "localhost" : options.host}:${port}`,
    async stop() {
      app.stopping();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), 8000);
      await jobs.stop();
      server.closeIdleConnections();
      await closed;
      clearTimeout(timer);
      await stopSealer();
      await node.close();
    },
  };
}
