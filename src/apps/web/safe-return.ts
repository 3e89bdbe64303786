/** Where to go after signing in: only a path of this application, so that a link cannot lead people elsewhere. */
export function safeReturn(from: string | undefined): string {
  return from && /^\/(?![/\\])/.test(from) && !/^\/sign-in(?![\w-])/.test(from) ? from : "/";
}
