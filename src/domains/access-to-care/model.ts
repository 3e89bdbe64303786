import { needKinds, serviceCodes } from "../services/model.ts";

/** How people travel: all the way on foot, by bicycle where one can ride, or by motor vehicle where a road leads. */
export const travelModes = ["walking", "bicycling", "motorised"] as const;
export type TravelMode = (typeof travelModes)[number];

export const seasons = ["dry", "rainy"] as const;
export type SeasonName = (typeof seasons)[number];

/** Whose way is counted: everybody who lives there, or survivors and others with open needs. */
export const demands = ["population", "needs"] as const;
export type Demand = (typeof demands)[number];

/** Groups of people whose own rasters a terrain may hold, as parts of its population. */
export const groupLayers = [
  "population-women",
  "population-men",
  "population-children",
  "population-older",
  "population-disability",
] as const;

/** What a terrain is made of: rasters of one grid, then lines and points. */
export const layerNames = [
  "elevation",
  "land-cover",
  "population",
  "roads",
  "rivers",
  "bridges",
  ...groupLayers,
] as const;
export type LayerName = (typeof layerNames)[number];
export const rasterLayers = [
  "elevation",
  "land-cover",
  "population",
  ...groupLayers,
] as const satisfies readonly LayerName[];
/** Without these nothing can be computed: bare ground to cross, and people to cross it. */
export const neededLayers = ["land-cover", "population"] as const satisfies readonly LayerName[];

/** Which people are told apart in results: by sex, age and disability, or by kind of need (`need-` and the kind). */
export const accessGroups = [
  "women",
  "men",
  "children",
  "older",
  "disability",
  ...needKinds.map((kind) => `need-${kind}` as const),
] as const;
export type AccessGroup = (typeof accessGroups)[number];

/** Two-step and three-step floating catchment scores. */
export const scoreMethods = ["two-step", "three-step"] as const;

/** Which places are tried for further services: some hundreds where most people are, or every populated cell. */
export const sitingSearches = ["quick", "every"] as const;

/** What may be proposed: new places, sites of other services to which these are added, or either. */
export const sitingKinds = ["new", "upgrade", "either"] as const;

export const runStates = ["waiting", "running", "done", "failed", "cancelled"] as const;
export type RunState = (typeof runStates)[number];

/** Values of the code lists of this area; labels are `code.<list>.<value>`. */
export const codeLists = {
  "travel-mode": travelModes,
  season: seasons,
  "access-demand": demands,
  "terrain-layer": layerNames,
  "analysis-state": runStates,
  "access-group": accessGroups,
  "score-method": scoreMethods,
  "siting-search": sitingSearches,
  "siting-kind": sitingKinds,
} as const;

/** Minutes of travel in one bin of the explorer's histograms, and how many bins there are: eight hours in all. */
export const minutesPerBin = 5;
export const timeBins = 96;
/** The bin of those whom no service reaches within all bins. */
export const beyondBin = timeBins;
/** In the raster of bins: outside the ground that is known. */
export const noBin = 255;
/** Seconds of travel that the explorer looks at. */
export const longestSeconds = timeBins * minutesPerBin * 60;

/** The bin of a time in seconds; `beyondBin` for times above all bins and for NaN. A bin holds its upper end. */
export function binOf(seconds: number): number {
  if (!(seconds <= longestSeconds)) return beyondBin;
  return Math.max(0, Math.ceil(seconds / (minutesPerBin * 60)) - 1);
}

/** People of a histogram who need at most so many minutes (a multiple of `minutesPerBin`). */
export function peopleWithin(bins: readonly number[], minutes: number): number {
  const until = Math.min(timeBins, Math.floor(minutes / minutesPerBin));
  let people = 0;
  for (let bin = 0; bin < until; bin++) people += bins[bin] ?? 0;
  return people;
}

/** All people of a histogram. */
export function peopleIn(bins: readonly number[]): number {
  return bins.reduce((sum, people) => sum + people, 0);
}

/** A unit with how many live there and how many of them are outside. */
export interface Coverage {
  unit: string | null;
  population: number;
  outside: number;
}

/** People of a histogram who need more than so many minutes, or cannot come at all. */
export function peopleOutside(bins: readonly number[], minutes: number): number {
  return peopleIn(bins) - peopleWithin(bins, minutes);
}

/** Units by how many people are outside, most first; those without anybody outside at the end, by id. */
export function rankGaps<T extends Coverage>(units: readonly T[]): T[] {
  return [...units].sort((a, b) => b.outside - a.outside || ((a.unit ?? "") < (b.unit ?? "") ? -1 : 1));
}

/** Which services are meant when nothing is chosen: physical rehabilitation. */
export const usualServices = [
  "physiotherapy",
  "prosthesis-new",
  "orthosis",
] as const satisfies readonly (typeof serviceCodes)[number][];

/** A place that does not exist: a service as it might be. */
export interface Proposal {
  longitude: number;
  latitude: number;
  /** People it could see in a month; null as many as the median of the services that exist. */
  capacityPerMonth?: number | null | undefined;
}

/** Bytes that one cell takes while an analysis runs: rasters, times of four runs, the search, catchments on average. */
const bytesPerCell = 96;

/** What an analysis needs of memory, and whether it fits. */
export interface MemoryNeed {
  megabytes: number;
  limit: number;
  /** The least whole factor by which cells must be made coarser to fit; 1 when it fits. */
  coarsen: number;
}

/** Bytes are counted, not guessed from the machine, so that the answer is the same everywhere. */
export function memoryNeed(grid: { columns: number; rows: number }, limitMegabytes: number, coarsen = 1): MemoryNeed {
  const cells = (factor: number) => Math.ceil(grid.columns / factor) * Math.ceil(grid.rows / factor);
  const megabytesOf = (factor: number) => Math.ceil((cells(factor) * bytesPerCell) / 1_000_000);
  let factor = Math.max(1, coarsen);
  while (megabytesOf(factor) > limitMegabytes) factor++;
  return { megabytes: megabytesOf(Math.max(1, coarsen)), limit: limitMegabytes, coarsen: factor };
}

/** Suffix of codes: three digits that count up. */
export function analysisCode(country: string, number: number): string {
  return `${country}-AC-${String(number).padStart(3, "0")}`;
}

/** How long thresholds may be, in minutes. */
export const thresholdRange = { min: minutesPerBin, max: timeBins * minutesPerBin } as const;

/** Every code of a service, for choosing. */
export const choosableServices = serviceCodes;
