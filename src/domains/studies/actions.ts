import { recordProblems } from "../../platform/contract/record-routes.ts";
import { clearedFields, type RecordValues } from "../../platform/contract/record-type.ts";
import type { Sensitivity } from "../../platform/contract/sensitivity.ts";
import type { Tx } from "../../platform/database/types.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import {
  type ChangeContext,
  completeValues,
  createRecords,
  differences,
  findingsProblem,
  reviseRecords,
} from "../../platform/records/actions.ts";
import { type Finding, type RecordDefinition, sameValue } from "../../platform/records/definition.ts";
import { findRecord, type StoredRecord } from "../../platform/records/store.ts";
import { studiesProblems } from "./contract.ts";
import {
  actionDefinition,
  consultationDefinition,
  evidenceDefinition,
  findingDefinition,
  recommendationDefinition,
  studyDefinition,
} from "./definitions.ts";
import { type SectorCount, totalOf } from "./model.ts";
import {
  countUses,
  findParticipants,
  insertParticipants,
  insertWording,
  isAnalysis,
  knownTargets,
  type LinkKind,
  type OfStudy,
  replaceLinks,
} from "./store.ts";

/** Whom a change is by, and which fields that person is cleared for. */
export type Change = ChangeContext & { clearance: Sensitivity };

/** Which record is changed and why; null for a new one. */
export type Changed = { id: string; revision: number; reason: string } | null;

/** What comes from a form: the record that is changed, if one is, and its values. */
export interface Entry {
  changed: Changed;
  values: RecordValues;
}

/** A record, locked for change. @throws Problem `common.not-found`, `records.withdrawn` */
export async function lockRecord(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  id: string,
): Promise<StoredRecord> {
  const record = await findRecord(tx, definition, country, id, true);
  if (!record) throw new Problem(commonProblems["not-found"]);
  if (record.withdrawn) throw new Problem(recordProblems.withdrawn);
  return record;
}

/** A record that belongs to the study. @throws Problem `studies.not-of-this-study`, and as `lockRecord` */
export async function lockPart(
  tx: Tx,
  definition: RecordDefinition,
  study: StoredRecord,
  id: string,
): Promise<StoredRecord> {
  const record = await lockRecord(tx, definition, study.country, id);
  if (record.values.study !== study.id) throw new Problem(studiesProblems["not-of-this-study"]);
  return record;
}

/** Where something of a study belongs. */
export const ofStudy = (study: StoredRecord): OfStudy => ({
  country: study.country,
  study: study.id,
  sample: study.sample,
});

/** @throws Problem `common.stale-revision` when somebody else changed the record meanwhile */
export function demandRevision(record: StoredRecord, expected: number): void {
  if (record.revision !== expected)
    throw new Problem(commonProblems["stale-revision"], { expected, found: record.revision });
}

/** The fields that must be filled and are not. */
function missingFields(definition: RecordDefinition, values: RecordValues): Finding[] {
  return Object.entries(definition.type.fields)
    .filter(([name, field]) => field.required && !field.derived && name !== "country" && name !== "code")
    .filter(([name]) => (values[name] ?? null) === null)
    .map(([field]) => ({ check: "required", severity: "error", field, params: {} }));
}

/**
 * Makes or changes a record of a study. A change that changes no field keeps the revision, so that links alone can change.
 * @param own values that the program sets: the study, and what follows from elsewhere
 * @throws Problem `common.forbidden` for fields above the clearance, `common.not-found`, `common.stale-revision`,
 * `common.invalid-input`, `studies.not-of-this-study`
 */
async function saveItem(
  tx: Tx,
  definition: RecordDefinition,
  study: StoredRecord,
  entry: Entry,
  own: RecordValues,
  change: Change,
): Promise<StoredRecord> {
  const cleared = new Set(clearedFields(definition.type, change.clearance));
  const hidden = Object.keys(entry.values).filter((name) => !cleared.has(name));
  if (hidden.length > 0) throw new Problem(commonProblems.forbidden, { fields: hidden });
  const record = entry.changed ? await lockPart(tx, definition, study, entry.changed.id) : null;
  if (record && entry.changed) demandRevision(record, entry.changed.revision);
  const values = completeValues(definition, { ...record?.values, ...entry.values, ...own, study: study.id });
  const errors = [...missingFields(definition, values), ...definition.check(values, change.now)];
  const refused = errors.filter(({ severity }) => severity === "error");
  if (refused.length > 0) throw findingsProblem(refused);
  if (!record || !entry.changed) {
    const context = { ...change, reason: null, sample: study.sample };
    const [made] = await createRecords(tx, definition, [{ country: study.country, values }], context);
    return made as StoredRecord;
  }
  if (differences(definition, record.values, values).length === 0) return record;
  const [revised] = await reviseRecords(tx, definition, [{ record, values }], {
    ...change,
    reason: entry.changed.reason,
  });
  return revised as StoredRecord;
}

async function setLinks(
  tx: Tx,
  kind: LinkKind,
  study: StoredRecord,
  source: string,
  targets: readonly string[],
  now: Date,
): Promise<void> {
  const wanted = [...new Set(targets)];
  const known = await knownTargets(tx, kind, study.country, study.id, wanted);
  if (known.size !== wanted.length) throw new Problem(studiesProblems["not-of-this-study"]);
  await replaceLinks(tx, kind, ofStudy(study), source, wanted, now);
}

/** Enters what findings may rest on. @throws Problem as `saveItem`; `common.invalid-input` for an analysis that is not there */
export async function saveEvidence(tx: Tx, study: StoredRecord, entry: Entry, change: Change): Promise<StoredRecord> {
  const { analysis } = entry.values;
  if (typeof analysis === "string" && !(await isAnalysis(tx, study.country, analysis)))
    throw findingsProblem([{ check: "not-there", severity: "error", field: "analysis", params: {} }]);
  return saveItem(tx, evidenceDefinition, study, entry, {}, change);
}

/** Enters a finding with what it rests on. One that rests on nothing yet is kept, and shown as such. @throws Problem as `saveItem` */
export async function saveFinding(
  tx: Tx,
  study: StoredRecord,
  entry: Entry & { evidence: readonly string[] },
  change: Change,
): Promise<StoredRecord> {
  const record = await saveItem(tx, findingDefinition, study, entry, {}, change);
  await setLinks(tx, "evidence", study, record.id, entry.evidence, change.now);
  return record;
}

/**
 * Enters a recommendation with the findings that it follows from. A new one is proposed in the wording given; later its
 * wording changes by decisions alone.
 * @throws Problem as `saveItem`
 */
export async function saveRecommendation(
  tx: Tx,
  study: StoredRecord,
  entry: Entry & { findings: readonly string[]; wording?: string | undefined },
  change: Change,
): Promise<StoredRecord> {
  const wording = entry.wording ?? "";
  if (!entry.changed && wording === "")
    throw findingsProblem([{ check: "required", severity: "error", field: "wording", params: {} }]);
  const own = entry.changed ? {} : { wording, state: "proposed" };
  const record = await saveItem(tx, recommendationDefinition, study, entry, own, change);
  if (!entry.changed)
    await insertWording(tx, ofStudy(study), {
      recommendation: record.id,
      version: 1,
      state: "proposed",
      wording: String(record.values.wording),
      consultation: null,
      reason: null,
      recordedAt: change.now.toISOString(),
      recordedBy: change.accountId,
    });
  await setLinks(tx, "findings", study, record.id, entry.findings, change.now);
  return record;
}

/**
 * Enters a consultation and who came. Without a status, one whose day is yet to come is planned and any other was held.
 * @throws Problem as `saveItem`; `common.invalid-input` when a sector stands twice or has more people with a disability
 * than people
 */
export async function saveConsultation(
  tx: Tx,
  study: StoredRecord,
  entry: Entry & { participants: readonly SectorCount[] },
  change: Change,
): Promise<StoredRecord> {
  const { participants } = entry;
  const wrong = participants.find(
    (count, i) =>
      count.withDisability > count.women + count.men + count.sexUnknown ||
      participants.findIndex(({ sector }) => sector === count.sector) !== i,
  );
  if (wrong)
    throw findingsProblem([
      { check: "sector-does-not-add-up", severity: "error", field: `participants.${wrong.sector}`, params: {} },
    ]);
  const { total, ...sums } = totalOf(participants);
  const counted = participants.length > 0;
  const today = change.now.toISOString().slice(0, 10);
  const { heldOn, status } = entry.values;
  const values = {
    ...entry.values,
    ...(status || entry.changed || typeof heldOn !== "string" ? {} : { status: heldOn > today ? "planned" : "held" }),
    // Whoever counts by sector need not add up; whoever also gives a total is told when it differs.
    ...(counted && typeof entry.values.participants !== "number" ? { participants: total } : {}),
  };
  const record = await saveItem(tx, consultationDefinition, study, { ...entry, values }, counted ? sums : {}, change);
  const known = (await findParticipants(tx, study.country, study.id)).get(record.id) ?? [];
  const inOrder = (counts: readonly SectorCount[]) => [...counts].sort((a, b) => (a.sector < b.sector ? -1 : 1));
  if (counted && !sameValue(inOrder(known), inOrder(participants)))
    await insertParticipants(tx, ofStudy(study), record.id, participants);
  return record;
}

/**
 * Enters an action about a recommendation that was agreed.
 * @throws Problem `studies.not-agreed`, and as `saveItem`; `common.invalid-input` when it is due before the consultation
 */
export async function saveAction(
  tx: Tx,
  study: StoredRecord,
  entry: Entry & { recommendation: string },
  change: Change,
): Promise<StoredRecord> {
  const recommendation = await lockPart(tx, recommendationDefinition, study, entry.recommendation);
  const { state, decidedOn, code } = recommendation.values;
  if (state !== "agreed" && state !== "amended")
    throw new Problem(studiesProblems["not-agreed"], { code: String(code) });
  const { dueOn } = entry.values;
  if (typeof dueOn === "string" && typeof decidedOn === "string" && dueOn < decidedOn)
    throw findingsProblem([
      { check: "due-before-consultation", severity: "error", field: "dueOn", params: { date: decidedOn } },
    ]);
  return saveItem(tx, actionDefinition, study, entry, { recommendation: recommendation.id }, change);
}

const withdrawable = {
  evidence: evidenceDefinition,
  finding: findingDefinition,
  recommendation: recommendationDefinition,
  consultation: consultationDefinition,
  action: actionDefinition,
} as const;

/** Takes back a record of a study that was entered by mistake. @throws Problem `studies.in-use`, and as `lockPart` */
export async function withdrawPart(
  tx: Tx,
  study: StoredRecord,
  part: { kind: keyof typeof withdrawable; item: string; revision: number },
  change: Change,
): Promise<void> {
  const definition = withdrawable[part.kind];
  const record = await lockPart(tx, definition, study, part.item);
  demandRevision(record, part.revision);
  if ((await countUses(tx, study.country, record.id)) > 0) throw new Problem(studiesProblems["in-use"]);
  await reviseRecords(tx, definition, [{ record, withdrawn: true }], change, "withdrawn");
}

/**
 * Publishes a study, so that everybody may read it, or takes it back from the public.
 * @param lacking how many errors its checks found
 * @returns the study as stored
 * @throws Problem `common.stale-revision`, `studies.not-ready`
 */
export async function publishStudy(
  tx: Tx,
  study: StoredRecord,
  act: { revision: number; published: boolean; lacking: number },
  change: Change,
): Promise<StoredRecord> {
  demandRevision(study, act.revision);
  if (act.published && act.lacking > 0) throw new Problem(studiesProblems["not-ready"], { count: act.lacking });
  const values = { ...study.values, publishedOn: act.published ? change.now.toISOString().slice(0, 10) : null };
  const [published] = await reviseRecords(
    tx,
    studyDefinition,
    [{ record: study, values, sensitivity: act.published ? 0 : studyDefinition.defaultLevel }],
    change,
  );
  return published as StoredRecord;
}
