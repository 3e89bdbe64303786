/** Makes a URL or tile template absolute, which workers need, and leaves the braces of a template alone. */
export function absoluteUrl(url: string, origin: string): string {
  return url.startsWith("/") ? origin + url : url;
}
