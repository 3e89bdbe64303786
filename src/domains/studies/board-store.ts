import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { BoardRow } from "./contract-board.ts";

/** A row of the board before it is known what became of the recommendation. */
export type StoredBoardRow = Omit<BoardRow, "outcome" | "dueOn" | "actions"> & {
  actions: Omit<BoardRow["actions"][number], "late">[];
};

/** By what the board is narrowed. */
export interface BoardFilter {
  countries?: readonly string[] | undefined;
  study?: string | undefined;
  programme?: string | undefined;
  term?: string | undefined;
  sector?: string | undefined;
  addressee?: string | undefined;
}

/** Recommendations that the caller may see, each with its actions, in the order of their codes. */
export async function findBoard(tx: Tx, filter: BoardFilter): Promise<StoredBoardRow[]> {
  const parts = [
    ...(filter.countries ? [sql`r.country = any (${[...filter.countries]}::text[])`] : []),
    ...(filter.study ? [sql`r.study = ${filter.study}`] : []),
    ...(filter.programme ? [sql`s.programme = ${filter.programme}`] : []),
    ...(filter.term ? [sql`r.term = ${filter.term}`] : []),
    ...(filter.sector ? [sql`r.sector = ${filter.sector}`] : []),
    ...(filter.addressee ? [sql`r.addressee = ${filter.addressee}`] : []),
    sql`true`,
  ];
  const { rows } = await sql<StoredBoardRow>`select r.country, r.id, r.code, r.wording, r.state, r.study,
      s.code as "studyCode", s.names as "studyNames", s.programme, s.published_on is not null as published,
      r.addressee, r.sector, r.term, r.priority, r.cost, r.currency, r.decided_on as "decidedOn",
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'code', a.code, 'description', a.description, 'owner', a.owner,
          'ownerAsWritten', a.owner_as_written, 'dueOn', a.due_on, 'status', a.status, 'doneOn', a.done_on, 'proof', a.proof,
          'linkedKind', a.linked_kind, 'linkedTitle', a.linked_title, 'url', a.url) order by a.due_on, a.code)
        from studies_action a where a.country = r.country and a.recommendation = r.id and not a.withdrawn), '[]') as actions
    from studies_recommendation r join studies_study s on s.country = r.country and s.id = r.study
    where not r.withdrawn and not s.withdrawn and ${sql.join(parts, sql` and `)}
    order by r.country, r.code, r.id`.execute(tx);
  return rows;
}

/** The programmes of studies that the caller may see and that recommend something, in alphabetical order. */
export async function findProgrammes(tx: Tx, countries: readonly string[] | undefined): Promise<string[]> {
  const narrowed = countries ? sql`s.country = any (${[...countries]}::text[])` : sql`true`;
  const { rows } = await sql<{ programme: string }>`select distinct s.programme from studies_study s
    where not s.withdrawn and s.programme is not null and ${narrowed}
      and exists (select from studies_recommendation r where r.country = s.country and r.study = s.id and not r.withdrawn)
    order by s.programme`.execute(tx);
  return rows.map(({ programme }) => programme);
}
