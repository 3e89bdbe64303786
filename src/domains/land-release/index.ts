import { registerReference } from "../../platform/records/references.ts";

registerReference("land.report", "land.report", "land_report_name");

export {
  type Actor,
  approveReport,
  changeReport,
  enterReport,
  type ReportInput,
  returnReport,
  submitReport,
  verifyReport,
  withdrawReport,
} from "./actions.ts";
export { computeReport, rulesOf } from "./compute.ts";
export { rights } from "./contract.ts";
export { type PastOutcome, type PastReport, recordPast } from "./past.ts";
export { implementation } from "./routes.ts";
export { listReports } from "./store.ts";
