import { createHash } from "node:crypto";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema, Tx } from "../database/types.ts";

/** A table as a backup sees it. */
export interface BackupTable {
  name: string;
  columns: { name: string; type: string; identity: boolean }[];
}

/** Columns that mean something only inside one database cluster. */
const clusterOnly = new Set(["event.xact"]);
const notKept = new Set(["spatial_ref_sys", "migration"]);

/** Every table of the node, those that others point to first. */
export async function listTables(db: Kysely<Schema> | Tx): Promise<BackupTable[]> {
  const { rows: columns } = await sql<{ table: string; column: string; type: string; identity: boolean }>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attidentity <> '' as identity
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    order by c.relname, a.attnum`.execute(db);
  const { rows: links } = await sql<{ child: string; parent: string }>`
    select distinct c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conrelid <> c.confrelid`.execute(
    db,
  );
  const tables = new Map<string, BackupTable>();
  for (const { table, column, type, identity } of columns) {
    if (notKept.has(table)) continue;
    const entry = tables.get(table) ?? { name: table, columns: [] };
    tables.set(table, entry);
    if (!clusterOnly.has(`${table}.${column}`)) entry.columns.push({ name: column, type, identity });
  }
  const ordered: BackupTable[] = [];
  const placed = new Set<string>();
  while (ordered.length < tables.size) {
    const ready = [...tables.values()].filter(
      ({ name }) =>
        !placed.has(name) &&
        links.every(({ child, parent }) => child !== name || placed.has(parent) || !tables.has(parent)),
    );
    if (ready.length === 0) throw new Error("The tables point to each other in a circle");
    for (const table of ready) {
      ordered.push(table);
      placed.add(table.name);
    }
  }
  return ordered;
}

/** One row as a JSON array of texts: PostgreSQL's own text forms, which read back to the same values on every server. */
export function rowLine(table: BackupTable): RawBuilder<unknown> {
  return sql`jsonb_build_array(${sql.join(table.columns.map(({ name }) => sql`${sql.ref(name)}::text`))})::text`;
}

/** Reads a table's rows as lines through a cursor, so that memory stays flat. Must run inside a transaction. */
export async function* readLines(tx: Tx, table: BackupTable): AsyncGenerator<string[]> {
  await sql`declare backup_rows no scroll cursor for select ${rowLine(table)} as line from ${sql.table(table.name)}`.execute(
    tx,
  );
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch 1000 from backup_rows`.execute(tx);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await sql`close backup_rows`.execute(tx);
}

/**
 * A digest of rows that does not depend on their order: the sum of their SHA-256 modulo 2^256, so that two databases
 * can be compared whatever order they read in.
 */
export class RowsDigest {
  #sum = 0n;
  count = 0;

  add(line: string): void {
    this.#sum = (this.#sum + BigInt(`0x${createHash("sha256").update(line).digest("hex")}`)) % (1n << 256n);
    this.count++;
  }

  value(): string {
    return this.#sum.toString(16).padStart(64, "0");
  }
}
