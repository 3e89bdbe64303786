/**
 * Takes zod's place in the browser build. Contracts declare the shapes of their routes with zod, but a browser only
 * needs their paths and fields; the server alone checks values. Every declaration answers itself, and checking throws,
 * so that code which does need zod is noticed at once.
 */
const checks = new Set(["parse", "safeParse", "parseAsync", "safeParseAsync", "toJSONSchema"]);

const declaration: unknown = new Proxy(() => undefined, {
  get(_, name) {
    if (typeof name === "string" && checks.has(name))
      return () => {
        throw new Error(`zod.${name} is not in the browser build; check on the server`);
      };
    return declaration;
  },
  apply: () => declaration,
});

export const z = declaration;
