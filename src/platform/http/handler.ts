import type { Caller } from "../access/model.ts";
import type { Route, RouteInputs, RouteOutput, Routes } from "../contract/route.ts";
import type { Database, Tx } from "../database/types.ts";

/** What a handler has besides its validated inputs. */
export interface Context {
  /** The request's transaction, in the caller's claims; the answer leaves after its commit. */
  tx: Tx;
  caller: Caller;
  now: Date;
  /** Aborted when the client goes away or the time limit is over. */
  signal: AbortSignal;
  /** The request as it came; for streams and files, not for inputs that the contract declares. */
  request: Request;
  requestId: string;
  /** For work that needs transactions of its own: long imports, streams, sign-in. */
  database: Database;
  /** Runs after the commit, before the answer leaves; for caches of this process. */
  afterCommit(work: () => void | Promise<void>): void;
}

/** A handler of one route: a value, or a response for files and streams; problems are thrown. */
export type Handler<R extends Route> = (
  context: Context,
  inputs: RouteInputs<R>,
) => Promise<R["output"] extends undefined ? Response | undefined : RouteOutput<R> | Response>;

/** One handler for each route of a contract. */
export type Handlers<R extends Routes> = { [Name in keyof R]: Handler<R[Name]> };

/** A contract with its handlers, ready to be served. */
export interface Implementation {
  routes: Routes;
  handlers: Record<string, Handler<Route>>;
}

/** Joins a contract and its handlers; the compiler checks that none is missing. */
export function implement<R extends Routes>(routes: R, handlers: Handlers<R>): Implementation {
  return { routes, handlers: handlers as unknown as Record<string, Handler<Route>> };
}
