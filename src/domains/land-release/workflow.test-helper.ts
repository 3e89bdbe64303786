import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { ledgerTable } from "../ledger/index.ts";
import { approveReport, enterReport, type ReportInput, submitReport, verifyReport } from "./actions.ts";
import { bodySchema, type ReportBodyInput } from "./contract-body.ts";
import type { Areal } from "./ground.ts";
import { aPart, strips } from "./samples.ts";
import type { StoredReport } from "./store.ts";

/** The country in which the tests' areas lie. */
export const country = "KHM";

/** The morning of a day of June 2026, on which the tests' reports are dealt with. */
export const day = (n: number) => new Date(Date.UTC(2026, 5, n, 8));

/** A report as a test asks for it. */
export interface Wanted extends Partial<Omit<ReportInput, "body">> {
  type: ReportInput["type"];
  effectiveOn: string;
  body?: ReportBodyInput;
}

/** A report as people send it. */
export const aReportInput = ({ body, ...values }: Wanted): ReportInput => ({
  ...{
    country,
    organisation: null,
    area: null,
    task: null,
    unit: null,
    startedOn: null,
    endedOn: null,
    corrects: null,
  },
  ...values,
  body: bodySchema.parse({ methods: ["manual"], reason: "as surveyed", ...body }),
});

/** An organisation, so that reports that need one have it. */
export async function anOrganisation(tx: Tx): Promise<string> {
  const id = newId();
  await sql`insert into organisations_organisation (country, id, revision, code, names, type, sensitivity, recorded_at)
    values (${country}, ${id}::uuid, 1, ${`ORG-${id.slice(-6)}`}, '{"en":"An operator"}', 'national-ngo', 0, now())`.execute(
    tx,
  );
  return id;
}

/** Takes a report through all steps, each by another person. */
export async function approved(tx: Tx, wanted: Wanted, now = day(1)): Promise<StoredReport> {
  const entered = await enterReport(tx, aReportInput(wanted), { accountId: "operator", now });
  const submitted = await submitReport(tx, entered, null, { accountId: "operator", now });
  const verified = await verifyReport(tx, submitted, null, { accountId: "quality", now });
  return approveReport(tx, verified, null, { accountId: "manager", now });
}

const { whole, parts } = strips(103, 13, 103.003, [40_000, 35_000, 20_000, 5_000]);

/** Ground of 100,000 m² in strips of 40,000, 35,000, 20,000 and 5,000 m². */
export const field = { whole, strips: parts as [Areal, Areal, Areal, Areal] };

/** A confirmed area of 100,000 m² that a survey of 10 January 2026 found. */
export async function aMinefield(
  tx: Tx,
  now = day(1),
): Promise<{ organisation: string; area: string; report: StoredReport }> {
  const organisation = await anOrganisation(tx);
  const part = aPart(1, { outcome: "identified", geometry: whole, areaClass: "cha", contamination: ["ap-mine"] });
  const area = newId();
  const report = await approved(
    tx,
    {
      type: "non-technical-survey",
      effectiveOn: "2026-01-10",
      organisation,
      body: { evidence: ["item-found"], parts: [{ ...part, id: area }] },
    },
    now,
  );
  return { organisation, area, report };
}

/** The ledger's table of the whole country. */
export const tableOf = (tx: Tx, to: string, knownOn?: string) => ledgerTable(tx, { country, to, knownOn }, "none");
