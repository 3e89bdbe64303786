import { registerAttachmentOwner } from "../../platform/attachments/index.ts";
import { registerReference } from "../../platform/records/references.ts";
import { findReport } from "./store.ts";

registerReference("land.report", "land.report", "land_report_name");

// Photos, sketches and papers belong to a report; they are added until it is approved and stay as they were then.
registerAttachmentOwner("land.report", {
  async find({ tx }, { country, id }) {
    const report = await findReport(tx, country, id);
    if (!report) return null;
    return {
      sensitivity: 1,
      organisation: report.organisation,
      final: report.state === "approved",
      sample: report.sample,
    };
  },
  canRead: ({ caller }, { country }) => caller.can("land.report-read", country),
  canAdd: ({ caller }, { country }, { final }) => !final && caller.can("land.report-enter", country),
  canWithdraw: ({ caller }, { country }, { final }) => !final && caller.can("land.report-enter", country),
});

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
export { rulesOf } from "./bases.ts";
export { computeReport } from "./compute.ts";
export { rights } from "./contract.ts";
export { type PastOutcome, type PastReport, recordPast } from "./past.ts";
export { createLandRelease } from "./routes.ts";
export { settings } from "./settings.ts";
export { findLedgerCountries, type LedgerDifference, type LedgerVerification, verifyLedger } from "./verify.ts";
export { recordWaiting, type WaitingReport } from "./waiting.ts";
export { waiting } from "./waiting-work.ts";
