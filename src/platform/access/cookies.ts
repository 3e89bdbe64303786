import { createHmac, timingSafeEqual } from "node:crypto";
import { sessionLife } from "./auth.ts";

/** How session cookies of a node look: secure ones carry the prefix that browsers tie to https. */
export interface SessionCookies {
  /** The session token of a request, when its cookie bears our signature. */
  read(request: Pick<Request, "headers">): string | null;
  /** A `cookie` header that presents a token to the account library. */
  present(token: string): string;
  /** A `set-cookie` header that gives a token to the browser until `expiresAt`. */
  give(token: string, expiresAt: Date, now: Date): string;
  /** A `set-cookie` header that takes it away. */
  take(): string;
}

/**
 * Reads and writes the session cookie as the account library does: `<token>.<HMAC-SHA256 in base64>`, URL-encoded.
 * @param secret the node's secret
 * @param publicAddress decides whether cookies are `Secure`
 */
export function sessionCookies(secret: string, publicAddress: string): SessionCookies {
  const secure = new URL(publicAddress).protocol === "https:";
  const name = `${secure ? "__Secure-" : ""}santi.session_token`;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  const signature = (token: string) => createHmac("sha256", secret).update(token).digest("base64");
  const signed = (token: string) => encodeURIComponent(`${token}.${signature(token)}`);
  return {
    read(request) {
      for (const part of (request.headers.get("cookie") ?? "").split(";")) {
        const [key, ...rest] = part.trim().split("=");
        if (key !== name) continue;
        try {
          const value = decodeURIComponent(rest.join("="));
          const at = value.lastIndexOf(".");
          const token = value.slice(0, at);
          const given = Buffer.from(value.slice(at + 1));
          const expected = Buffer.from(signature(token));
          if (given.length === expected.length && timingSafeEqual(given, expected)) return token;
        } catch {
          // A damaged cookie counts as none.
        }
      }
      return null;
    },
    present: (token) => `${name}=${signed(token)}`,
    give(token, expiresAt, now) {
      const seconds = Math.max(
        0,
        Math.min(sessionLife.absolute, Math.floor((expiresAt.getTime() - now.getTime()) / 1000)),
      );
      return `${name}=${signed(token)}; Max-Age=${seconds}; ${attributes}`;
    },
    take: () => `${name}=; Max-Age=0; ${attributes}`,
  };
}
