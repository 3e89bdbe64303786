import type { Caller } from "../../platform/access/model.ts";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";
import type { Scalar } from "../../platform/files/index.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import type { FindingOutput, ImportOutput } from "./contract.ts";
import { type Profile, routesOf } from "./profile.ts";
import { type StoredFinding, type StoredImport, statusNow } from "./store.ts";

/** Whether a caller may see a field of a record type. */
function mayRead(definitions: readonly RecordDefinition[], recordType: string, field: string, level: number): boolean {
  const known = definitions.find(({ type }) => type.name === recordType)?.type.fields[field];
  return known === undefined || sensitivityRank(known.sensitivity) <= level;
}

/** The columns of a source that fill fields above a level of sensitivity; they are not shown to who may not see the fields. */
export function hiddenColumns(profile: Profile, definitions: readonly RecordDefinition[], level: number): Set<string> {
  const hidden = new Set<string>();
  for (const { recordType, columns, position } of routesOf(profile)) {
    for (const { field, column, columns: several } of columns) {
      if (mayRead(definitions, recordType, field.split(".")[0] as string, level)) continue;
      for (const name of [column, ...(several ?? [])]) if (name) hidden.add(name);
    }
    if (position && !mayRead(definitions, recordType, "geometry", level)) {
      for (const name of [position.column, position.first, position.second]) if (name) hidden.add(name);
    }
  }
  return hidden;
}

/** A batch as people see it, with what the caller may do with it now. */
export function presentImport(
  entry: StoredImport,
  caller: Caller,
  names: ReadonlyMap<string, string>,
  now: Date,
): ImportOutput {
  const status = statusNow(entry, now);
  const allowed: string[] = [];
  const runs = caller.can("imports.run", entry.country);
  const ended = status !== "waiting" && status !== "running";
  if (runs && !ended) allowed.push("cancel");
  if (runs && !entry.dryRun && ["interrupted", "cancelled", "failed"].includes(status)) allowed.push("resume");
  const standing = ended && !entry.dryRun && status !== "undone";
  if (runs && standing) allowed.push("decide");
  if (caller.can("imports.undo", entry.country) && standing) allowed.push("undo");
  return {
    id: entry.id,
    country: entry.country,
    dryRun: entry.dryRun,
    profile: { id: entry.profile.id, names: { ...entry.profile.names }, recordType: entry.profile.recordType },
    files: entry.files,
    status,
    counts: entry.counts,
    problem: entry.problem,
    startedBy: names.get(entry.accountId ?? "") ?? null,
    startedAt: entry.startedAt,
    finishedAt: entry.finishedAt,
    undoneAt: entry.undoneAt,
    undo: entry.undoResult,
    allowed,
  };
}

/** A finding as the caller may see it: without the text of fields and columns that they are not cleared for. */
export function presentFinding(
  finding: StoredFinding & { fields: Record<string, Scalar> | null },
  entry: StoredImport,
  definitions: readonly RecordDefinition[],
  level: number,
  hidden: ReadonlySet<string>,
): FindingOutput {
  const { recordType, field } = finding;
  const open = recordType === null || field === null || mayRead(definitions, recordType, field, level);
  const fields = finding.fields
    ? Object.fromEntries(Object.entries(finding.fields).filter(([name]) => !hidden.has(name)))
    : null;
  return {
    id: finding.id,
    file: entry.files[finding.file]?.name ?? "",
    row: finding.row,
    recordType,
    recordId: finding.recordId,
    check: finding.check,
    severity: finding.severity,
    field,
    params: open ? finding.params : {},
    suggestion: open ? finding.suggestion : null,
    state: finding.state,
    fields,
  };
}
