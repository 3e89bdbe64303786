/**
 * Headers that every answer carries. Scripts and styles come from this origin alone; the map's worker is a file of this
 * origin too; nothing may frame the program, guess types or learn where people came from.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Only said over https, where it keeps browsers from ever using http again. */
export const transportHeader = ["strict-transport-security", "max-age=31536000; includeSubDomains"] as const;

/**
 * The headers that an answer still lacks. One whose own policy names who may frame it gets no `x-frame-options`, which knows
 * only nobody and oneself.
 */
export function headersBeside(own: Headers): [name: string, value: string][] {
  const ancestors = /frame-ancestors ([^;]+)/.exec(own.get("content-security-policy") ?? "")?.[1]?.trim();
  const framed = ancestors !== undefined && ancestors !== "'none'";
  return Object.entries(securityHeaders).filter(([name]) => !own.has(name) && !(framed && name === "x-frame-options"));
}
