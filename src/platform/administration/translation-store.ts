import { sql } from "kysely";
import type { Language } from "../contract/fields.ts";
import type { Tx } from "../database/types.ts";

/** A wording of this node. */
export interface StoredWording {
  language: Language;
  key: string;
  message: string;
  /** The English sentence that it was made for. */
  english: string;
  state: "draft" | "reviewed";
  changedAt: string;
  changedBy: string | null;
}

const columns = sql`language, key, message, english, state, changed_at as "changedAt", changed_by as "changedBy"`;

/** All wordings of a language, or those of some keys. */
export async function findWordings(tx: Tx, language: Language): Promise<StoredWording[]> {
  const { rows } =
    await sql<StoredWording>`select ${columns} from translation_override where language = ${language} order by key`.execute(
      tx,
    );
  return rows;
}

/** One wording, locked for change. */
export async function lockWording(tx: Tx, language: Language, key: string): Promise<StoredWording | null> {
  const { rows } = await sql<StoredWording>`select ${columns} from translation_override
    where language = ${language} and key = ${key} for update`.execute(tx);
  return rows[0] ?? null;
}

/** Stores a wording in place of the one before. */
export async function putWording(tx: Tx, wording: StoredWording): Promise<void> {
  await sql`insert into translation_override (language, key, message, english, state, changed_at, changed_by)
    values (${wording.language}, ${wording.key}, ${wording.message}, ${wording.english}, ${wording.state},
      ${wording.changedAt}, ${wording.changedBy})
    on conflict (language, key) do update set message = excluded.message, english = excluded.english,
      state = excluded.state, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(tx);
}

/** Takes a wording back. @returns whether there was one */
export async function deleteWording(tx: Tx, language: Language, key: string): Promise<boolean> {
  const { rows } =
    await sql`delete from translation_override where language = ${language} and key = ${key} returning key`.execute(tx);
  return rows.length > 0;
}
