import type { Geometry } from "geojson";
import type { Language } from "../../../platform/contract/fields.ts";
import type { PointSymbol } from "../../../platform/documents/index.ts";
import type { AreaClass, AreaStatus } from "../../land/model.ts";

/** A code of a list; it is written in both languages of the document (`code.<list>.<value>`). */
export interface Coded {
  list: string;
  value: string;
}

/** Names by language; the national one and English are taken, else what there is. */
export type Names = Partial<Record<Language, string>>;

/** A value as a report has it: text of people stands as it is, codes and names are written in both languages. */
export type Said = string | Names | Coded;

/** A day, `yyyy-mm-dd`. */
export type Day = string;

/** What the head of every document says. */
export interface DocumentHead {
  number: string;
  /** Only what is approved counts; everything else says so on each page. */
  state: "draft" | "approved" | "superseded";
  issuer: Said;
  issuedOn: Day;
  /** The day up to which everything known is in it. */
  asOf: Day;
}

/** A point as it was surveyed. */
export interface SurveyPoint {
  name: string;
  kind: Exclude<PointSymbol, "device">;
  longitude: number;
  latitude: number;
  fixedBy: Said | null;
  accuracyMetres: number | null;
  /** To the next point; computed on the ellipsoid, true, where it is left out. */
  bearing?: { degrees: number; north: "true" | "grid" | "magnetic" } | null;
  distanceMetres?: number | null;
}

/** One side of a polygon that was surveyed by bearing and distance: as it was typed, and as the compass rule left it. */
export interface SurveyLeg {
  from: string;
  to: string;
  bearing: string;
  distance: string;
  /** Metres to the north and to the east; null where the survey does not close. */
  adjusted: { north: number; east: number } | null;
}

/** A polygon as it was surveyed in the field, every value as typed. */
export interface FieldSurvey {
  /** The piece of ground or the area of which it is the outline. */
  polygon: string;
  /** By bearings: from which north they were measured, and how the outline closes. */
  traverse: {
    north: "true" | "grid" | "magnetic";
    declinationDegrees: number | null;
    declinationDate: Day | null;
    unit: "metre" | "foot" | "yard";
    start: string | null;
    legs: readonly SurveyLeg[];
    perimeterMetres: number | null;
    misclosureMetres: number | null;
    /** The n of 1 : n; null where it closes exactly or was not closed. */
    precision: number | null;
    adjusted: boolean;
  } | null;
  /** By coordinates: each corner as it was typed, and the datum. */
  coordinates: { datum: string | null; points: readonly { name: string; asTyped: string }[] } | null;
}

export interface HazardousArea {
  code: string;
  name: string | null;
  areaClass: AreaClass;
  status: AreaStatus;
  contamination: readonly Coded[];
  /** Province, district, commune, village: the largest first. */
  place: readonly Said[];
  geometry: Geometry | null;
  squareMetres: number;
}

export const outcomes = ["cancelled", "reduced-with-asset", "reduced-without-asset", "cleared"] as const;

/** A piece of released ground. */
export interface ReleasedPolygon {
  code: string | null;
  outcome: (typeof outcomes)[number];
  geometry: Geometry | null;
  squareMetres: number;
  depthCentimetres: number | null;
  methods: readonly Said[];
  assets: readonly Said[];
  startedOn: Day | null;
  endedOn: Day | null;
  /** Computed from the geometry where it is left out. */
  corners: readonly SurveyPoint[] | null;
}

export interface Device {
  category: Said;
  model: string | null;
  quantity: number;
  position: { longitude: number; latitude: number } | null;
  depthCentimetres: number | null;
  condition: Said | null;
  disposal: Said | null;
}

/** What stays behind. */
export interface Residual {
  notWorked: readonly {
    name: string;
    squareMetres: number | null;
    reason: Said;
    marked: boolean | null;
    geometry: Geometry | null;
  }[];
  restrictions: readonly Said[];
  statement: Said | null;
  /** Whom to tell when something is found. */
  contact: Said | null;
}

export interface QualityVisit {
  on: Day;
  kind: Said;
  organisation: Said | null;
  result: Said;
  sampledSquareMetres: number | null;
  itemsFound: number | null;
}

export interface NonConformity {
  severity: Said;
  description: string;
  correctiveAction: string | null;
  deadline: Day | null;
  closedOn: Day | null;
}

export interface People {
  women: number;
  men: number;
  girls: number;
  boys: number;
}

export const signatoryRoles = ["operator", "quality", "authority", "owner", "local-authority", "community"] as const;

/** Who signs; what is not known is left to be written by hand. */
export interface SignatoryData {
  role: (typeof signatoryRoles)[number];
  name: string | null;
  position: string | null;
  organisation: Said | null;
  on: Day | null;
}

/** What both documents say about a piece of released land. */
export interface ReleaseFacts {
  head: DocumentHead;
  task: { code: string; title: string | null } | null;
  area: HazardousArea;
  /** Codes of the approved reports that it rests on. */
  reports: readonly string[];
  organisation: Said | null;
  team: string | null;
  startedOn: Day | null;
  endedOn: Day | null;
  /** Changes of the area's boundary since it was identified. */
  adjustedSquareMetres: number;
  products: readonly ReleasedPolygon[];
  remainingSquareMetres: number;
  /** Reference point and benchmark, and whatever else was marked for good. */
  marks: readonly SurveyPoint[];
  /** What the field teams measured, where it was typed in. */
  surveys: readonly FieldSurvey[];
  residual: Residual;
  /** The inspection after which the land counts as released. */
  control: QualityVisit | null;
  landUse: { intended: Said | null; actual: Said | null; actualOn: Day | null };
  beneficiaries: { direct: People; indirect: People } | null;
  /** What was found or happened on the land after its release, and the report that follows it up. */
  missedItems: readonly { on: Day; description: string; followUp: string | null }[];
  signatories: readonly SignatoryData[];
  notes: string | null;
}

/** IMAS 08.30: the completion report of a task. */
export interface CompletionReportData extends ReleaseFacts {
  methods: readonly Said[];
  assets: readonly Said[];
  /** Ground searched or prepared: effort, not released land. */
  processed: readonly { method: Said; squareMetres: number }[];
  devices: readonly Device[];
  visits: readonly QualityVisit[];
  nonConformities: readonly NonConformity[];
  /** Where the operator's own quality log is kept. */
  internalLog: string | null;
  accidents: readonly { code: string; on: Day; killed: number; injured: number; description: string | null }[];
}

/** IMAS 08.30: the certificate with which released land is handed over. */
export interface HandoverCertificateData extends ReleaseFacts {
  completionReport: string | null;
  handedOverOn: Day;
  /** Where it was done. */
  place: Said | null;
  receivedBy: Said;
  /** Who was there, so that women, men, girls and boys were told. */
  attended: People;
  /** The wording on liability that is signed: which version, and the words where the country has its own. */
  liability: { version: string; text: Said | null };
}
