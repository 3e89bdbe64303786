import type { Finding, Parameters, Results } from "../contract.ts";
import type { ExplorerOutput } from "../contract-explorer.ts";
import type { ServicePoint, UnitShape } from "../input-store.ts";
import type { SeasonName, TravelMode } from "../model.ts";
import type { GroupNeed } from "../needs.ts";
import type { Recipe, StoredGrid } from "../store.ts";

/** A polygon or several, in degrees. */
export type Shape = { type: string; coordinates: unknown };

/** Where the ground comes from: invented, or files as they were uploaded. */
export type GroundSource =
  | { kind: "sample"; recipe: Recipe }
  | { kind: "files"; layers: Readonly<Partial<Record<string, Uint8Array>>> };

/** Ground to be kept in the thread's memory under a key. */
export interface LoadGround {
  kind: "load";
  key: string;
  source: GroundSource;
  units: readonly UnitShape[];
  coarsen: number;
}

/** How people travel. */
export interface Travel {
  mode: TravelMode;
  season: SeasonName;
  /** Name of a set of hazardous areas that the thread was given; null for none. */
  hazards: string | null;
}

/** What the explorer asks for on ground that is loaded. */
export interface Explore {
  kind: "explore";
  ground: string;
  travel: Travel;
  /** The areas behind `travel.hazards`, when the thread has not had them yet. */
  hazards?: readonly Shape[];
  services: readonly ServicePoint[];
  proposals: readonly { longitude: number; latitude: number }[];
}

/** What the explorer asks for when it is to propose places. */
export interface Suggest extends Omit<Explore, "kind"> {
  kind: "suggest";
  thresholdSeconds: number;
  count: number;
}

/** Looks at the files of a terrain without computing on them. */
export interface Inspect {
  kind: "inspect";
  layers: Readonly<Partial<Record<string, Uint8Array>>>;
  /** Whether rasters of other grids may be put on that of the land cover. */
  resample: boolean;
}

/** A whole analysis on frozen inputs. */
export interface Analyse {
  kind: "analyse";
  source: GroundSource;
  units: readonly UnitShape[];
  services: readonly ServicePoint[];
  hazards: readonly Shape[] | null;
  /** Open needs by unit, where they are what is counted; protected already. */
  needs: readonly { unit: string; people: number }[] | null;
  /** The same by sex, age and kind of need. */
  needGroups: readonly GroupNeed[];
  /** Sites without these services, to which they could be added; where that is asked for. */
  upgrades: readonly ServicePoint[];
  parameters: Parameters;
}

export type EngineRequest = LoadGround | Explore | Suggest | Inspect | Analyse;

/** What comes of `explore`, without what the database adds. */
export type Explored = Omit<
  ExplorerOutput,
  "references" | "services" | "maySeeHazards" | "hazardousAreas" | "milliseconds"
> & {
  services: { state: ExplorerOutput["services"][number]["state"]; snappedMetres: number | null }[];
};

/** What comes of `suggest`. */
export interface Suggested {
  places: {
    longitude: number;
    latitude: number;
    unit: string | null;
    people: number;
    /** The site that there is, where services would be added to it. */
    point: string | null;
    code: string | null;
    cost: number | null;
  }[];
  candidates: number;
}

/** What a look at files tells. */
export interface Inspected {
  grid: StoredGrid | null;
  bounds: number[] | null;
  findings: Finding[];
  /** Files that were put on another grid, by layer. */
  replaced: Readonly<Record<string, Uint8Array>>;
}

/** A file that a run made. */
export interface MadeFile {
  name: string;
  fileName: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** What comes of `analyse`. `results.files` is filled in by whoever stores the files. */
export interface Analysed {
  results: Omit<Results, "files">;
  files: MadeFile[];
}

/** The answer to each kind of request. */
export interface EngineAnswers {
  load: { grid: StoredGrid; bounds: number[]; findings: Finding[] };
  explore: Explored;
  suggest: Suggested;
  inspect: Inspected;
  analyse: Analysed;
}

/** Travels to the thread. */
export interface EngineMessage {
  id: number;
  request: EngineRequest;
}

/** Travels from the thread: progress, an answer, or why there is none. */
export type EngineReply =
  | { id: number; progress: { step: string; done: number; total: number } }
  | { id: number; answer: EngineAnswers[EngineRequest["kind"]] }
  | { id: number; refused: { code: string; message: string; details: Record<string, string | number> } };
