import type { Language } from "../../platform/contract/fields.ts";
import { type Implementation, implement } from "../../platform/http/handler.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { rights, studyRoutes } from "./contract.ts";
import { boardRoutes } from "./contract-board.ts";
import { workRoutes } from "./contract-work.ts";
import { studyDefinition } from "./definitions.ts";
import { boardHandlers, workHandlers } from "./handlers.ts";

/**
 * The routes of the domain with their handlers.
 * @param translator the words of a language, for the summary and files
 */
export function createStudies(translator: (language: Language) => Translator): readonly Implementation[] {
  return [
    implement(studyRoutes, recordHandlers(studyDefinition, { read: "studies.read", correct: "studies.write" })),
    implement(workRoutes, workHandlers(translator)),
    implement(boardRoutes, boardHandlers(translator)),
  ];
}

export {
  type Change,
  publishStudy,
  saveAction,
  saveConsultation,
  saveEvidence,
  saveFinding,
  saveRecommendation,
} from "./actions.ts";
export { commentOn, decide } from "./decisions.ts";
export { studyDefinition } from "./definitions.ts";
export type { SectorCount } from "./model.ts";
export { rights };
