import { z } from "zod";
import { shareSchemas } from "./openapi-components.ts";
import type { Route } from "./route.ts";

/** Turns a schema into JSON Schema with the sensitivity of each field as `x-sensitivity`. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): unknown {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      const meta = jsonSchema as { sensitivity?: unknown; "x-sensitivity"?: unknown; $schema?: unknown };
      if (meta.sensitivity !== undefined) {
        meta["x-sensitivity"] = meta.sensitivity;
        delete meta.sensitivity;
      }
    },
  });
}

function withoutDialect(schema: unknown): Record<string, unknown> {
  const { $schema: _, ...rest } = schema as Record<string, unknown>;
  return rest;
}

type Place = Parameters<typeof shareSchemas>[0][number];

/** The schema of a body or an answer, noted so that it can be shared. */
function content(name: string, schema: Record<string, unknown>, places: Place[]) {
  const json: { schema: Record<string, unknown> } = { schema };
  places.push({
    name,
    schema,
    replace: (by) => {
      json.schema = by;
    },
  });
  return { "application/json": json };
}

function parameters(schema: z.ZodType | undefined, place: "path" | "query") {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property as Record<string, unknown>,
  }));
}

/**
 * The OpenAPI 3.1 description of all routes.
 * @param areas routes by area name, which becomes the tag
 * @param describe the sentence of a summary key
 */
export function openApi(
  areas: Readonly<Record<string, Readonly<Record<string, Route>>>>,
  version: string,
  describe: (key: string) => string,
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  const places: Place[] = [];
  for (const [area, routes] of Object.entries(areas)) {
    for (const [name, route] of Object.entries(routes)) {
      const operation = `${area}.${name}`;
      const problems = new Map<number, string[]>();
      for (const { status, code } of route.problems) problems.set(status, [...(problems.get(status) ?? []), code]);
      const responses: Record<string, unknown> = {};
      if (route.output) {
        responses["200"] = {
          description: describe(route.summary),
          content: content(operation, withoutDialect(schemaOf(route.output, "output")), places),
        };
      } else if (route.produces)
        responses["200"] = { description: describe(route.summary), content: { [route.produces]: {} } };
      else responses["204"] = { description: describe(route.summary) };
      for (const [status, codes] of problems) {
        responses[status] = {
          description: codes.join(", "),
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        };
      }
      responses.default = {
        description: "common",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      };
      const asked = [...parameters(route.params, "path"), ...parameters(route.query, "query")];
      for (const parameter of asked)
        places.push({
          name: parameter.name,
          schema: parameter.schema,
          replace: (by) => {
            parameter.schema = by;
          },
        });
      paths[route.path] = {
        ...paths[route.path],
        [route.method.toLowerCase()]: {
          operationId: operation,
          tags: [area.split(".")[0]],
          summary: describe(route.summary),
          "x-right": route.right,
          security: route.right === "open" ? [] : [{ session: [] }, { token: [] }],
          parameters: asked,
          ...(route.body
            ? {
                requestBody: {
                  required: true,
                  content: content(`${operation}.body`, withoutDialect(schemaOf(route.body, "input")), places),
                },
              }
            : {}),
          responses,
        },
      };
    }
  }
  return {
    openapi: "3.1.0",
    info: { title: "Santi", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    paths,
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "santi.session_token" },
        token: { type: "http", scheme: "bearer" },
      },
      schemas: {
        ...shareSchemas(places, ["Problem"]),
        Problem: {
          type: "object",
          required: ["type", "title", "status", "code", "params", "instance"],
          properties: {
            type: { type: "string" },
            title: { type: "string" },
            status: { type: "integer" },
            code: { type: "string" },
            params: { type: "object" },
            fields: { type: "array", items: { type: "object" } },
            instance: { type: "string" },
          },
        },
      },
    },
  };
}
