/** A JSON Schema, or a part of one. */
type Schema = Record<string, unknown>;

/** Shorter ones are as easily read where they stand as behind a reference. */
const leastLength = 120;

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const pascal = (text: string) =>
  text.replace(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());

/** The schemas directly inside a schema, each with the name of its property where it has one. */
function children(schema: Schema): { name: string | null; child: Schema; replace: (by: Schema) => void }[] {
  const found: ReturnType<typeof children> = [];
  const list = (owner: Record<string, unknown> | unknown[], named: boolean) => {
    for (const [key, child] of Object.entries(owner))
      if (isSchema(child))
        found.push({ name: named ? key : null, child, replace: (by) => Object.assign(owner, { [key]: by }) });
  };
  if (isSchema(schema.properties)) list(schema.properties, true);
  for (const word of ["anyOf", "oneOf", "allOf", "prefixItems"])
    if (Array.isArray(schema[word])) list(schema[word] as unknown[], false);
  for (const word of ["items", "additionalProperties", "propertyNames", "not"]) {
    const child = schema[word];
    if (isSchema(child)) found.push({ name: null, child, replace: (by) => Object.assign(schema, { [word]: by }) });
  }
  return found;
}

/**
 * Gives every schema that a document says more than once a name among its components, and refers to it elsewhere: a whole
 * record is described once, however many operations answer with it.
 * @param places the schemas of the document, each with a name for itself; they are changed in place
 * @param reserved names that other components have
 * @returns the components by name
 */
export function shareSchemas(
  places: readonly { name: string; schema: Schema; replace: (by: Schema) => void }[],
  reserved: readonly string[] = [],
): Record<string, Schema> {
  const known = new Map<string, { count: number; name: string }>();
  const count = (schema: Schema, name: string) => {
    const text = JSON.stringify(schema);
    if (text.length >= leastLength) {
      const entry = known.get(text);
      // What is inside a repeated schema is repeated with it, which makes no component of its own.
      if (entry) return void entry.count++;
      known.set(text, { count: 1, name });
    }
    for (const { name: own, child } of children(schema)) count(child, own ?? name);
  };
  for (const { name, schema } of places) count(schema, name);

  const components: Record<string, Schema> = {};
  const names = new Map<string, string>();
  const nameFor = (text: string, wish: string) => {
    const base = pascal(wish);
    let name = base;
    for (let n = 2; components[name] || reserved.includes(name); n++) name = `${base}${n}`;
    names.set(text, name);
    return name;
  };
  const share = (schema: Schema, replace: (by: Schema) => void) => {
    const text = JSON.stringify(schema);
    const entry = known.get(text);
    const shared = names.get(text);
    if (shared) return replace({ $ref: `#/components/schemas/${shared}` });
    if (entry && entry.count > 1) {
      const name = nameFor(text, entry.name);
      components[name] = schema;
      replace({ $ref: `#/components/schemas/${name}` });
    }
    for (const each of children(schema)) share(each.child, each.replace);
  };
  for (const { schema, replace } of places) share(schema, replace);
  return components;
}
