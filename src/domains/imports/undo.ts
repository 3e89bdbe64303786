import { sql } from "kysely";
import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { reviseRecords } from "../../platform/records/actions.ts";
import { decidedOnes, type RecordDefinition } from "../../platform/records/definition.ts";
import { findByKeys, type StoredRecord } from "../../platform/records/store.ts";
import { importProblems } from "./contract.ts";
import { findImport, markUndone, statusNow, type UndoResult } from "./store.ts";

const pageSize = 1000;
const listedAtMost = 1000;

/** A record that an import touched: its last state, and the one before the import came. */
interface Touched {
  record_type: string;
  record_id: string;
  last_import: string | null;
  before_action: string | null;
  before_snapshot: RecordValues | null;
  before_import: string | null;
}

async function touchedBy(tx: Tx, country: string, importId: string, after: string | null): Promise<Touched[]> {
  const { rows } = await sql<Touched>`
    with touched as (
      select record_type, record_id, min(revision) as first from record_revision
      where import_id = ${importId} and country = ${country} and (${after}::uuid is null or record_id > ${after}::uuid)
      group by record_type, record_id order by record_id limit ${pageSize}
    )
    select t.record_type, t.record_id, l.import_id as last_import, b.action as before_action, b.snapshot as before_snapshot,
      b.import_id as before_import
    from touched t
    cross join lateral (
      select import_id from record_revision r where r.country = ${country} and r.record_id = t.record_id
      order by r.revision desc limit 1
    ) l
    left join record_revision b on b.country = ${country} and b.record_id = t.record_id and b.revision = t.first - 1
    order by t.record_id`.execute(tx);
  return rows;
}

interface Reversal {
  record: StoredRecord;
  values?: RecordValues;
  withdrawn: boolean;
}

/**
 * Takes an import back, all of it in the caller's transaction: records that it made are withdrawn, records that it
 * changed get a revision with the values that they had before it. Records that somebody, or a later import, changed
 * since are left as they are and listed.
 * @throws Problem `common.not-found`, `imports.not-undoable` for a dry run or one that is undone, `imports.still-running`
 */
export async function undoImport(
  tx: Tx,
  definitions: readonly RecordDefinition[],
  target: { country: string; id: string },
  change: { accountId: string | null; now: Date; reason: string | null; signal?: AbortSignal },
): Promise<UndoResult> {
  const { country, id } = target;
  const entry = await findImport(tx, country, id, true);
  if (!entry) throw new Problem(commonProblems["not-found"]);
  if (entry.dryRun || entry.status === "undone")
    throw new Problem(importProblems["not-undoable"], { status: entry.status });
  if (["waiting", "running"].includes(statusNow(entry, change.now))) throw new Problem(importProblems["still-running"]);
  const result: UndoResult = { withdrawn: 0, reverted: 0, left: [], leftCount: 0 };
  for (let after: string | null = null; ; ) {
    change.signal?.throwIfAborted();
    const page = await touchedBy(tx, country, id, after);
    if (page.length === 0) break;
    after = page.at(-1)?.record_id ?? null;
    for (const definition of definitions) {
      const own = page.filter(({ record_type }) => record_type === definition.type.name);
      if (own.length > 0) await revertPage(tx, definition, country, id, own, change, result);
    }
    if (page.length < pageSize) break;
  }
  await markUndone(tx, country, id, result, change.accountId, change.now);
  return result;
}

async function revertPage(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  importId: string,
  page: readonly Touched[],
  change: { accountId: string | null; now: Date; reason: string | null },
  result: UndoResult,
): Promise<void> {
  const stored = await findByKeys(
    tx,
    definition,
    country,
    "id",
    page.map(({ record_id }) => record_id),
  );
  const records = new Map(stored.map((record) => [record.id, record]));
  const decided = await decidedOnes(tx, definition, country, [...records.keys()]);
  const withdrawals: Reversal[] = [];
  const reversals: Reversal[] = [];
  for (const touched of page) {
    const record = records.get(touched.record_id);
    if (!record) continue;
    if (touched.last_import !== importId || decided.has(record.id)) {
      result.leftCount++;
      if (result.left.length < listedAtMost)
        result.left.push({
          recordType: touched.record_type,
          id: record.id,
          code: (record.values.code as string | undefined) ?? null,
        });
      continue;
    }
    const values = touched.before_snapshot ?? undefined;
    if (touched.before_action === null || touched.before_action === "withdrawn") {
      withdrawals.push({ record, withdrawn: true, ...(values ? { values } : {}) });
    } else {
      // The record belongs again to whatever brought it before.
      reversals.push({
        record: { ...record, importId: touched.before_import },
        withdrawn: false,
        ...(values ? { values } : {}),
      });
    }
  }
  const context = { accountId: change.accountId, now: change.now, reason: change.reason };
  if (withdrawals.length > 0) await reviseRecords(tx, definition, withdrawals, { ...context, importId }, "withdrawn");
  if (reversals.length > 0) await reviseRecords(tx, definition, reversals, context, "restored");
  result.withdrawn += withdrawals.length;
  result.reverted += reversals.length;
}
