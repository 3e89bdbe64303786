import type { Device, Part, ReportBody, ReportBodyInput } from "../contract-body.ts";
import type { Outcome, ReportType } from "../model.ts";
import { typeRules } from "../model.ts";

type Inspection = NonNullable<ReportBody["inspection"]>;
type NonConformity = Inspection["nonConformities"][number];
type Handover = NonNullable<ReportBody["handover"]>;
type Monitoring = NonNullable<ReportBody["monitoring"]>;
type Beneficiaries = NonNullable<ReportBody["beneficiaries"]>;
export type Residual = NonNullable<ReportBody["residual"]>;
export type Callout = NonNullable<ReportBody["callout"]>;
export type PeopleCounts = Handover["attended"];

/** A choice that nobody has made yet is null. */
export type DeviceForm = Omit<Device, "category" | "quantity"> & {
  category: Device["category"] | null;
  quantity: number | null;
};
export type ProcessedForm = { method: ReportBody["processed"][number]["method"] | null; squareMetres: number | null };
export type NonConformityForm = Omit<NonConformity, "severity" | "description"> & {
  severity: NonConformity["severity"] | null;
  description: string | null;
};
export type InspectionForm = Omit<Inspection, "kind" | "result" | "nonConformities"> & {
  kind: Inspection["kind"] | null;
  result: Inspection["result"] | null;
  nonConformities: NonConformityForm[];
};
export type HandoverForm = Omit<Handover, "receivedBy"> & { receivedBy: string | null };
export type MonitoringForm = Omit<Monitoring, "use" | "asPlanned"> & {
  use: Monitoring["use"] | null;
  asPlanned: boolean | null;
};

/** The words of a report while they are typed: as the server keeps them, but what must be chosen may still be open. */
export interface ReportForm
  extends Omit<ReportBody, "devices" | "processed" | "inspection" | "handover" | "monitoring"> {
  organisation: string | null;
  area: string | null;
  task: string | null;
  unit: string | null;
  effectiveOn: string | null;
  startedOn: string | null;
  endedOn: string | null;
  devices: DeviceForm[];
  processed: ProcessedForm[];
  inspection: InspectionForm | null;
  handover: HandoverForm | null;
  monitoring: MonitoringForm | null;
}

/** What the server takes: header and body. */
export interface ReportWords {
  organisation: string | null;
  area: string | null;
  task: string | null;
  unit: string | null;
  effectiveOn: string | null;
  startedOn: string | null;
  endedOn: string | null;
  body: ReportBodyInput;
}

/** A row or block that cannot be sent because something in it is not chosen yet; `field` is the path in the form. */
export interface Gap {
  field: string;
}

const nobody: PeopleCounts = { women: 0, men: 0, girls: 0, boys: 0, withDisabilities: 0 };

/** An inspection, handover or visit of which nothing was said yet. */
export const emptyInspection: InspectionForm = {
  kind: null,
  result: null,
  sampledSquareMetres: null,
  itemsFound: 0,
  inspectedReport: null,
  nonConformities: [],
};
export const emptyHandover: HandoverForm = {
  receivedBy: null,
  attended: nobody,
  intendedUse: null,
  liabilityText: null,
};
export const emptyMonitoring: MonitoringForm = {
  use: null,
  asPlanned: null,
  disputes: false,
  itemsFoundSince: 0,
  users: nobody,
};
export const emptyBeneficiaries: Beneficiaries = { direct: nobody, indirect: nobody };
export const emptyResidual: Residual = { restrictions: [], marked: null, statement: null };
export const emptyCallout: Callout = { requestedBy: null, requestedOn: null };
export const emptyDevice: DeviceForm = {
  category: null,
  model: null,
  quantity: 1,
  point: null,
  depthCentimetres: null,
  condition: null,
  disposal: null,
};

/** A part of which only the id and, where the type leaves no choice, the outcome are known. */
export function emptyPart(id: string, type: ReportType): Part {
  return {
    id,
    outcome: typeRules[type].outcomes[0] as Outcome,
    area: null,
    geometry: null,
    survey: null,
    areaClass: null,
    code: null,
    name: null,
    contamination: [],
    landClass: null,
    depthCentimetres: null,
    method: null,
    withAsset: null,
    administrativeReason: null,
  };
}

/** A report before anything was typed. */
export function emptyForm(known: Partial<ReportForm> = {}): ReportForm {
  return {
    organisation: null,
    area: null,
    task: null,
    unit: null,
    effectiveOn: null,
    startedOn: null,
    endedOn: null,
    team: null,
    methods: [],
    assets: [],
    evidence: [],
    project: null,
    parts: [],
    devices: [],
    processed: [],
    deminers: null,
    hours: null,
    place: null,
    suspends: false,
    voids: false,
    beneficiaries: null,
    inspection: null,
    handover: null,
    monitoring: null,
    callout: null,
    residual: null,
    qualityLog: null,
    reason: null,
    notes: null,
    ...known,
  };
}

/** The form of a report as it is stored. */
export function formOf(report: Omit<ReportWords, "body"> & { body: ReportBody }): ReportForm {
  const { organisation, area, task, unit, effectiveOn, startedOn, endedOn, body } = report;
  // Reports stored before a field was there do not have it.
  const later = { callout: null, residual: null, qualityLog: null, voids: false };
  return { organisation, area, task, unit, effectiveOn, startedOn, endedOn, ...later, ...body };
}

const said = (text: string | null): string | null => (text === null || text.trim() === "" ? null : text.trim());
const lines = (texts: readonly string[]): string[] => texts.map((each) => each.trim()).filter((each) => each !== "");

/** Whether a block is as it was when it was opened, so that leaving it out loses nothing. */
function untouched<Block extends object>(block: Block, empty: Block): boolean {
  return JSON.stringify(block) === JSON.stringify(empty);
}

/**
 * What the server takes of a form, and what it cannot take yet. A row or block with a gap is left out of the words, so
 * that everything else can be checked; it must be completed or removed before the report is stored.
 */
export function wordsOf(form: ReportForm): { words: ReportWords; gaps: Gap[] } {
  if (form.voids) return { words: takingBackWords(form), gaps: [] };
  const gaps: Gap[] = [];
  const need = <T extends object>(value: T, fields: readonly (keyof T & string)[], path: string): boolean => {
    const open = fields.filter((field) => value[field] === null);
    gaps.push(...open.map((field) => ({ field: `${path}.${field}` })));
    return open.length === 0;
  };
  const { organisation, area, task, unit, effectiveOn, startedOn, endedOn, ...rest } = form;
  const devices = form.devices
    .map((device) => ({ ...device, model: said(device.model) }))
    .filter((device, at): device is Device => need(device, ["category", "quantity"], `devices.${at}`));
  const processed = form.processed.filter((row, at): row is ReportBody["processed"][number] =>
    need(row, ["method", "squareMetres"], `processed.${at}`),
  );
  const body: ReportBodyInput = {
    ...rest,
    team: said(form.team),
    project: said(form.project),
    assets: lines(form.assets),
    reason: said(form.reason),
    notes: said(form.notes),
    parts: form.parts.map((part) => ({ ...part, code: said(part.code), name: said(part.name) })),
    devices,
    processed,
    inspection: inspectionOf(form.inspection, need),
    handover: handoverOf(form.handover, need),
    monitoring: monitoringOf(form.monitoring, need),
    callout: form.callout && !untouched(form.callout, emptyCallout) ? form.callout : null,
    residual: residualOf(form.residual),
    qualityLog: said(form.qualityLog),
  };
  return { words: { organisation, area, task, unit, effectiveOn, startedOn, endedOn, body }, gaps };
}

/** The words of a report that takes another one back: why, and nothing else that was typed or copied. */
function takingBackWords({
  organisation,
  area,
  task,
  unit,
  effectiveOn,
  startedOn,
  endedOn,
  reason,
  notes,
}: ReportForm) {
  const body: ReportBodyInput = { voids: true, reason: said(reason), notes: said(notes) };
  return { organisation, area, task, unit, effectiveOn, startedOn, endedOn, body };
}

type Need = <T extends object>(value: T, fields: readonly (keyof T & string)[], path: string) => boolean;

function inspectionOf(form: InspectionForm | null, need: Need): Inspection | null {
  if (!form || untouched(form, emptyInspection)) return null;
  const nonConformities = form.nonConformities
    .map((each) => ({
      ...each,
      description: said(each.description),
      correctiveAction: said(each.correctiveAction),
    }))
    .filter((each, at): each is NonConformity =>
      need(each, ["severity", "description"], `inspection.nonConformities.${at}`),
    );
  const block = { ...form, nonConformities };
  return need(block, ["kind", "result"], "inspection") ? (block as Inspection) : null;
}

function handoverOf(form: HandoverForm | null, need: Need): Handover | null {
  if (!form || untouched(form, emptyHandover)) return null;
  const block = { ...form, receivedBy: said(form.receivedBy), liabilityText: said(form.liabilityText) };
  return need(block, ["receivedBy"], "handover") ? (block as Handover) : null;
}

function monitoringOf(form: MonitoringForm | null, need: Need): Monitoring | null {
  if (!form || untouched(form, emptyMonitoring)) return null;
  return need(form, ["use", "asPlanned"], "monitoring") ? (form as Monitoring) : null;
}

function residualOf(form: Residual | null): Residual | null {
  if (!form) return null;
  const block = { ...form, restrictions: lines(form.restrictions), statement: said(form.statement) };
  return untouched(block, emptyResidual) ? null : block;
}

/** A member of the form on which two people wrote different things. */
export interface Clash {
  field: keyof ReportForm;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Brings what was typed on one version of a report together with a newer version: what only one side changed is taken
 * over; where both did, what was typed stays and is named.
 */
export function merge(
  base: ReportForm,
  mine: ReportForm,
  theirs: ReportForm,
): { form: ReportForm; clashes: Clash[]; taken: (keyof ReportForm)[] } {
  const form: ReportForm = { ...mine };
  const clashes: Clash[] = [];
  const taken: (keyof ReportForm)[] = [];
  for (const field of Object.keys(mine) as (keyof ReportForm)[]) {
    if (same(base[field], theirs[field]) || same(mine[field], theirs[field])) continue;
    if (same(base[field], mine[field])) {
      Object.assign(form, { [field]: theirs[field] });
      taken.push(field);
    } else clashes.push({ field });
  }
  return { form, clashes, taken };
}
