import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { positionCodeLists } from "../../platform/contract/position.ts";
import type { Database } from "../../platform/database/types.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { accidentDefinition, casualtyDefinition } from "../accidents/index.ts";
import { codeLists as accidentCodes } from "../accidents/model.ts";
import { areaDefinition } from "../land/index.ts";
import { codeLists as landCodes } from "../land/model.ts";
import { eventDefinition, findDefinition } from "../ordnance/index.ts";
import { codeLists as ordnanceCodes } from "../ordnance/model.ts";
import { organisationDefinition } from "../organisations/index.ts";
import { codeLists as organisationCodes } from "../organisations/model.ts";
import { codeLists as peopleCodes } from "../people/model.ts";
import { unitDefinition } from "../places/index.ts";
import type { ImportOptions, ImportResult } from "./options.ts";
import { type Profile, type ProfileInput, profileSchema } from "./profile.ts";
import { importFiles } from "./run.ts";

/** The record types of the program, as tests and benchmarks compose them. */
export const allDefinitions: readonly RecordDefinition[] = [
  areaDefinition,
  accidentDefinition,
  casualtyDefinition,
  findDefinition,
  eventDefinition,
  organisationDefinition,
  unitDefinition,
];

/** The code lists of those record types. */
export const allCodeLists: Readonly<Record<string, readonly string[]>> = {
  ...positionCodeLists,
  ...landCodes,
  ...accidentCodes,
  ...ordnanceCodes,
  ...organisationCodes,
  ...peopleCodes,
};

const folder = mkdtempSync(join(tmpdir(), "santi-import-"));
let files = 0;

/** Writes a text to a temporary file. @returns its path */
export function aFile(text: string, name = "data.csv"): string {
  const path = join(folder, `${++files}-${name}`);
  writeFileSync(path, text);
  return path;
}

/** A profile for accidents in a table, with what a test wants otherwise. */
export function aProfile(changes: Partial<ProfileInput> = {}): Profile {
  return profileSchema.parse({
    id: "test-accidents",
    names: { en: "Accidents" },
    recordType: "accidents.accident",
    columns: [
      { field: "code", column: "code" },
      { field: "occurredOn", column: "date" },
      { field: "killed", column: "killed" },
    ],
    ...changes,
  });
}

/** Imports files into Cambodia on a fixed day, with what a test wants otherwise. */
export function runImport(db: Database, paths: string[], options: Partial<ImportOptions> = {}): Promise<ImportResult> {
  return importFiles(db, {
    definitions: allDefinitions,
    codeLists: allCodeLists,
    paths,
    profile: aProfile(),
    country: "KHM",
    accountId: null,
    now: new Date("2026-11-23T05:00:00Z"),
    ...options,
  });
}
