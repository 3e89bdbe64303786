import type { Sensitivity } from "../../platform/contract/sensitivity.ts";
import type { Finding, RecordDefinition } from "../../platform/records/definition.ts";
import type { CodeLabels } from "./knowledge.ts";
import type { Profile } from "./profile.ts";
import type { ImportCounts } from "./store.ts";

/** What imports need to know of the program that they are part of. */
export interface ImportProgram {
  definitions: readonly RecordDefinition[];
  /** Code lists of all domains. */
  codeLists: Readonly<Record<string, readonly string[]>>;
  /** Labels of codes in every language, for matching. */
  labels?: CodeLabels;
}

/** How far a run is. */
export interface ImportProgress {
  importId: string;
  rows: number;
  bytes: number;
  bytesTotal: number;
  rowsPerSecond: number;
  counts: ImportCounts;
}

/** What a run is asked to do. */
export interface ImportOptions extends ImportProgram {
  paths: readonly string[];
  /** Names to keep for the files, when the paths are temporary. */
  names?: readonly string[];
  profile: Profile;
  country: string;
  /** Looks and reports, stores no record. */
  dryRun?: boolean;
  /** Keeps the findings of a dry run as a batch that can be read page by page. */
  keep?: boolean;
  accountId: string | null;
  now: Date;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
  /** Goes on with this batch where it was interrupted; the files must be the same. */
  resume?: string;
  /** The batch that was entered and claimed for this run before; without it a new one is entered, or `resume` claimed. */
  claimed?: string;
  job?: string | null;
  /** Up to which level whoever imports may know; findings tell no more. Left out by who works on the machine itself. */
  level?: Sensitivity;
  sample?: boolean;
}

/** How a run ended. `read` is always `stored + unchanged + refused`. */
export interface ImportResult extends ImportCounts {
  importId: string;
  status: "done" | "cancelled";
  dryRun: boolean;
  files: { name: string; size: number; sha256: string }[];
  seconds: number;
  rowsPerSecond: number;
  /** The first errors and then the first warnings, at most 200 of each; all of them are with the batch. */
  firstFindings: { file: string; row: number | null; finding: Finding }[];
}
