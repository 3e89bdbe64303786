import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { type ChangeContext, findingsProblem, reviseRecords } from "../../platform/records/actions.ts";
import type { Finding } from "../../platform/records/definition.ts";
import { findByKeys, findRecord, type StoredRecord } from "../../platform/records/store.ts";
import { bornAfter, diedBefore, samePerson, statedAndRecorded, twoSexes, unitMissing } from "./checks.ts";
import { accidentProblems } from "./contract.ts";
import { accidentDefinition, casualtyDefinition } from "./definitions.ts";
import { type AccidentState, casualtyCode, casualtyNumber, steps } from "./model.ts";
import { findCasualtiesOfPerson, findCasualtyCodes, findCasualtyIds, findPerson } from "./store.ts";

/** The state of an accident's report. */
export const stateOf = (record: StoredRecord): AccidentState => (record.values.state as AccidentState) ?? "approved";

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Finds an accident and locks it, so that its report and its casualties change one after the other. @throws Problem `common.not-found` */
export async function lockAccident(tx: Tx, country: string, id: string): Promise<StoredRecord> {
  const record = await findRecord(tx, accidentDefinition, country, id, true);
  if (!record || record.withdrawn) throw new Problem(commonProblems["not-found"]);
  return record;
}

/** Refuses a change of an accident that waits for a judgement or is gone. @throws Problem `accidents.step-not-allowed` */
export function demandOpen(accident: StoredRecord): void {
  const state = stateOf(accident);
  if (!steps[state].includes("edit")) throw new Problem(accidentProblems["step-not-allowed"], { state, step: "edit" });
}

/** The casualties of an accident that stand, in the order of their codes. */
export async function casualtiesOf(tx: Tx, country: string, accident: string): Promise<StoredRecord[]> {
  const ids = await findCasualtyIds(tx, country, accident);
  const records = await findByKeys(tx, casualtyDefinition, country, "id", ids);
  return ids.flatMap((id) => records.find((record) => record.id === id) ?? []);
}

/**
 * What is wrong with a casualty beside its accident and, for who is cleared to know it, the person that it is linked to.
 * Whoever is not must not learn from a refusal that there is a link.
 * @param id the casualty's own id, null before it has one
 */
export async function casualtyFindings(
  tx: Tx,
  accident: StoredRecord,
  id: string | null,
  values: RecordValues,
  { now, knowsPerson }: { now: Date; knowsPerson: boolean },
): Promise<Finding[]> {
  const { country } = accident;
  const occurredOn = text(accident.values.occurredOn);
  const personId = knowsPerson ? text(values.person) : null;
  const person = personId === null ? null : await findPerson(tx, country, personId);
  const same = personId === null ? [] : await findCasualtiesOfPerson(tx, country, personId);
  const others = same.filter((other) => other.id !== id);
  return [
    ...casualtyDefinition.check(values, now),
    ...diedBefore(values, occurredOn),
    ...bornAfter(values, occurredOn, person),
    ...twoSexes(values, person, others),
    ...samePerson({ accident: accident.id, occurredOn }, others),
  ];
}

/** Refuses what has errors. @throws Problem `common.invalid-input` naming each */
export function demandSound(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw findingsProblem(errors);
}

/** The values of a new casualty with its code after its accident's, and the report's organisation; the accident is locked by the caller. */
export async function newCasualtyValues(tx: Tx, accident: StoredRecord, values: RecordValues): Promise<RecordValues> {
  const accidentCode = String(accident.values.code ?? "");
  const taken = await findCasualtyCodes(tx, accident.country, accident.id);
  const last = Math.max(0, ...taken.map((code) => casualtyNumber(accidentCode, code)));
  return {
    ...values,
    code: values.code ?? casualtyCode(accidentCode, last + 1),
    organisation: accident.values.organisation ?? null,
  };
}

/**
 * Takes a casualty back that was entered by mistake; its history stays.
 * @throws Problem `common.not-found`, `common.stale-revision`
 */
export async function withdrawCasualty(
  tx: Tx,
  target: { country: string; id: string; revision: number },
  change: ChangeContext,
): Promise<StoredRecord> {
  const record = await currentCasualty(tx, target);
  const [after] = await reviseRecords(tx, casualtyDefinition, [{ record, withdrawn: true }], change, "withdrawn");
  return after as StoredRecord;
}

/** A casualty at the revision that the caller saw, locked. @throws Problem `common.not-found`, `common.stale-revision` */
export async function currentCasualty(
  tx: Tx,
  { country, id, revision }: { country: string; id: string; revision: number },
): Promise<StoredRecord> {
  const record = await findRecord(tx, casualtyDefinition, country, id, true);
  if (!record || record.withdrawn) throw new Problem(commonProblems["not-found"]);
  if (record.revision !== revision)
    throw new Problem(commonProblems["stale-revision"], { expected: revision, found: record.revision });
  return record;
}

/**
 * Says which person a casualty is, or that none is known any more.
 * @throws Problem `common.not-found` when the person is not there for the caller, `common.invalid-input` for a
 * contradiction, `common.stale-revision`
 */
export async function linkPerson(
  tx: Tx,
  target: { country: string; id: string; revision: number },
  person: string | null,
  change: ChangeContext,
): Promise<StoredRecord> {
  const record = await currentCasualty(tx, target);
  const accident = await lockAccident(tx, target.country, String(record.values.accident));
  if (person !== null && (await findPerson(tx, target.country, person)) === null)
    throw new Problem(commonProblems["not-found"]);
  const values = { ...record.values, person };
  demandSound(await casualtyFindings(tx, accident, record.id, values, { now: change.now, knowsPerson: true }));
  const [after] = await reviseRecords(tx, casualtyDefinition, [{ record, values }], change);
  return after as StoredRecord;
}

/** A finding and the casualty that it is about; null for the accident itself. */
export type ReportFinding = Finding & { casualty: string | null };

/** Everything that is doubtful or wrong about an accident, its casualties, and how they fit together. */
export async function reportFindings(
  tx: Tx,
  accident: StoredRecord,
  casualties: readonly StoredRecord[],
  by: { now: Date; knowsPerson: boolean },
): Promise<ReportFinding[]> {
  const { values } = accident;
  const own = [
    ...accidentDefinition.check(values, by.now),
    ...unitMissing(values),
    ...(values.occurredOn ? [] : [{ check: "required", severity: "error" as const, field: "occurredOn", params: {} }]),
    ...statedAndRecorded(
      values,
      casualties.map((casualty) => ({ outcome: String(casualty.values.outcome) })),
    ),
  ].map((finding) => ({ ...finding, casualty: null }));
  const theirs: ReportFinding[] = [];
  for (const { id, values: of } of casualties) {
    const findings = await casualtyFindings(tx, accident, id, of, by);
    theirs.push(...findings.map((finding) => ({ ...finding, casualty: id })));
  }
  return [...own, ...theirs];
}
