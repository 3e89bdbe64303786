import { rights } from "./contract.ts";

export { type NewAssessment, recordAssessment } from "./actions.ts";
export { implementation } from "./handlers.ts";
export { type PastAssessment, recordPastAssessments } from "./past.ts";
export { settings } from "./settings.ts";
export { waiting } from "./waiting-work.ts";
export { rights };
