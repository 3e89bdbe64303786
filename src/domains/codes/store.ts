import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";

/** A national variant of a standard code as stored. */
export interface StoredVariant {
  id: string;
  country: string;
  list: string;
  code: string;
  labels: Record<string, string>;
  standard: string;
  validFrom: string | null;
  validTo: string | null;
  version: number;
  changedAt: string;
}

interface Row {
  id: string;
  country: string;
  list: string;
  code: string;
  labels: Record<string, string>;
  standard: string;
  valid_from: string | null;
  valid_to: string | null;
  version: number;
  changed_at: string;
}

const fromRow = ({ valid_from, valid_to, changed_at, ...rest }: Row): StoredVariant => ({
  ...rest,
  validFrom: valid_from,
  validTo: valid_to,
  changedAt: changed_at,
});

const columns = sql`id, country, list, code, labels, standard, valid_from, valid_to, version, changed_at`;

/** All variants of a country, retired ones too. */
export async function findVariants(tx: Tx, country: string): Promise<StoredVariant[]> {
  const { rows } = await sql<Row>`select ${columns} from codes_variant where country = ${country}
    order by list, code, valid_from nulls first`.execute(tx);
  return rows.map(fromRow);
}

/** One variant, locked for change. */
export async function lockVariant(tx: Tx, country: string, id: string): Promise<StoredVariant | null> {
  const { rows } =
    await sql<Row>`select ${columns} from codes_variant where country = ${country} and id = ${id} for update`.execute(
      tx,
    );
  return rows[0] ? fromRow(rows[0]) : null;
}

/** Stores a new variant. @returns false when the code is taken in that list from that day */
export async function insertVariant(tx: Tx, variant: StoredVariant, accountId: string | null): Promise<boolean> {
  const { rows } = await sql`insert into codes_variant
      (country, id, list, code, labels, standard, valid_from, valid_to, version, changed_at, changed_by)
    values (${variant.country}, ${variant.id}, ${variant.list}, ${variant.code}, ${JSON.stringify(variant.labels)}::jsonb,
      ${variant.standard}, ${variant.validFrom}, ${variant.validTo}, ${variant.version}, ${variant.changedAt}, ${accountId})
    on conflict do nothing returning id`.execute(tx);
  return rows.length === 1;
}

/** Ends the validity of a variant. */
export async function endVariant(
  tx: Tx,
  variant: Pick<StoredVariant, "country" | "id" | "validTo" | "version" | "changedAt">,
  accountId: string | null,
): Promise<void> {
  await sql`update codes_variant set valid_to = ${variant.validTo}, version = ${variant.version},
      changed_at = ${variant.changedAt}, changed_by = ${accountId}
    where country = ${variant.country} and id = ${variant.id}`.execute(tx);
}

/** The variants of a country that are valid on a day; of two of one code the later begun. */
export async function validVariants(tx: Tx, country: string, on: string): Promise<StoredVariant[]> {
  const { rows } =
    await sql<Row>`select distinct on (list, code) ${columns} from codes_variant where country = ${country}
      and (valid_from is null or valid_from <= ${on}::date) and (valid_to is null or valid_to >= ${on}::date)
    order by list, code, valid_from desc nulls last`.execute(tx);
  return rows.map(fromRow);
}
