/** What figures can be cut and narrowed by. `country` cuts a report of several countries. */
export const dimensions = [
  "country",
  "province",
  "organisation",
  "year",
  "contamination",
  "method",
  "landClass",
  "project",
  "outcome",
  "status",
  "sex",
  "ageGroup",
  "sexAge",
  "deviceGroup",
  "activity",
  "category",
  "group",
  "context",
  "service",
  "programme",
  "phase",
  "donorProject",
  "donor",
  "currency",
  "peopleGroup",
  "use",
  "educationMethod",
  "audience",
  "indicator",
] as const;
export type Dimension = (typeof dimensions)[number];

/** How the values of a dimension are called: by a code list, by the record they name, or by messages of their own. */
export const dimensionWords: Readonly<
  Partial<Record<Dimension, { list?: string; reference?: string; messages?: string }>>
> = {
  province: { reference: "unit" },
  organisation: { reference: "organisation" },
  contamination: { list: "contamination-type" },
  method: { list: "release-method" },
  outcome: { list: "casualty-outcome" },
  status: { list: "casualty-status" },
  sex: { list: "sex" },
  ageGroup: { list: "casualty-age-group" },
  sexAge: { messages: "accidents.sexAge" },
  deviceGroup: { messages: "accidents.deviceGroup" },
  activity: { list: "accident-activity" },
  category: { list: "ordnance-category" },
  group: { messages: "reporting.group" },
  context: { list: "find-context" },
  service: { list: "service" },
  programme: { reference: "results.programme" },
  phase: { reference: "results.phase" },
  donorProject: { reference: "results.project" },
  donor: { reference: "organisation" },
  currency: { list: "gift-currency" },
  peopleGroup: { list: "people-group" },
  use: { list: "released-land-use" },
  educationMethod: { list: "session-method" },
  audience: { list: "session-audience" },
  indicator: { reference: "results.indicator" },
};

export const units = [
  "m2",
  "areas",
  "people",
  "accidents",
  "items",
  "reports",
  "days",
  "visits",
  "services",
  "sessions",
  /** An amount in the currency that its cell says. */
  "money",
  /** A part of a whole, from 0 to 1. */
  "part",
  /** A number whose unit its row says. */
  "number",
] as const;
export type Unit = (typeof units)[number];

export type Source =
  | "ledger"
  | "areas"
  | "casualties"
  | "ordnance"
  | "reports"
  | "visits"
  | "assistance"
  | "results"
  | "education"
  | "indicators";

/** One thing that can be counted. Its name is `reporting.measure.<id>`, its rule `reporting.rule.<id>`. */
export interface Measure {
  source: Source;
  unit: Unit;
  /** What it may be cut and narrowed by, beside the country. */
  dimensions: readonly Dimension[];
  /** What it may be narrowed by and not cut by. */
  narrowing?: readonly Dimension[];
  /** How it stands at the end of the period; others are what happened in it. */
  stock: boolean;
  /** Whether the figures of a cut add up to the figure of the whole. */
  adds: boolean;
  /** Humanitarian Exchange Language: the tag of its figures. */
  hxl: string;
  /** What took its place; a definition that names a retired measure is refused. */
  retired?: string;
}

const land = ["province", "organisation", "year", "contamination", "method", "landClass", "project"] as const;
const ofLand = (hxl: string, stock = false): Measure => ({
  ...{ source: "ledger", unit: "m2", dimensions: land, stock, adds: true, hxl },
});
const ofAreas = (hxl: string, stock: boolean): Measure => ({
  ...{ source: "areas", unit: "areas", dimensions: ["province"], stock, adds: true, hxl },
  narrowing: ["contamination"],
});
const people = [
  "province",
  "year",
  "outcome",
  "status",
  "sex",
  "ageGroup",
  "sexAge",
  "deviceGroup",
  "activity",
] as const;
const items = ["province", "organisation", "year", "category", "group", "context"] as const;
const ofItems = (hxl: string): Measure => ({
  ...{ source: "ordnance", unit: "items", dimensions: items, stock: false, adds: true, hxl },
});
const work = (unit: Unit, hxl: string, adds = true): Measure => ({
  ...{ source: "reports", unit, dimensions: ["organisation", "province", "year"], stock: false, adds, hxl },
});
const ofVisits = (hxl: string): Measure => ({
  ...{ source: "visits", unit: "visits", dimensions: ["organisation", "year"], stock: false, adds: true, hxl },
});

const projects = ["programme", "phase", "donorProject"] as const;
const ofProjects = (unit: Unit, hxl: string, adds: boolean, ...more: readonly Dimension[]): Measure => ({
  ...{ source: "results", unit, dimensions: [...projects, ...more], stock: false, adds, hxl },
});
const ofReach = (hxl: string): Measure => ofProjects("people", hxl, false, "province", "year", "peopleGroup");
const ofEducation = (unit: Unit, hxl: string, ...more: readonly Dimension[]): Measure => ({
  ...{ source: "education", unit, stock: false, adds: true, hxl },
  dimensions: ["province", "organisation", "year", "educationMethod", "audience", ...more],
});
const ofIndicators = (unit: Unit, hxl: string): Measure => ({
  ...{ source: "indicators", unit, dimensions: ["indicator"], stock: false, adds: false, hxl },
});

/** Everything that reports can count. Ids are stable: retire, never rename. */
export const measures = {
  "land.opening": ofLand("#indicator+area+opening"),
  "land.identified": ofLand("#indicator+area+identified"),
  "land.boundary-increase": ofLand("#indicator+area+boundary_increase"),
  "land.boundary-decrease": ofLand("#indicator+area+boundary_decrease"),
  "land.administrative": ofLand("#indicator+area+administrative"),
  "land.cancelled": ofLand("#indicator+area+cancelled"),
  "land.reduced": ofLand("#indicator+area+reduced"),
  "land.cleared": ofLand("#indicator+area+cleared"),
  "land.released": ofLand("#indicator+area+released"),
  "land.closing": ofLand("#indicator+area+remaining", true),
  "land.suspected": ofLand("#indicator+area+remaining+suspected", true),
  "land.confirmed": ofLand("#indicator+area+remaining+confirmed", true),
  "areas.open": ofAreas("#indicator+hazards+open", true),
  "areas.suspected": ofAreas("#indicator+hazards+suspected", true),
  "areas.confirmed": ofAreas("#indicator+hazards+confirmed", true),
  "areas.released": ofAreas("#indicator+hazards+released", false),
  "casualties.people": {
    ...{ source: "casualties", unit: "people", dimensions: people, stock: false, adds: true, hxl: "#affected" },
  },
  "casualties.accidents": {
    ...{ source: "casualties", unit: "accidents", stock: false, adds: false, hxl: "#indicator+accidents" },
    dimensions: people,
  },
  "ordnance.found": ofItems("#indicator+items+found"),
  "ordnance.destroyed": ofItems("#indicator+items+destroyed"),
  "reports.approved": work("reports", "#indicator+reports+approved"),
  "reports.waiting": work("reports", "#indicator+reports+waiting"),
  "reports.returned": work("reports", "#indicator+reports+returned"),
  "reports.corrected": work("reports", "#indicator+reports+corrected"),
  "reports.days": work("days", "#indicator+days+approval", false),
  "visits.made": ofVisits("#indicator+visits"),
  "visits.rejected": ofVisits("#indicator+visits+rejected"),
  "visits.critical": ofVisits("#indicator+visits+critical"),
  "assistance.services": {
    ...{ source: "assistance", unit: "services", stock: false, adds: true, hxl: "#indicator+services" },
    dimensions: ["service", "year"],
  },
  "assistance.people": {
    ...{ source: "assistance", unit: "people", stock: false, adds: false, hxl: "#reached" },
    dimensions: ["service", "year"],
  },
  "results.released": ofProjects("m2", "#indicator+area+released+project", true, "province", "organisation", "year"),
  "results.share": ofProjects("part", "#indicator+area+released+project+share", false),
  "results.people-direct": ofReach("#reached+direct"),
  "results.people-indirect": ofReach("#reached+indirect"),
  "results.people-disability": ofReach("#reached+direct+disability"),
  "results.contributed": ofProjects("money", "#value+received", true, "donor", "currency", "year"),
  "results.cost-per-hectare": ofProjects("money", "#value+per_hectare", false),
  "results.land-use": ofProjects("m2", "#indicator+area+used", true, "use"),
  "results.casualties-before": ofProjects("people", "#affected+before", false),
  "results.casualties-after": ofProjects("people", "#affected+after", false),
  "education.sessions": ofEducation("sessions", "#activity+education+sessions"),
  "education.people": ofEducation("people", "#reached+education", "peopleGroup"),
  "education.first-time": ofEducation("people", "#reached+education+first_time"),
  "education.disability": ofEducation("people", "#reached+education+disability"),
  "education.reach": ofEducation("people", "#reached+media+estimated"),
  "indicators.counted": ofIndicators("number", "#indicator+numerator"),
  "indicators.of": ofIndicators("number", "#indicator+denominator"),
} as const satisfies Record<string, Measure>;
export type MeasureId = keyof typeof measures;

/**
 * What a measure may be narrowed by. Accounts of the ledger are narrowed to years by the period alone: what stands at an
 * end of it belongs to no year.
 */
export const narrowedBy = ({ source, dimensions: cuts, narrowing = [] }: Measure): readonly Dimension[] =>
  [...cuts, ...narrowing].filter((name) => source !== "ledger" || name !== "year");

/** The measure with an id; undefined when there is none. */
export function measureOf(id: string): Measure | undefined {
  return Object.hasOwn(measures, id) ? measures[id as MeasureId] : undefined;
}
