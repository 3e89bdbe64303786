import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { sameValue } from "../../platform/records/definition.ts";
import { createAreas, reviseAreas } from "../land/index.ts";
import { entriesOf, insertEntries } from "../ledger/index.ts";
import { recordFinds, withdrawFinds } from "../ordnance/index.ts";
import type { Computed } from "./compute.ts";
import { isEmpty, noGround } from "./ground.ts";
import { recordInspection } from "./inspection.ts";
import type { ReportType } from "./model.ts";
import { baseOf } from "./refold.ts";
import type { AreaState } from "./state.ts";
import { insertProducts, putStates, stateRow, voidProducts } from "./state-store.ts";
import { findItems, insertItems, type StoredReport } from "./store.ts";
import { insertVersions, supersedeVersions } from "./version-store.ts";

/** What the record of an area shows of its state. Its shape is the open ground, and the outline once none is left. */
function recordValues(state: AreaState): RecordValues {
  const shape = isEmpty(state.ground) ? state.perimeter : state.ground;
  return {
    ...(state.code === "" ? {} : { code: state.code }),
    name: state.name,
    areaClass: state.areaClass,
    status: state.status,
    evidence: state.evidence,
    contamination: state.contamination.length > 0 ? [...state.contamination] : null,
    identifiedOn: state.identifiedOn,
    closedOn: state.closedOn,
    closureReason: state.closureReason,
    unit: state.unit,
    organisation: state.organisation,
    ...(shape ? { geometry: shape } : {}),
  };
}

/** Why an area is closed that reports do not know any more. */
const struck = "administrative";

const contexts: Partial<Record<ReportType, string>> = {
  "non-technical-survey": "non-technical-survey",
  "technical-survey": "technical-survey",
  clearance: "clearance",
  completion: "clearance",
  progress: "clearance",
  "spot-task": "spot-task",
};

/** Everything that an approval changes, in the order in which one thing needs another. */
export async function approvalWrites(
  tx: Tx,
  report: StoredReport,
  computed: Computed,
  { accountId, now }: { accountId: string | null; now: Date },
): Promise<void> {
  const { country, sample } = report;
  const change = { accountId, now, reason: report.code, sample };
  const states = [...computed.touched].flatMap((id) => {
    const state = computed.after.get(id);
    return state ? [state] : [];
  });
  const fresh = states.filter(({ id }) => !computed.records.has(id));
  const created = await createAreas(
    tx,
    fresh.map((state) => ({ country, id: state.id, values: recordValues(state) })),
    change,
  );
  const codes = new Map(created.map(({ id, values }) => [id, values.code as string]));
  const revised = states.flatMap((state) => {
    const record = computed.records.get(state.id);
    if (!record) return [];
    const values = { ...record.values, ...recordValues(state) };
    return sameValue(withoutNothing(values), withoutNothing(record.values)) ? [] : [{ record, values }];
  });
  // An area that a correction never made is struck off, once: it stays as a record of what was once believed.
  const gone = [...computed.touched].flatMap((id) => {
    const state = computed.before.get(id);
    return computed.after.has(id) || !state?.carried || state.closureReason === struck ? [] : [state];
  });
  const struckOff = gone.flatMap(({ id }) => {
    const record = computed.records.get(id);
    const closed = { status: "closed", closureReason: struck, closedOn: report.effectiveOn };
    return record ? [{ record, values: { ...record.values, ...closed } }] : [];
  });
  await reviseAreas(tx, [...revised, ...struckOff], change);
  const known = { country, id: report.id, knownAt: now.toISOString(), sample };
  await insertEntries(tx, entriesOf(known, computed.postings));
  await voidProducts(tx, country, computed.voided);
  await insertProducts(
    tx,
    country,
    computed.products.map((product) => ({ ...product, id: newId(), sample })),
  );
  const stored = { sequence: report.sequence as number, effectiveOn: report.effectiveOn as string, sample };
  await putStates(tx, country, [
    ...states
      .filter(({ carried }) => carried)
      .map((state) => {
        const before = computed.before.get(state.id);
        return stateRow(state, { ...stored, base: before && !before.carried ? baseOf(before) : null });
      }),
    ...gone.map((state) =>
      stateRow({ ...state, ground: noGround, openSquareMetres: 0, status: "closed" }, { ...stored, base: null }),
    ),
  ]);
  await supersedeVersions(tx, country, computed.ended, known.knownAt);
  await insertVersions(
    tx,
    country,
    computed.versions.map((version) => ({
      ...version,
      ...{ id: newId(), place: version.place ?? stored.sequence, knownAt: known.knownAt, sample },
    })),
  );
  await recordInspection(tx, report, { ...change, reason: null });
  await storeItems(tx, report, computed, codes, change);
}

function withoutNothing(values: RecordValues): RecordValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

/** The explosive items of a report become finds; those of the report that it puts right are taken back. */
async function storeItems(
  tx: Tx,
  report: StoredReport,
  computed: Computed,
  codes: ReadonlyMap<string, string>,
  change: { accountId: string | null; now: Date; reason: string | null; sample: boolean },
): Promise<void> {
  const { country } = report;
  if (report.corrects) await withdrawFinds(tx, country, await findItems(tx, country, report.corrects), change);
  if (report.body.devices.length === 0) return;
  const area = report.area ? computed.after.get(report.area) : undefined;
  const finds = report.body.devices.map(
    (device): RecordValues => ({
      foundOn: report.endedOn ?? report.effectiveOn,
      category: device.category,
      model: device.model,
      quantity: device.quantity,
      condition: device.condition,
      depthCentimetres: device.depthCentimetres,
      disposal: device.disposal,
      context: contexts[report.type] ?? "unknown",
      organisation: report.organisation,
      area: report.area,
      unit: area?.unit ?? report.unit,
      geometry: device.point ? { type: "Point", coordinates: device.point.slice(0, 2) } : null,
      source: report.code + (codes.size > 0 ? ` (${[...codes.values()].join(", ")})` : ""),
    }),
  );
  const ids = await recordFinds(tx, country, finds, { ...change, reason: null });
  await insertItems(tx, country, report.id, ids, report.sample);
}
