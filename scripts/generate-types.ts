import { readFileSync, writeFileSync } from "node:fs";
import { sql } from "kysely";
import { migrate } from "../src/platform/database/migrate.ts";
import { openDatabase } from "../src/platform/database/open.ts";
import { rootPath } from "../src/platform/kernel/root.ts";

interface Column {
  table_name: string;
  column_name: string;
  udt_name: string;
  is_nullable: "YES" | "NO";
  has_default: boolean;
}

const typeOf: Record<string, string> = {
  text: "string",
  varchar: "string",
  bpchar: "string",
  uuid: "string",
  date: "string",
  timestamptz: "string",
  timestamp: "string",
  xid8: "string",
  int2: "number",
  int4: "number",
  int8: "number",
  float4: "number",
  float8: "number",
  numeric: "number",
  bool: "boolean",
  bytea: "Buffer",
  jsonb: "Json",
  json: "Json",
  geometry: "string",
  _text: "string[]",
  _uuid: "string[]",
};

/** Writes the row types of a freshly migrated database; `--check` fails when the committed file differs. */
async function generateTypes(check: boolean): Promise<void> {
  const db = await openDatabase({ directory: null });
  await migrate(db);
  const { rows } = await sql<Column>`
    select c.table_name, c.column_name, c.udt_name, c.is_nullable,
      (c.column_default is not null or c.is_identity = 'YES') as has_default
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name not in ('spatial_ref_sys')
    order by c.table_name, c.ordinal_position`.execute(db.owner);
  await db.close();
  const tables = new Map<string, Column[]>();
  for (const row of rows) tables.set(row.table_name, [...(tables.get(row.table_name) ?? []), row]);
  const lines = [
    "// Written by scripts/generate-types.ts from the migrated schema; do not edit.",
    'import type { Generated } from "kysely";',
    'import type { Json } from "../kernel/canonical-json.ts";',
    "",
    "export interface Schema {",
  ];
  for (const [table, columns] of tables) {
    lines.push(`  ${/^\w+$/.test(table) ? table : JSON.stringify(table)}: {`);
    for (const column of columns) {
      const base = typeOf[column.udt_name];
      if (!base) throw new Error(`No TypeScript type for ${column.udt_name} (${table}.${column.column_name})`);
      const type = column.is_nullable === "YES" ? `${base} | null` : base;
      const name = /^\w+$/.test(column.column_name) ? column.column_name : JSON.stringify(column.column_name);
      lines.push(`    ${name}: ${column.has_default ? `Generated<${type}>` : type};`);
    }
    lines.push("  };");
  }
  lines.push("}", "");
  const text = lines.join("\n");
  const file = rootPath("src", "platform", "database", "schema.generated.ts");
  if (check) {
    if (readFileSync(file, "utf8") !== text)
      throw new Error("schema.generated.ts is stale: run npx tsx scripts/generate-types.ts");
  } else writeFileSync(file, text);
}

await generateTypes(process.argv.includes("--check"));
