import type { Language } from "../../platform/contract/fields.ts";
import type { Database } from "../../platform/database/types.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import type { Jobs } from "../../platform/jobs/index.ts";
import type { Clock } from "../../platform/kernel/clock.ts";
import type { ImportProgram } from "./options.ts";
import type { FieldLabels } from "./suggest.ts";

/** What the server gives to imports. */
export interface ImportsSetup extends ImportProgram {
  jobs: Pick<Jobs, "define" | "enter">;
  database: Database;
  /** Folder for files that were sent. */
  directory: string;
  clock: Clock;
  /** Labels of fields in all languages, for suggesting mappings. */
  fieldLabels: FieldLabels;
  translator(language: Language): Translator;
}
