import { commonProblems, Problem } from "../kernel/problem.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a change that another site's page sends in a visitor's name. A browser names the page's origin with every
 * change; it must be the node's public address or the very host that was asked. Requests without cookies that name no
 * origin, as programs send them with a token, carry nobody's session and pass.
 * @throws Problem `common.forbidden`
 */
export function checkOrigin(request: Request, publicAddress: string): void {
  if (safeMethods.has(request.method)) return;
  if (request.headers.get("sec-fetch-site") === "same-origin") return;
  const origin = request.headers.get("origin");
  if (origin === null) {
    if (request.headers.has("cookie")) throw new Problem(commonProblems.forbidden);
    return;
  }
  if (origin === new URL(publicAddress).origin) return;
  const host = request.headers.get("host");
  if (host !== null && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new Problem(commonProblems.forbidden);
}
