import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { fromRow, type StoredRecord, selectColumns } from "../../platform/records/store.ts";
import type { RecommendationState, SectorCount } from "./model.ts";

/** Where something of a study belongs. */
export interface OfStudy {
  country: string;
  study: string;
  sample: boolean;
}

/** The records of a type that belong to a study, in the order of their codes. */
export async function recordsOfStudy(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  study: string,
): Promise<StoredRecord[]> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${selectColumns(definition)} from ${sql.table(definition.table)}
    where country = ${country} and study = ${study} and not withdrawn order by code, id`.execute(tx);
  return rows.map((row) => fromRow(definition, row));
}

const linkTables = {
  evidence: { table: "studies_finding_evidence", from: "finding", to: "evidence", of: "studies_evidence" },
  findings: { table: "studies_recommendation_finding", from: "recommendation", to: "finding", of: "studies_finding" },
} as const;

/** What findings rest on (`evidence`), or what recommendations follow from (`findings`). */
export type LinkKind = keyof typeof linkTables;

/** The links of a kind within a study: from whom to what. */
export async function findLinks(
  tx: Tx,
  kind: LinkKind,
  country: string,
  study: string,
): Promise<Map<string, string[]>> {
  const { table, from, to, of } = linkTables[kind];
  const { rows } = await sql<{ from: string; to: string }>`
    select l.${sql.ref(from)} as "from", l.${sql.ref(to)} as "to"
    from ${sql.table(table)} l join ${sql.table(of)} o on o.country = l.country and o.id = l.${sql.ref(to)}
    where l.country = ${country} and l.study = ${study} and l.removed_at is null and not o.withdrawn
    order by o.code, o.id`.execute(tx);
  const links = new Map<string, string[]>();
  for (const row of rows) links.set(row.from, [...(links.get(row.from) ?? []), row.to]);
  return links;
}

/** Those of the ids that are of a kind and belong to the study. */
export async function knownTargets(
  tx: Tx,
  kind: LinkKind,
  country: string,
  study: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(linkTables[kind].of)}
    where country = ${country} and study = ${study} and id = any (${[...ids]}::uuid[]) and not withdrawn`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Replaces the links of one record: what is new is added, what is gone ends; both stay known. */
export async function replaceLinks(
  tx: Tx,
  kind: LinkKind,
  of: OfStudy,
  source: string,
  targets: readonly string[],
  now: Date,
): Promise<void> {
  const { table, from, to } = linkTables[kind];
  const list = [...new Set(targets)];
  const at = now.toISOString();
  await sql`update ${sql.table(table)} set removed_at = ${at}
    where country = ${of.country} and ${sql.ref(from)} = ${source} and removed_at is null
      and ${sql.ref(to)} <> all (${list}::uuid[])`.execute(tx);
  const rows = JSON.stringify(list.map((target) => ({ id: newId(), target })));
  await sql`insert into ${sql.table(table)} (country, id, study, ${sql.ref(from)}, ${sql.ref(to)}, added_at, sample)
    select ${of.country}, w.id, ${of.study}::uuid, ${source}::uuid, w.target, ${at}::timestamptz, ${of.sample}::boolean
    from jsonb_to_recordset(${rows}::jsonb) as w(id uuid, target uuid)
    where not exists (select 1 from ${sql.table(table)} t where t.country = ${of.country}
      and t.${sql.ref(from)} = ${source} and t.${sql.ref(to)} = w.target and t.removed_at is null)`.execute(tx);
}

/** A wording of a recommendation as stored. */
export interface StoredWording {
  recommendation: string;
  version: number;
  state: RecommendationState;
  wording: string;
  consultation: string | null;
  reason: string | null;
  recordedAt: string;
  recordedBy: string | null;
}

/** Every wording within a study, newest first. */
export async function findWordings(tx: Tx, country: string, study: string): Promise<StoredWording[]> {
  const { rows } = await sql<StoredWording>`select recommendation, version, state, wording, consultation, reason,
      recorded_at as "recordedAt", recorded_by as "recordedBy"
    from studies_wording where country = ${country} and study = ${study} order by version desc`.execute(tx);
  return rows;
}

/** The version of the wording in force; 0 when there is none. */
export async function findVersion(tx: Tx, country: string, recommendation: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`select coalesce(max(version), 0) as version from studies_wording
    where country = ${country} and recommendation = ${recommendation}`.execute(tx);
  return rows[0]?.version ?? 0;
}

/** Stores the next wording. @returns false when that version is there already */
export async function insertWording(tx: Tx, of: OfStudy, wording: StoredWording): Promise<boolean> {
  const { rows } = await sql`insert into studies_wording
      (country, study, sample, recommendation, version, state, wording, consultation, reason, recorded_at, recorded_by)
    values (${of.country}, ${of.study}, ${of.sample}, ${wording.recommendation}, ${wording.version}, ${wording.state},
      ${wording.wording}, ${wording.consultation}, ${wording.reason}, ${wording.recordedAt}, ${wording.recordedBy})
    on conflict do nothing returning version`.execute(tx);
  return rows.length === 1;
}

/** A comment as stored. */
export interface StoredComment {
  id: string;
  recommendation: string;
  consultation: string;
  sector: string;
  stance: string;
  comment: string;
  recordedAt: string;
}

/** Every comment within a study, oldest first. */
export async function findComments(tx: Tx, country: string, study: string): Promise<StoredComment[]> {
  const { rows } = await sql<StoredComment>`select id, recommendation, consultation, sector, stance, comment,
      recorded_at as "recordedAt"
    from studies_comment where country = ${country} and study = ${study} order by recorded_at, id`.execute(tx);
  return rows;
}

/** Stores a comment. */
export async function insertComment(
  tx: Tx,
  of: OfStudy,
  comment: StoredComment & { recordedBy: string | null },
): Promise<void> {
  await sql`insert into studies_comment
      (country, study, sample, id, recommendation, consultation, sector, stance, comment, recorded_at, recorded_by)
    values (${of.country}, ${of.study}, ${of.sample}, ${comment.id}, ${comment.recommendation}, ${comment.consultation},
      ${comment.sector}, ${comment.stance}, ${comment.comment}, ${comment.recordedAt}, ${comment.recordedBy})`.execute(
    tx,
  );
}

/** Who came to the consultations of a study, by consultation; the newest count of each. */
export async function findParticipants(tx: Tx, country: string, study: string): Promise<Map<string, SectorCount[]>> {
  const { rows } = await sql<SectorCount & { consultation: string }>`
    select p.consultation, p.sector, p.women, p.men, p.sex_unknown as "sexUnknown", p.with_disability as "withDisability"
    from studies_participants p
    where p.country = ${country} and p.study = ${study} and p.version = (select max(version) from studies_participants n
      where n.country = p.country and n.consultation = p.consultation)
    order by p.consultation, p.sector`.execute(tx);
  const found = new Map<string, SectorCount[]>();
  for (const { consultation, ...count } of rows) found.set(consultation, [...(found.get(consultation) ?? []), count]);
  return found;
}

/** Stores who came as the next count of a consultation; the counts before stay. */
export async function insertParticipants(
  tx: Tx,
  of: OfStudy,
  consultation: string,
  counts: readonly SectorCount[],
): Promise<void> {
  if (counts.length === 0) return;
  await sql`insert into studies_participants
      (country, study, sample, consultation, version, sector, women, men, sex_unknown, with_disability)
    select ${of.country}, ${of.study}::uuid, ${of.sample}::boolean, ${consultation}::uuid,
      (select coalesce(max(version), 0) + 1 from studies_participants
        where country = ${of.country} and consultation = ${consultation}::uuid),
      c.sector, c.women, c.men, c."sexUnknown", c."withDisability"
    from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb)
      as c(sector text, women integer, men integer, "sexUnknown" integer, "withDisability" integer)`.execute(tx);
}

/** Whether there is such an analysis of access to care that the caller may see, from the view that its area publishes. */
export async function isAnalysis(tx: Tx, country: string, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from access_to_care_analysis_name
    where country = ${country} and id = ${id}`.execute(tx);
  return rows.length > 0;
}

/** How many live records of a study lean on one of it, so that it cannot be taken back. */
export async function countUses(tx: Tx, country: string, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select
      (select count(*) from studies_finding_evidence l join studies_finding f on f.country = l.country and f.id = l.finding
        where l.country = ${country} and l.evidence = ${id} and l.removed_at is null and not f.withdrawn)
      + (select count(*) from studies_recommendation_finding l join studies_recommendation r
          on r.country = l.country and r.id = l.recommendation
        where l.country = ${country} and l.finding = ${id} and l.removed_at is null and not r.withdrawn)
      + (select count(*) from studies_action where country = ${country} and recommendation = ${id} and not withdrawn)
      + (select count(*) from studies_recommendation where country = ${country} and decided_in = ${id} and not withdrawn)
      as n`.execute(tx);
  return Number(rows[0]?.n ?? 0);
}
