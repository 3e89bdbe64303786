import type { ReportType } from "../../model.ts";
import type { ReportForm } from "../report-form.ts";

/** What every block of the form of a report takes. */
export interface BlockProps {
  form: ReportForm;
  type: ReportType;
  country: string;
  change: (values: Partial<ReportForm>) => void;
  /** What is wrong with a control, in words, once somebody was there or tried to hand in; null while nothing is to be said. */
  problem: (field: string, part?: string | null) => string | null;
}
