import { prepareRegion } from "@santi/land-geometry";
import type { MultiPolygon, Polygon } from "geojson";
import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { matchKey, readWkb } from "../../platform/files/index.ts";
import { validVariants } from "../codes/index.ts";
import { countryBoundary, listGazetteer } from "../places/index.ts";
import { createCodeMatcher } from "./codes.ts";
import { createNameIndex, type NamedEntry } from "./names.ts";
import type { Land } from "./position.ts";
import type { Profile } from "./profile.ts";
import type { Knowledge, PreparedRoute } from "./transform.ts";
import { createUnitIndex, type UnitIndex } from "./units.ts";

/** Labels of a code in every language. */
export type CodeLabels = (list: string, value: string) => readonly string[];

async function loadUnits(tx: Tx, country: string): Promise<UnitIndex> {
  const index = createUnitIndex();
  for (const unit of await listGazetteer(tx, country)) index.add(unit);
  return index;
}

/** The generalised border of a country: positions are believed to 10 km beyond it, silently to 2 km. */
async function loadLand(tx: Tx, country: string): Promise<Land | null> {
  const wkb = await countryBoundary(tx, country);
  const geometry = wkb ? (readWkb(wkb) as Polygon | MultiPolygon | null) : null;
  return geometry ? { region: prepareRegion(geometry), silentMetres: 2000, toleranceMetres: 10_000 } : null;
}

async function loadOrganisations(tx: Tx, country: string): Promise<NamedEntry[]> {
  const { rows } =
    await sql<NamedEntry>`select id, code, names from organisations_name where country = ${country}`.execute(tx);
  return rows.map((row) => ({ ...row, names: row.names ?? {} }));
}

/** Codes of the records of one type, for fields that point to them. */
async function loadRecordCodes(tx: Tx, country: string, table: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; code: string }>`select id, code from ${sql.table(table)}
    where country = ${country} and not withdrawn`.execute(tx);
  return new Map(rows.map(({ id, code }) => [matchKey(code), id]));
}

/**
 * Reads once what rows of a run are matched with: units, organisations, national codes, the border of the country, and
 * the codes of records that mapped fields point to.
 */
export async function loadKnowledge(
  tx: Tx,
  input: {
    country: string;
    profile: Profile;
    routes: readonly PreparedRoute[];
    tables: ReadonlyMap<string, string>;
    codeLists: Readonly<Record<string, readonly string[]>>;
    labels: CodeLabels;
    now: Date;
  },
): Promise<Knowledge> {
  const { country, profile, routes, now } = input;
  const pointed = new Set(
    routes.flatMap(({ columns }) =>
      columns.flatMap(({ field }) => (field.kind === "record" && field.of ? [field.of] : [])),
    ),
  );
  const records = new Map<string, ReadonlyMap<string, string>>();
  for (const of of pointed) {
    const table = input.tables.get(of);
    records.set(of, table ? await loadRecordCodes(tx, country, table) : new Map());
  }
  const variants = await validVariants(tx, country, now.toISOString().slice(0, 10));
  return {
    country,
    units: await loadUnits(tx, country),
    organisations: createNameIndex(await loadOrganisations(tx, country)),
    records,
    land: await loadLand(tx, country),
    codes: createCodeMatcher(input.codeLists, input.labels, variants),
    dates: profile.dates,
    decimalComma: profile.decimalComma,
    now,
  };
}
