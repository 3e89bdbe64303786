import { describe, expect, it } from "vitest";
import { shareSchemas } from "./openapi-components.ts";

const person = () => ({
  type: "object",
  properties: {
    id: {
      type: "string",
      format: "uuid",
      pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
      description: "x".repeat(40),
    },
    age: { type: "integer" },
  },
});

/** Puts schemas into a document of their own and shares what they repeat. */
function shared(schemas: Record<string, Record<string, unknown>>, reserved: string[] = []) {
  const document: Record<string, Record<string, unknown>> = structuredClone(schemas);
  const components = shareSchemas(
    Object.entries(document).map(([name, schema]) => ({
      name,
      schema,
      replace: (by: Record<string, unknown>) => {
        document[name] = by;
      },
    })),
    reserved,
  );
  return { document, components };
}

/** Puts every component back where it is referred to. */
function resolved(value: unknown, components: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, components));
  if (typeof value !== "object" || value === null) return value;
  const { $ref } = value as { $ref?: string };
  if ($ref) return resolved(components[$ref.split("/").at(-1) as string], components);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, components)]));
}

describe("schemas that are said more than once", () => {
  it("become one component, named after the first place, with nothing lost", () => {
    const before = { one: person(), two: { type: "array", items: person() }, three: { type: "string" } };
    const { document, components } = shared(before);
    expect(Object.keys(components)).toEqual(["One"]);
    expect(document.one).toEqual({ $ref: "#/components/schemas/One" });
    expect(document.two).toEqual({ type: "array", items: { $ref: "#/components/schemas/One" } });
    expect(resolved(document, components)).toEqual(before);
  });

  it("share their parts with what is not repeated as a whole", () => {
    const taller = { ...person(), properties: { ...person().properties, height: { type: "number" } } };
    const before = { one: person(), two: taller };
    const { document, components } = shared(before);
    expect(Object.keys(components)).toEqual(["Id"]);
    expect(resolved(document, components)).toEqual(before);
  });

  it("keep names apart that two places would give", () => {
    const other = { ...person(), required: ["id", "age"], description: "another one" };
    const before = { "a.person": person(), b: person(), "a-person": other, d: other };
    const { document, components } = shared(before);
    expect(Object.keys(components)).toEqual(["APerson", "Id", "APerson2"]);
    expect(resolved(document, components)).toEqual(before);
    expect(Object.keys(shared(before, ["APerson"]).components)).toEqual(["APerson2", "Id", "APerson3"]);
  });
});
