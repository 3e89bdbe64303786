import type { z } from "zod";
import type { ProblemDefinition } from "../kernel/problem.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * A route as data. Server, typed client, OpenAPI page and the authorisation matrix derive from it.
 * `right` names what the caller must be allowed to do; `open` routes need no account.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  method: Method;
  /** With `{name}` placeholders, e.g. `/api/accidents/{id}`. */
  path: string;
  /** Key of the catalogue sentence that explains the route. */
  summary: string;
  right: string | "open" | "signed-in";
  params?: Params;
  query?: Query;
  body?: Body;
  /** Absent for routes that answer a stream, a file or a tile; `produces` then says what. */
  output?: Output;
  produces?: string;
  problems: readonly ProblemDefinition[];
  /** Whether the handler runs in a transaction that may write; reads run in a read-only one. */
  writes: boolean;
  /** Largest body in bytes, when the default is not enough. */
  bodyLimit?: number;
  /** Longest time in milliseconds, when the default is not enough. */
  timeLimit?: number;
  /** Which rate limit applies. */
  rate?: "normal" | "sign-in" | "heavy";
}

type RouteInput = Omit<Route, "writes" | "problems"> & Partial<Pick<Route, "writes" | "problems">>;

/** Declares a route; `writes` follows from the method unless said, and no named problems is the default. */
export function route<const R extends RouteInput>(definition: R): R & Pick<Route, "writes" | "problems"> {
  return { problems: [], writes: definition.method !== "GET", ...definition };
}

/** The routes of one area by name. */
export type Routes = Readonly<Record<string, Route>>;

type Infer<T> = T extends z.ZodType ? z.output<T> : undefined;
type InferInput<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a handler receives. */
export interface RouteInputs<R extends Route> {
  params: Infer<R["params"]>;
  query: Infer<R["query"]>;
  body: Infer<R["body"]>;
}

/** What a client sends. Parts that the route does not declare are left out. */
export type ClientInputs<R extends Route> = (R["params"] extends z.ZodType
  ? { params: InferInput<R["params"]> }
  : { params?: undefined }) &
  (R["query"] extends z.ZodType ? { query?: InferInput<R["query"]> } : { query?: undefined }) &
  (R["body"] extends z.ZodType ? { body: InferInput<R["body"]> } : { body?: undefined });

/** What a route answers. */
export type RouteOutput<R extends Route> = Infer<R["output"]>;
