import { sql } from "kysely";
import {
  type Change,
  commentOn,
  decide,
  publishStudy,
  saveAction,
  saveConsultation,
  saveEvidence,
  saveFinding,
  saveRecommendation,
  studyDefinition,
} from "../src/domains/studies/index.ts";
import type { RecordValues } from "../src/platform/contract/record-type.ts";
import { type Database, programClaims, type Tx } from "../src/platform/database/types.ts";
import { createRecords } from "../src/platform/records/actions.ts";
import { findRecord, type StoredRecord } from "../src/platform/records/store.ts";
import { type SampleStudy, sampleStudies } from "./study-texts.ts";

const day = 86_400_000;

/** A day so many days before (or, when negative, after) another, as `YYYY-MM-DD`. */
const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * day).toISOString().slice(0, 10);

/** The ids of a country's organisations by code. */
async function organisationsOf(tx: Tx, country: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; id: string }>`select code, id from organisations_organisation
    where country = ${country} and sample and not withdrawn order by code`.execute(tx);
  return new Map(rows.map(({ code, id }) => [code, id]));
}

/** Stores one study with all that belongs to it, each part at the time at which it would have been entered. */
async function storeStudy(tx: Tx, sample: SampleStudy, now: Date): Promise<void> {
  const organisations = await organisationsOf(tx, sample.country);
  const lead = organisations.get("SRC-R");
  if (!lead) return;
  // Ministries are not among the organisations of the region; their offices are written.
  const owner = (n: number): RecordValues => (n % 3 === 2 ? { owner: lead } : { ownerAsWritten: sample.office });
  const at = (days: number): Change => ({
    accountId: null,
    now: new Date(now.getTime() - days * day),
    reason: null,
    sample: true,
    clearance: "strictly-confidential",
  });
  const began = sample.heldDaysAgo + 150;
  const values = {
    names: sample.names,
    question: sample.question,
    programme: sample.programme,
    lead,
    population: "survivors-and-others",
    startedOn: daysBefore(now, began),
    endedOn: daysBefore(now, sample.heldDaysAgo + 20),
    method: sample.method,
    limits: sample.limits,
  };
  const [study] = (await createRecords(tx, studyDefinition, [{ country: sample.country, values }], at(began))) as [
    StoredRecord,
  ];
  const evidence: string[] = [];
  for (const [i, each] of sample.evidence.entries()) {
    const from = sample.heldDaysAgo + 130 - i * 15;
    const dated = { fromOn: daysBefore(now, from), toOn: daysBefore(now, from - 10), ...each };
    evidence.push((await saveEvidence(tx, study, { changed: null, values: dated }, at(from - 12))).id);
  }
  const findings: string[] = [];
  for (const { rests, ...found } of sample.findings) {
    const entry = { changed: null, values: found, evidence: rests.map((n) => evidence[n] as string) };
    findings.push((await saveFinding(tx, study, entry, at(sample.heldDaysAgo + 40))).id);
  }
  const held = at(sample.heldDaysAgo);
  const consultation = await saveConsultation(
    tx,
    study,
    {
      changed: null,
      values: {
        title: sample.workshop.title,
        place: sample.workshop.place,
        heldOn: daysBefore(now, sample.heldDaysAgo),
        status: "held",
      },
      participants: sample.workshop.participants,
    },
    held,
  );
  for (const [i, each] of sample.recommendations.entries()) {
    const { follows, wording, comments = [], decision, actions = [], ...said } = each;
    const entry = { changed: null, values: said, findings: follows.map((n) => findings[n] as string), wording };
    const { id: recommendation } = await saveRecommendation(tx, study, entry, at(sample.heldDaysAgo + 30));
    for (const comment of comments)
      await commentOn(tx, study, { recommendation, consultation: consultation.id, ...comment }, held);
    if (!decision) continue;
    await decide(tx, study, { recommendation, version: 1, consultation: consultation.id, ...decision }, held);
    for (const { dueDaysAgo, doneDaysAgo, ...action } of actions) {
      const done = doneDaysAgo === undefined ? {} : { status: "done", doneOn: daysBefore(now, doneDaysAgo) };
      const planned = { ...owner(i), dueOn: daysBefore(now, dueDaysAgo), ...action, ...done };
      await saveAction(tx, study, { changed: null, values: planned, recommendation }, at(doneDaysAgo ?? 10));
    }
  }
  if (!sample.published) return;
  const stored = (await findRecord(tx, studyDefinition, sample.country, study.id, true)) as StoredRecord;
  const act = { revision: stored.revision, published: true, lacking: 0 };
  await publishStudy(tx, stored, act, { ...at(sample.heldDaysAgo - 30), reason: "Agreed at the national workshop" });
}

/**
 * Stores an invented study in each of two countries of the sample region, through the same actions as any other. What is
 * late, done or planned is so by the day given. A country without the region's organisations gets none.
 * @returns the number of studies
 */
export async function loadStudies(db: Database, now: Date): Promise<number> {
  for (const sample of sampleStudies) await db.transaction(programClaims, (tx) => storeStudy(tx, sample, now));
  return sampleStudies.length;
}
