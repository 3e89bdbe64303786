import { nodeContact, nodeName, readSetting } from "../../../platform/administration/index.ts";
import type { Tx } from "../../../platform/database/types.ts";
import { type Reference, referencesById } from "../../../platform/records/references.ts";
import { readAreas } from "../../land/index.ts";
import { findAreaBalance } from "../../ledger/index.ts";
import type { Amounts } from "../../ledger/model.ts";
import { firstLevelUnits } from "../../places/index.ts";
import { findNonconformitiesOf, findVisitsOf } from "../../quality/index.ts";
import type { ReportBody } from "../contract-body.ts";
import { isEmpty } from "../ground.ts";
import { findAccidentsOf } from "../link-store.ts";
import { findProducts } from "../state-store.ts";
import { findApprovedOf, type StoredReport } from "../store.ts";
import { findVersions } from "../version-store.ts";
import { cornersOf } from "./corners.ts";
import type {
  CompletionReportData,
  HandoverCertificateData,
  Names,
  People,
  QualityVisit,
  ReleaseFacts,
  Said,
  SurveyPoint,
} from "./data.ts";
import { fieldSurvey, marksOf, pieceOf, surveyedCorners, surveysOf, type WorkedSurvey } from "./field-survey.ts";
import { unknown } from "./words.ts";

const coded = (list: string, value: string) => ({ list, value });

/** What was released of an area until a day, with what its reports say; everything that both documents need. */
interface Gathered {
  facts: ReleaseFacts;
  reports: readonly StoredReport[];
  visits: (QualityVisit & { id: string })[];
  nonConformities: CompletionReportData["nonConformities"];
  accidents: CompletionReportData["accidents"];
}

const peopleOf = ({ women, men, girls, boys }: People): People => ({ women, men, girls, boys });

const visitKinds: Readonly<Record<string, string>> = {
  "qa-internal": "internal-assurance",
  "qa-external": "external-assurance",
  qc: "quality-control",
};

/** Square metres that the area had before anything was released of it, and how its boundary moved since. */
function measures(balance: Amounts): { original: number; adjusted: number; remaining: number } {
  const of = (account: keyof Amounts) => balance[account] ?? 0;
  const remaining = of("suspected") + of("confirmed");
  const released = of("cancelled") + of("reduced-with-asset") + of("reduced-without-asset") + of("cleared");
  // Boundary accounts hold what came with the opposite sign, as every account of origin does.
  const adjusted = -of("boundary-increase") - of("boundary-decrease") - of("administrative");
  return { original: remaining + released - adjusted, adjusted, remaining };
}

async function gather(tx: Tx, report: StoredReport, now: Date): Promise<Gathered | null> {
  const { country, area, body } = report;
  const [record] = area ? await readAreas(tx, country, [area]) : [];
  if (!area || !record) return null;
  const until = report.effectiveOn ?? now.toISOString().slice(0, 10);
  const approved = await findApprovedOf(tx, country, [area]);
  const reports = approved.filter(({ effectiveOn, body }) => (effectiveOn ?? "") <= until && !body.voids);
  const byId = new Map(reports.map((each) => [each.id, each]));
  const products = (await findProducts(tx, country, [area])).filter(({ effectiveOn }) => effectiveOn <= until);
  const versions = (await findVersions(tx, country, [area])).filter(({ effectiveOn }) => effectiveOn <= until);
  const version = versions.at(-1);
  const visits = await findVisitsOf(tx, country, { area, task: report.task, until });
  const unit = (record.values.unit as string | undefined) ?? null;
  const province = unit ? ((await firstLevelUnits(tx, country, [unit])).get(unit) ?? null) : null;
  const present = (ids: (string | null)[]) => ids.filter((id) => id !== null);
  const names = await referencesById(tx, {
    unit: present([unit, province]),
    organisation: present([report.organisation, ...visits.map(({ inspectingOrganisation }) => inspectingOrganisation)]),
    "tasking.task": present([report.task]),
  });
  const named = (id: string | null): Names | string | null => {
    const reference: Reference | undefined = names[id ?? ""];
    if (!reference) return null;
    return Object.keys(reference.names).length > 0 ? (reference.names as Names) : reference.code;
  };
  const { original, adjusted, remaining } = measures(await findAreaBalance(tx, country, area, until));
  const task = report.task ? names[report.task] : undefined;
  const text = (name: string) => (record.values[name] as string | undefined) ?? null;
  const work = reports.filter(({ type }) => ["technical-survey", "clearance", "completion"].includes(type));
  const days = (each: readonly StoredReport[], pick: "startedOn" | "endedOn") =>
    present(each.map((one) => one[pick])).sort();
  const told = visits.map((visit) => ({
    id: visit.id,
    on: visit.visitedOn,
    kind: coded("inspection-kind", visitKinds[visit.kind] ?? visit.kind),
    organisation: named(visit.inspectingOrganisation),
    result: coded("inspection-result", visit.result),
    sampledSquareMetres: visit.sampledSquareMetres,
    itemsFound: visit.itemsFound,
  }));
  const control = visits.findLastIndex(({ kind }) => kind === "qc");
  const issuedOn = (report.approvedAt ?? now.toISOString()).slice(0, 10);
  // Reports stored before these fields were there have none of them.
  const rest = [...reports, report].findLast((each) => each.body.residual)?.body.residual ?? null;
  const restOf = (ground: typeof version) =>
    remaining > 0
      ? [
          {
            name: text("code") ?? "",
            squareMetres: remaining,
            reason: body.reason ?? coded("area-status", ground?.status ?? "open"),
            marked: rest?.marked ?? null,
            geometry: ground && !isEmpty(ground.ground) ? ground.ground : null,
          },
        ]
      : [];
  const monitoring = reports.findLast(({ type }) => type === "post-clearance-monitoring");
  const handover = reports.findLast(({ type }) => type === "handover") ?? report;
  const surveyed = surveysOf(
    [...reports, ...(byId.has(report.id) ? [] : [report])].flatMap((each) =>
      each.body.parts.filter((part) => part.id === area || (part.area ?? each.area) === area),
    ),
  );
  const released = products.map((product): ReleaseFacts["products"][number] => {
    const by = byId.get(product.report);
    return {
      code: null,
      outcome: product.kind,
      geometry: product.geometry,
      squareMetres: product.squareMetres,
      depthCentimetres: product.depthCentimetres,
      methods: product.method ? [coded("release-method", product.method)] : [],
      assets: by?.body.assets ?? [],
      startedOn: by?.startedOn ?? null,
      endedOn: by?.endedOn ?? product.effectiveOn,
      corners: null,
    };
  });
  const pieces = surveyed.map((survey) => ({ survey, piece: pieceOf(survey, released) }));
  const outline = (product: ReleaseFacts["products"][number], i: number) => {
    const [ring, ...others] = cornersOf(product.geometry);
    const own = pieces.find(({ piece }) => piece === i)?.survey;
    return own && ring && others.length === 0 ? surveyedCorners(own, ring) : null;
  };
  const facts: ReleaseFacts = {
    head: {
      number: report.code,
      state: report.state !== "approved" ? "draft" : report.correctedBy ? "superseded" : "approved",
      issuer: (await readSetting(tx, nodeName)) as Names,
      issuedOn,
      asOf: until,
    },
    task: task ? { code: task.code, title: task.names.en ?? null } : null,
    area: {
      code: text("code") ?? "",
      name: text("name"),
      areaClass: version?.areaClass ?? "indication",
      status: version?.status ?? "open",
      contamination: ((record.values.contamination as string[] | undefined) ?? []).map((value) =>
        coded("contamination-type", value),
      ),
      place: [...new Set([province, unit])].flatMap((id) => named(id) ?? []),
      geometry: version?.perimeter ?? null,
      squareMetres: original,
    },
    reports: reports.map(({ code }) => code),
    organisation: named(report.organisation),
    team: [...new Set(present([...work, report].map((each) => each.body.team)))].join(", ") || null,
    startedOn: days([...work, report], "startedOn")[0] ?? null,
    endedOn: days([...work, report], "endedOn").at(-1) ?? null,
    adjustedSquareMetres: adjusted,
    products: released.map((product, i) => ({ ...product, corners: outline(product, i) })),
    remainingSquareMetres: remaining,
    marks: marks(
      [...reports, report],
      pieces.map(({ survey }) => survey),
    ),
    surveys: pieces.map(({ survey, piece }) =>
      fieldSurvey(survey, piece < 0 ? (text("code") ?? "") : (released[piece]?.code ?? String(piece + 1))),
    ),
    residual: {
      notWorked: restOf(version),
      restrictions: rest?.restrictions ?? [],
      statement: rest?.statement ?? null,
      contact: namesOrNull(await readSetting(tx, nodeContact)),
    },
    control: control < 0 ? null : (told[control] ?? null),
    landUse: {
      intended: handover.body.handover?.intendedUse ? coded("land-use", handover.body.handover.intendedUse) : null,
      actual: monitoring?.body.monitoring ? coded("land-use", monitoring.body.monitoring.use) : null,
      actualOn: monitoring?.effectiveOn ?? null,
    },
    beneficiaries: beneficiariesOf([...reports, report]),
    missedItems: approved.flatMap(({ effectiveOn, code, body: said }) =>
      said.parts
        .filter(({ outcome }) => outcome === "missed-item")
        .map(({ name }) => ({ on: effectiveOn ?? "", description: said.reason ?? name ?? code, followUp: code })),
    ),
    signatories: signatories(report, named(report.organisation), told[control]?.organisation ?? null),
    notes: body.notes,
  };
  const wrong = await findNonconformitiesOf(
    tx,
    country,
    visits.map(({ id }) => id),
  );
  const started = facts.startedOn;
  return {
    facts,
    reports: work.some(({ id }) => id === report.id) ? work : [...work, report],
    visits: told,
    nonConformities: wrong.map(({ severity, type, description, ...rest }) => ({
      ...rest,
      severity: coded("non-conformity-severity", severity),
      description: description || type,
    })),
    // Only what happened while the land was worked on belongs to its completion.
    accidents: (await findAccidentsOf(tx, country, area, until))
      .filter(({ on }) => started === null || on >= started)
      .map((accident) => ({ ...accident, description: null })),
  };
}

const namesOrNull = (names: unknown): Names | null =>
  names && Object.keys(names).length > 0 ? (names as Names) : null;

/** Reference point and benchmark as surveyed; where no survey has them, the place that the newest report names. */
function marks(reports: readonly StoredReport[], surveys: readonly WorkedSurvey[]): SurveyPoint[] {
  const measured = distinct(surveys.flatMap(marksOf), ({ name, longitude, latitude }) =>
    [name, longitude.toFixed(7), latitude.toFixed(7)].join(),
  );
  if (measured.some(({ kind }) => kind === "reference")) return measured;
  const place = reports.findLast(({ body }) => body.place !== null)?.body.place;
  if (!place) return measured;
  const [longitude = 0, latitude = 0] = place;
  return [{ name: "RP", kind: "reference", longitude, latitude, fixedBy: null, accuracyMetres: null }, ...measured];
}

function beneficiariesOf(reports: readonly StoredReport[]): ReleaseFacts["beneficiaries"] {
  const told = reports.findLast(({ body }) => body.beneficiaries !== null)?.body.beneficiaries;
  return told ? { direct: peopleOf(told.direct), indirect: peopleOf(told.indirect) } : null;
}

function signatories(report: StoredReport, operator: Said | null, quality: Said | null): ReleaseFacts["signatories"] {
  const blank = { name: null, position: null, organisation: null, on: null };
  const receiver = report.body.handover?.receivedBy ?? null;
  return [
    { ...blank, role: "operator", organisation: operator },
    { ...blank, role: "quality", organisation: quality },
    { ...blank, role: "authority" },
    { ...blank, role: "local-authority", organisation: receiver },
    { ...blank, role: "owner" },
    { ...blank, role: "community" },
  ];
}

function distinct<T>(values: readonly T[], key: (value: T) => string): T[] {
  return [...new Map(values.map((value) => [key(value), value])).values()];
}

/**
 * Everything that a completion report says about its area, as the ledger, quality and the field reports have it until its
 * day.
 * @returns null when the report names no area that the caller may see
 */
export async function completionData(tx: Tx, report: StoredReport, now: Date): Promise<CompletionReportData | null> {
  const gathered = await gather(tx, report, now);
  if (!gathered) return null;
  const { facts, reports, visits, nonConformities, accidents } = gathered;
  const bodies: ReportBody[] = reports.map(({ body }) => body);
  const processed = new Map<string, number>();
  for (const { method, squareMetres } of bodies.flatMap((body) => body.processed))
    processed.set(method, (processed.get(method) ?? 0) + squareMetres);
  return {
    ...facts,
    methods: distinct(
      bodies.flatMap(({ methods }) => methods),
      (method) => method,
    ).map((method) => coded("release-method", method)),
    assets: distinct(
      bodies.flatMap(({ assets }) => assets),
      (asset) => asset,
    ),
    processed: [...processed].map(([method, squareMetres]) => ({
      method: coded("release-method", method),
      squareMetres,
    })),
    devices: bodies.flatMap(({ devices }) =>
      devices.map(({ category, model, quantity, point, depthCentimetres, condition, disposal }) => ({
        category: coded("ordnance-category", category),
        ...{ model, quantity, depthCentimetres },
        position: point ? { longitude: point[0] as number, latitude: point[1] as number } : null,
        condition: condition ? coded("ordnance-condition", condition) : null,
        disposal: disposal ? coded("disposal-method", disposal) : null,
      })),
    ),
    visits,
    nonConformities,
    internalLog: bodies.findLast(({ qualityLog }) => qualityLog)?.qualityLog ?? null,
    accidents,
  };
}

/**
 * Everything that a handover certificate says.
 * @returns null when the report is no handover or names no area that the caller may see
 */
export async function handoverData(tx: Tx, report: StoredReport, now: Date): Promise<HandoverCertificateData | null> {
  const said = report.body.handover;
  const gathered = said ? await gather(tx, report, now) : null;
  if (!said || !gathered) return null;
  const { facts, reports } = gathered;
  const place = facts.area.place.at(-1) ?? null;
  return {
    ...facts,
    completionReport: reports.findLast(({ type }) => type === "completion")?.code ?? null,
    handedOverOn: report.effectiveOn ?? facts.head.asOf,
    place,
    receivedBy: said.receivedBy,
    attended: peopleOf(said.attended),
    liability: { version: said.liabilityText ?? unknown, text: null },
  };
}
