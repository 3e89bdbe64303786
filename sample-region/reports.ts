import { clipTo } from "@santi/land-geometry";
import type { Polygon } from "geojson";
import { bodySchema, type ReportBodyInput } from "../src/domains/land-release/contract-body.ts";
import type { PastReport, WaitingReport } from "../src/domains/land-release/index.ts";
import type { ReportType } from "../src/domains/land-release/model.ts";
import type { SampleCorrection, SampleRecord } from "./item.ts";
import { Random } from "./random.ts";
import { typedTraverse } from "./typed-survey.ts";

interface Told {
  type: ReportType;
  body: ReportBodyInput;
}

type Values = Record<string, unknown>;

const evidenceOf = (areaClass: unknown) => (areaClass === "cha" ? ["item-found"] : ["verbal-report"]);

/** The western part of a polygon, up to a share of its width; null when it would be next to nothing. */
function westOf(polygon: Polygon, share: number): Polygon | null {
  const ring = polygon.coordinates[0] ?? [];
  const longitudes = ring.map(([x = 0]) => x);
  const latitudes = ring.map(([, y = 0]) => y);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const [south, north] = [Math.min(...latitudes) - 0.001, Math.max(...latitudes) + 0.001];
  const border = Number((west + (east - west) * share).toFixed(6));
  const box: Polygon = {
    type: "Polygon",
    coordinates: [
      [
        [west - 0.001, south],
        [border, south],
        [border, north],
        [west - 0.001, north],
        [west - 0.001, south],
      ],
    ],
  };
  const part = clipTo(polygon, box);
  return part.coordinates.length === 1 ? { type: "Polygon", coordinates: part.coordinates[0] ?? [] } : null;
}

/** What a change of an area's record says as a field report; none for changes that no report carries. */
function told(before: Values, change: Values, next: () => string, random: Random): Told[] {
  const area = null;
  const after = { ...before, ...change };
  const surveyed = (after.geometry as { type?: string } | undefined)?.type === "Polygon";
  const wasOpen = before.areaClass === "sha" || before.areaClass === "cha";
  if (change.areaClass && change.areaClass !== before.areaClass && !wasOpen) {
    if (change.areaClass === "indication" || !surveyed) return [];
    const part = {
      ...{ id: next(), outcome: "identified" as const, area, geometry: after.geometry as Polygon },
      areaClass: change.areaClass as "sha" | "cha",
    };
    return [{ type: "non-technical-survey", body: { evidence: evidenceOf(change.areaClass), parts: [part] } }];
  }
  if (!wasOpen) return [];
  if (change.areaClass === "cha") {
    const part = { id: next(), outcome: "reclassified" as const, areaClass: "cha" as const };
    return [{ type: "technical-survey", body: { methods: ["manual"], evidence: ["item-found"], parts: [part] } }];
  }
  if (change.status === "worked-on") return [{ type: "progress", body: { methods: ["manual"] } }];
  if (change.status === "suspended")
    return [{ type: "progress", body: { suspends: true, reason: "Access is not safe or funds ran out" } }];
  if (change.status === "released") {
    const attended = { women: random.integer(2, 14), men: random.integer(3, 18), girls: 0, boys: 0 };
    const handover = { receivedBy: "Village council", attended, intendedUse: "agriculture" as const };
    const statement = "Items below the depth stated may remain.";
    const residual = { restrictions: ["No digging below the cleared depth without a new survey"], statement };
    return [{ type: "handover", body: { handover, residual, beneficiaries: peopleOf(random) } }];
  }
  return change.status === "closed" ? closing(change, after, next, random) : [];
}

/** Who profits from a piece of land: those who use it, and others of the community. */
function peopleOf(random: Random): NonNullable<ReportBodyInput["beneficiaries"]> {
  const people = (most: number) => ({
    ...{ women: random.integer(2, most), men: random.integer(2, most) },
    ...{ girls: random.integer(0, most), boys: random.integer(0, most), withDisabilities: random.integer(0, 2) },
  });
  return { direct: people(15), indirect: people(120) };
}

function closing(change: Values, after: Values, next: () => string, random: Random): Told[] {
  const whole = { id: next() };
  const strike = ((after.contamination as string[] | undefined) ?? []).includes("cmr");
  const method = strike ? ("battle-area" as const) : ("manual" as const);
  const depthCentimetres = strike ? 25 : 20;
  switch (change.closureReason) {
    case "cancelled":
      return [
        {
          type: "cancellation",
          body: { reason: "No evidence of contamination", parts: [{ ...whole, outcome: "cancelled" }] },
        },
      ];
    case "reduced":
      return [
        {
          type: "technical-survey",
          body: {
            methods: [method],
            parts: [{ ...whole, outcome: "reduced", withAsset: random.chance(0.6), method }],
          },
        },
      ];
    case "cleared": {
      const west = random.chance(0.6) ? westOf(after.geometry as Polygon, random.between(0.35, 0.85)) : null;
      const cleared = { outcome: "cleared" as const, depthCentimetres, method };
      const parts = west
        ? [
            { id: next(), ...cleared, geometry: west },
            { ...whole, outcome: "reduced" as const, withAsset: random.chance(0.5), method },
          ]
        : [{ ...whole, ...cleared }];
      const deminers = random.integer(8, 24);
      const said = { assets: ["Metal detectors"], qualityLog: "Kept at the operator's provincial office" };
      return [{ type: "clearance", body: { methods: [method], deminers, parts, ...said } }];
    }
    default:
      return [
        {
          type: "re-survey",
          body: {
            reason: "Correction of the records",
            parts: [
              {
                ...whole,
                outcome: "administrative",
                administrativeReason: change.closureReason === "duplicate" ? "duplicate" : "data-error",
              },
            ],
          },
        },
      ];
  }
}

/**
 * The approved field reports behind the life of an area of the sample region, as its record and corrections tell it: the
 * same record gives the same reports. Areas that stayed indications have none.
 */
export function reportsOfArea(record: SampleRecord, corrections: readonly SampleCorrection[]): PastReport[] {
  const random = new Random(`reports ${record.id}`);
  const reports: PastReport[] = [];
  let serial = 0;
  // Ids of reports and parts follow from the area's: the last group counts.
  const next = () => `${record.id.slice(0, 24)}${(++serial).toString(16).padStart(4, "0")}${record.id.slice(28)}`;
  let values: Values = {};
  let workedFrom: string | null = null;
  for (const item of [record, ...corrections]) {
    if (item.values.status === "worked-on") workedFrom = item.effectiveOn;
    for (const { type, body } of told(values, item.values, next, random)) {
      const parts = (body.parts ?? []).map((part) => ({ ...part, area: record.id }));
      reports.push({
        country: record.country,
        id: next(),
        type,
        ...{ task: null, corrects: null, sample: true },
        startedOn: type === "clearance" ? workedFrom : null,
        endedOn: type === "clearance" ? item.effectiveOn : null,
        organisation: ({ ...values, ...item.values }.organisation as string | undefined) ?? null,
        area: record.id,
        unit: ({ ...values, ...item.values }.unit as string | undefined) ?? null,
        effectiveOn: item.effectiveOn,
        approvedAt: item.recordedAt,
        body: bodySchema.parse({ ...body, parts }),
      });
    }
    values = { ...values, ...item.values };
  }
  return reports;
}

/**
 * The report that waits for a decision about an area on which work goes on: some operators have handed in their
 * completion, and some of those were verified. Null for every other area.
 */
export function waitingReportOf(record: SampleRecord, corrections: readonly SampleCorrection[]): WaitingReport | null {
  const values: Values = Object.assign({}, record.values, ...corrections.map((item) => item.values));
  const random = new Random(`waiting ${record.id}`);
  if (values.status !== "worked-on" || !random.chance(0.4)) return null;
  const last = corrections.at(-1) ?? record;
  let serial = 0x8000;
  const next = () => `${record.id.slice(0, 24)}${(++serial).toString(16).padStart(4, "0")}${record.id.slice(28)}`;
  const [report] = closing({ closureReason: "cleared" }, values, next, random);
  if (!report) return null;
  const parts = (report.body.parts ?? []).map((part) => {
    // What waits to be judged says how its ground was surveyed.
    const survey = part.geometry?.type === "Polygon" ? typedTraverse(part.geometry, random) : null;
    return { ...part, area: record.id, survey: survey as Record<string, unknown> | null };
  });
  return {
    country: record.country,
    id: next(),
    type: report.type,
    state: random.chance(0.35) ? "verified" : "submitted",
    ...{ task: null, startedOn: null, endedOn: null, corrects: null, sample: true },
    organisation: (values.organisation as string | undefined) ?? null,
    area: record.id,
    unit: (values.unit as string | undefined) ?? null,
    effectiveOn: last.effectiveOn,
    handedInAt: last.recordedAt,
    body: bodySchema.parse({ ...report.body, parts }),
  };
}
