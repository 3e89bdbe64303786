import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { completeValues, reviseRecords } from "../../platform/records/actions.ts";
import { decidedOnes, type RecordDefinition, sameValue } from "../../platform/records/definition.ts";
import { findByKeys } from "../../platform/records/store.ts";
import { decideFindings, dismissCheck, lockOpenFindings } from "./finding-store.ts";
import type { StoredFinding } from "./store.ts";

/** Which findings are decided: some by id, or all open ones of a check. */
export type Which = { ids: readonly string[] } | { check: string };

/** Who decides, when, and the reason that the record's history will show. */
export interface Decision {
  accountId: string | null;
  now: Date;
  reason: string;
}

const atOnce = 2000;

/** What applying did: how many records got a revision, and how many findings had to be left open. */
export interface Applied {
  applied: number;
  left: number;
}

/**
 * Applies the suggestions of findings: each record gets one revision with the reason, as if somebody had corrected it.
 * Left open are findings without suggestion or record, those whose record was withdrawn, and those that would leave the
 * record with an error. At most two thousand at once.
 */
export async function applyFindings(
  tx: Tx,
  definitions: readonly RecordDefinition[],
  target: { country: string; importId: string },
  which: Which,
  decision: Decision,
): Promise<Applied> {
  const { country, importId } = target;
  const findings = await lockOpenFindings(tx, country, importId, which, atOnce);
  const usable = findings.filter(({ suggestion, recordId }) => suggestion !== null && recordId !== null);
  const done: string[] = [];
  for (const definition of definitions) {
    const own = usable.filter(({ recordType }) => recordType === definition.type.name);
    if (own.length > 0) done.push(...(await applyTo(tx, definition, country, own, decision)));
  }
  await decideFindings(tx, country, done, { state: "applied", by: decision.accountId, now: decision.now });
  return { applied: done.length, left: findings.length - done.length };
}

async function applyTo(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  findings: readonly StoredFinding[],
  decision: Decision,
): Promise<string[]> {
  const records = new Map(
    (
      await findByKeys(
        tx,
        definition,
        country,
        "id",
        findings.map(({ recordId }) => recordId as string),
      )
    ).map((record) => [record.id, record]),
  );
  const changes = new Map<string, RecordValues>();
  const decided = await decidedOnes(tx, definition, country, [...records.keys()]);
  const done: string[] = [];
  for (const { id, recordId, suggestion } of findings) {
    const record = records.get(recordId as string);
    if (!record || record.withdrawn || !suggestion) continue;
    if (decided.has(record.id) && definition.decided?.fields.some((name) => name in suggestion.values)) continue;
    const before = changes.get(record.id) ?? record.values;
    const values = completeValues(definition, { ...before, ...suggestion.values });
    if (definition.check(values, decision.now).some(({ severity }) => severity === "error")) continue;
    done.push(id);
    if (!sameValue(values, before)) changes.set(record.id, values);
  }
  const revisions = [...changes].map(([id, values]) => {
    const record = records.get(id);
    if (!record) throw new Error(`Record ${id} was read before`);
    return { record, values };
  });
  if (revisions.length > 0) await reviseRecords(tx, definition, revisions, { ...decision }, "corrected");
  return done;
}

/** Puts findings aside: somebody looked, and the data stay as they are. @returns how many */
export async function dismissFindings(
  tx: Tx,
  target: { country: string; importId: string },
  which: Which,
  decision: Pick<Decision, "accountId" | "now">,
): Promise<number> {
  if ("check" in which)
    return dismissCheck(tx, target.country, target.importId, which.check, decision.accountId, decision.now);
  const findings = await lockOpenFindings(tx, target.country, target.importId, which, atOnce);
  await decideFindings(
    tx,
    target.country,
    findings.map(({ id }) => id),
    {
      state: "dismissed",
      by: decision.accountId,
      now: decision.now,
    },
  );
  return findings.length;
}
