import type { ClientInputs, Route, RouteOutput, Routes } from "./route.ts";

/** A problem as it arrives (RFC 9457), with the code and parameters that the catalogues know. */
export interface ProblemDocument {
  type: string;
  status: number;
  code: string;
  params: Record<string, unknown>;
  fields?: { path: string; code: string; params?: Record<string, unknown> }[];
  /** Which request it was, to quote when asking for help. */
  instance?: string;
}

/** Thrown by the client for every answer that is not a success, and for a line that is down (`status` 0). */
export class RequestProblem extends Error {
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) {
    super(problem.code);
    this.name = "RequestProblem";
    this.problem = problem;
  }
}

/** One function per route: `client.list({ query: { country: "KHM" } })`. */
export type Client<R extends Routes> = {
  [Name in keyof R]: (
    inputs: ClientInputs<R[Name]>,
    options?: { signal?: AbortSignal },
  ) => Promise<RouteOutput<R[Name]>>;
};

/** Fills the placeholders of a route's path and appends the query; undefined members are left out. */
export function routeUrl(
  route: Pick<Route, "path">,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    search.append(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

interface LooseInputs {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/**
 * Makes a typed client from routes.
 * @param routes the contract
 * @param options `base` before every path; `fetch` and `headers` for use outside a browser
 */
export function createClient<R extends Routes>(
  routes: R,
  options: { base?: string; fetch?: typeof fetch; headers?: () => Record<string, string> } = {},
): Client<R> {
  const send = options.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => fetch(input, init));
  const call =
    (route: Route) =>
    async (inputs: LooseInputs = {}, { signal }: { signal?: AbortSignal } = {}) => {
      const url = (options.base ?? "") + routeUrl(route, inputs.params, inputs.query);
      const headers: Record<string, string> = { accept: "application/json", ...options.headers?.() };
      let body: BodyInit | undefined;
      if (inputs.body instanceof Blob || inputs.body instanceof FormData) body = inputs.body;
      else if (inputs.body !== undefined) {
        headers["content-type"] = "application/json";
        body = JSON.stringify(inputs.body);
      }
      let response: Response;
      try {
        response = await send(url, { method: route.method, headers, body, signal, credentials: "same-origin" });
      } catch (cause) {
        if (signal?.aborted) throw cause;
        throw new RequestProblem({ type: "about:blank", status: 0, code: "common.offline", params: {} });
      }
      if (response.ok) return response.status === 204 ? undefined : await response.json();
      const problem = (await response.json().catch(() => null)) as ProblemDocument | null;
      throw new RequestProblem(
        problem?.code ? problem : { type: "about:blank", status: response.status, code: "common.internal", params: {} },
      );
    };
  return Object.fromEntries(Object.entries(routes).map(([name, r]) => [name, call(r)])) as unknown as Client<R>;
}
