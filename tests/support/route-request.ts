import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Route } from "../../src/platform/contract/route.ts";
import { rootPath } from "../../src/platform/kernel/root.ts";

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  format?: string;
  pattern?: string;
}

/** A value that no schema tells how to make: an import's profile. */
const shippedProfile: unknown = JSON.parse(
  readFileSync(rootPath("src", "domains", "imports", "profiles", "cambodia-ncdd-csv.json"), "utf8"),
);

const id = "01999999-0000-7000-8000-000000000000";

/** The smallest value that a JSON Schema allows, with the given country and a profile wherever there can be one. */
function smallest(schema: Schema, name: string, country: string): unknown {
  if (name === "profile" && schema.type === "object") return shippedProfile;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.oneOf) return smallest(schema.oneOf[0] as Schema, name, country);
  if (schema.anyOf) return smallest(schema.anyOf[0] as Schema, name, country);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key]) => schema.required?.includes(key) || key === "country" || key === "profile")
          .map(([key, value]) => [key, smallest(value, key, country)]),
      );
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => smallest(schema.items ?? {}, name, country));
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return false;
    case "string":
      if (name === "country") return country;
      if (name === "y") return "0.mvt";
      if (schema.format === "uuid") return id;
      if (schema.format === "email") return "somebody@example.org";
      if (schema.format === "date") return "2020-01-01";
      if (schema.format === "date-time") return "2020-01-01T00:00:00Z";
      return "x".repeat(Math.max(schema.minLength ?? 1, 1));
    default:
      return {};
  }
}

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema;

/** The names that a route's inputs have at their top. */
function names(route: Route): Set<string> {
  const schemas = [route.params, route.query, route.body].filter((schema) => schema !== undefined);
  return new Set(schemas.flatMap((schema) => Object.keys(schemaOf(schema).properties ?? {})));
}

/** Whether a route says of which country it speaks, so that a right in another country does not open it. */
export function namesCountry(route: Route): boolean {
  return names(route).has("country");
}

/** A request whose body the contract accepts, made from the schemas, for records that do not exist. */
export function aRequest(route: Route, country: string): { path: string; body?: unknown } {
  const params = (route.params ? smallest(schemaOf(route.params), "", country) : {}) as Record<string, unknown>;
  const query = (route.query ? smallest(schemaOf(route.query), "", country) : {}) as Record<string, unknown>;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? smallest({ type: "string" }, name, country);
    return encodeURIComponent(
      route.path.startsWith("/tiles/") && name === "layer"
        ? "land.area"
        : String(name === "z" || name === "x" ? 0 : value),
    );
  });
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return {
    path: search === "" ? path : `${path}?${search}`,
    ...(route.body ? { body: smallest(schemaOf(route.body), "", country) } : {}),
  };
}
