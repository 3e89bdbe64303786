export { rights } from "./contract.ts";
export { type Applied, applyFindings, type Decision, dismissFindings, type Which } from "./decide.ts";
export { writeFindings } from "./findings-file.ts";
export type { CodeLabels } from "./knowledge.ts";
export type { ImportOptions, ImportProgram, ImportProgress, ImportResult } from "./options.ts";
export { type Profile, type ProfileInput, profileSchema } from "./profile.ts";
export { createImports } from "./routes.ts";
export { importFiles } from "./run.ts";
export type { ImportsSetup } from "./setup.ts";
export { shippedProfile, shippedProfiles } from "./shipped.ts";
export { fileProblem } from "./sources.ts";
export {
  findImportById,
  type ImportCounts,
  listImports,
  listProfiles,
  type StoredImport,
  saveProfile,
  statusNow,
  type UndoResult,
} from "./store.ts";
export { type FileChoices, fittingProfiles, type SuggestedProfile, suggestedProfile } from "./suggested-profile.ts";
export { undoImport } from "./undo.ts";
