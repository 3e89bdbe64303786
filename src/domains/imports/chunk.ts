import { sql } from "kysely";
import type { Claims, Database, Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { type ChangeContext, createRecords, reviseRecords } from "../../platform/records/actions.ts";
import type { Finding, JudgeBeside, RecordDefinition } from "../../platform/records/definition.ts";
import { checkBeside, checkStoredDuplicates, checkUnits, hasOtherPositions } from "./batch-checks.ts";
import { insertFindings } from "./finding-store.ts";
import type { ImportOptions, ImportResult } from "./options.ts";
import { type PlanContext, type PlannedRow, planRows } from "./plan.ts";
import { usedColumns } from "./profile.ts";
import type { IdentifiedRow, RowState } from "./row-state.ts";
import type { SourceFile } from "./sources.ts";
import { type ImportCounts, type StoredFinding, type StoredRow, updateProgress } from "./store.ts";

/** How many findings of each severity the answer of a run shows itself: many warnings must not hide an error. */
const keptFindings = 200;
/** From this many rows on, a place is remarked as one that stands for "somewhere here". */
const repeatedPlaceRows = 20;

/** A run under way. */
export interface Run {
  options: ImportOptions;
  id: string;
  claims: Claims;
  files: SourceFile[];
  counts: ImportCounts;
  rowsDone: number;
  stores: boolean;
  keeps: boolean;
  context: PlanContext;
  state: RowState;
  places: Map<string, { row: IdentifiedRow; recordId: string | null; recordType: string }>;
  otherPositions: Map<RecordDefinition, boolean>;
  unitBorders: boolean;
  /** Judges of types that are held against other records; they remember the run. */
  judges: Map<RecordDefinition, JudgeBeside | null>;
  first: Record<Finding["severity"], ImportResult["firstFindings"]>;
  remarked: boolean;
  /** Files of which it was said what is odd about them as a whole. */
  remarkedFiles: Set<number>;
}

function count(run: Run, planned: PlannedRow): void {
  const { counts } = run;
  counts.read++;
  switch (planned.outcome.kind) {
    case "refuse":
      counts.refused++;
      break;
    case "unchanged":
      counts.unchanged++;
      break;
    default: {
      counts.stored++;
      counts[
        planned.outcome.kind === "create" ? "created" : planned.outcome.kind === "update" ? "updated" : "restored"
      ]++;
      const type = planned.definition?.type.name ?? "";
      counts.byType[type] = (counts.byType[type] ?? 0) + 1;
      if (planned.findings.some(({ severity }) => severity === "error")) counts.withoutPosition++;
    }
  }
}

function countFinding(counts: ImportCounts, { check, severity }: Finding): void {
  counts.findings[severity]++;
  counts.byCheck[check] = (counts.byCheck[check] ?? 0) + 1;
}

const recordIdOf = ({ outcome }: PlannedRow): string | null =>
  outcome.kind === "refuse" ? null : (outcome.record?.id ?? null);

/** What is kept of a row beside its findings: the columns that the profile reads, so that no name which it leaves out stays. */
function keptFields(run: Run, fields: PlannedRow["row"]["row"]["fields"]): PlannedRow["row"]["row"]["fields"] {
  const used = usedColumns(run.options.profile);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => used.has(name)));
}

/** The findings of planned rows as they are stored, and the sources of those rows. */
function gather(run: Run, planned: readonly PlannedRow[]): { findings: StoredFinding[]; rows: StoredRow[] } {
  const findings: StoredFinding[] = [];
  const rows: StoredRow[] = [];
  for (const plan of planned) {
    const { row, part, file } = plan.row;
    for (const finding of plan.findings) {
      countFinding(run.counts, finding);
      const first = run.first[finding.severity];
      if (first.length < keptFindings) first.push({ file: run.files[file]?.name ?? "", row: row.number, finding });
      findings.push({
        id: newId(),
        file,
        row: row.number,
        part,
        recordType: plan.definition?.type.name ?? null,
        recordId: run.stores ? recordIdOf(plan) : null,
        check: finding.check,
        severity: finding.severity,
        field: finding.field,
        params: finding.params,
        suggestion: finding.suggestion ?? null,
        state: "open",
      });
    }
    if (plan.findings.length > 0)
      rows.push({ file, row: row.number, part, fields: keptFields(run, row.fields), geometry: row.geometry });
  }
  return { findings, rows };
}

/** Remembers places at which many rows are; each is remarked once, at the end, with their number. */
function watchPlaces(run: Run, planned: readonly PlannedRow[]): void {
  for (const plan of planned) {
    const { place } = plan.row;
    if (place === null || place.length > 200 || run.places.size >= 5000) continue;
    if (plan.outcome.kind === "refuse" || plan.outcome.kind === "unchanged" || run.places.has(place)) continue;
    if (run.state.countAt(place) < repeatedPlaceRows) continue;
    run.places.set(place, { row: plan.row, recordId: recordIdOf(plan), recordType: plan.definition?.type.name ?? "" });
  }
}

async function write(tx: Tx, run: Run, planned: readonly PlannedRow[]): Promise<void> {
  const change: ChangeContext = {
    accountId: run.options.accountId,
    now: run.options.now,
    reason: null,
    importId: run.id,
    sample: run.options.sample ?? false,
  };
  const definitions = new Set(planned.map(({ definition }) => definition).filter((each) => each !== null));
  for (const definition of definitions) {
    const own = planned.filter((plan) => plan.definition === definition);
    const creates = own.flatMap(({ outcome }) => (outcome.kind === "create" ? [outcome.record] : []));
    await createRecords(tx, definition, creates, change, "imported");
    for (const kind of ["update", "restore"] as const) {
      const changes = own.flatMap(({ outcome }) =>
        outcome.kind === kind ? [{ record: outcome.record, values: outcome.values, withdrawn: false }] : [],
      );
      if (changes.length > 0)
        await reviseRecords(tx, definition, changes, change, kind === "update" ? "imported" : "restored");
    }
  }
}

/** Plans, checks and writes one chunk in one transaction. @returns whether somebody asked to cancel */
export async function processChunk(db: Database, run: Run, rows: readonly IdentifiedRow[]): Promise<boolean> {
  const before = structuredClone(run.counts);
  const { error, warning } = run.first;
  const firstBefore = { error: error.length, warning: warning.length };
  try {
    return await db.transaction(
      run.claims,
      async (tx) => {
        // A crash may lose the last chunks, but whole and with their count: the batch then goes on before them. Ending
        // the batch waits for the disk, and so for everything before it.
        await sql`set local synchronous_commit = off`.execute(tx);
        const planned = await planRows(tx, rows, run.context);
        const { country } = run.options;
        await checkStoredDuplicates(tx, country, run.id, planned, async (definition) => {
          const known =
            run.otherPositions.get(definition) ?? (await hasOtherPositions(tx, definition, country, run.id));
          run.otherPositions.set(definition, known);
          return known;
        });
        await checkBeside(tx, country, planned, (definition) => {
          const known = run.judges.get(definition);
          if (known !== undefined) return known;
          const { level = "strictly-confidential" } = run.options;
          const judge = definition.beside?.({ level, dryRun: !run.stores }) ?? null;
          run.judges.set(definition, judge);
          return judge;
        });
        if (run.unitBorders) await checkUnits(tx, country, planned);
        remarkMissingUnits(run, planned);
        remarkFiles(run, planned);
        for (const plan of planned) count(run, plan);
        const { findings, rows: sources } = gather(run, planned);
        watchPlaces(run, planned);
        if (run.stores) await write(tx, run, planned);
        if (!run.keeps) return false;
        await insertFindings(tx, country, run.id, findings, sources);
        run.rowsDone += rows.length;
        return updateProgress(tx, country, run.id, {
          counts: run.counts,
          rowsDone: run.rowsDone,
          heartbeatAt: new Date(),
        });
      },
      { readOnly: !run.stores && !run.keeps, statementTimeout: 300_000 },
    );
  } catch (cause) {
    run.counts = before;
    error.length = firstBefore.error;
    warning.length = firstBefore.warning;
    throw cause;
  }
}

/** Columns that a file lacks and layers that were not read: said once a file, at its first row that changes anything. */
function remarkFiles(run: Run, planned: readonly PlannedRow[]): void {
  for (const { row, outcome, findings } of planned) {
    const file = run.files[row.file];
    if (!file || outcome.kind === "unchanged" || run.remarkedFiles.has(row.file)) continue;
    run.remarkedFiles.add(row.file);
    const remark = (check: string, params: Finding["params"]) =>
      findings.push({ check, severity: "warning", field: null, params });
    if (file.missing.length > 0) remark("columns-missing", { columns: file.missing.join(", ") });
    if (file.unread.length > 0) remark("layers-unread", { layers: file.unread.join(", ") });
  }
}

/** With no unit loaded, no row can name one: said once, at the first row that tries. */
function remarkMissingUnits(run: Run, planned: readonly PlannedRow[]): void {
  if (run.remarked || run.context.knowledge.units.size > 0) return;
  const plan = planned.find(
    ({ row, outcome }) =>
      outcome.kind !== "unchanged" &&
      row.prepared?.columns.some(({ field }) => ["unit", "units"].includes(field.kind)) &&
      row.prepared.definition.type.name !== "places.unit",
  );
  if (!plan) return;
  plan.findings.push({ check: "no-units-loaded", severity: "warning", field: "unit", params: {} });
  run.remarked = true;
}

/** What can only be said when all rows are read: places at which very many of them are. */
export async function remarkPlaces(db: Database, run: Run): Promise<void> {
  const findings: StoredFinding[] = [];
  for (const [place, { row, recordId, recordType }] of run.places) {
    const finding: Finding = {
      check: "place.repeated-point",
      severity: "warning",
      field: "geometry",
      params: { count: run.state.countAt(place) },
    };
    countFinding(run.counts, finding);
    findings.push({
      id: newId(),
      file: row.file,
      row: row.row.number,
      part: row.part,
      recordType,
      recordId: run.stores ? recordId : null,
      ...finding,
      params: finding.params,
      suggestion: null,
      state: "open",
    });
  }
  if (!run.keeps || findings.length === 0) return;
  const rows = [...run.places.values()].map(({ row: { file, part, row } }) => ({
    file,
    row: row.number,
    part,
    fields: keptFields(run, row.fields),
    geometry: row.geometry,
  }));
  await db.transaction(run.claims, (tx) => insertFindings(tx, run.options.country, run.id, findings, rows));
}
