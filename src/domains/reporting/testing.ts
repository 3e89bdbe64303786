import { expect } from "vitest";
import { translatorOf } from "../../apps/server/labels.ts";
import type { Grant } from "../../platform/access/model.ts";
import type { Database } from "../../platform/database/types.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant, type TestServer, testServer } from "../../platform/http/testing.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { manyCasualties } from "../accidents/samples.ts";
import { entriesOf, insertEntries } from "../ledger/index.ts";
import type { Account, Posting } from "../ledger/model.ts";
import { unitDefinition } from "../places/index.ts";
import { createReporting, rights } from "./index.ts";
import type { Result, ResultTable } from "./model.ts";

/** Who may do everything with the reports of Cambodia, and who only reads them. */
export const manager: readonly Grant[] = [grant("information-manager", "KHM")];
export const donor: readonly Grant[] = [grant("donor", "KHM")];

/** A server of reports, on 23 November 2026. */
export const reportServer = (db: Database): TestServer =>
  testServer(db, [createReporting(translatorOf)], { rights, clock: () => new Date("2026-11-23T05:00:00Z") });

/** Makes the report of a query (`definition=…&country=…`); the server must make it. */
export async function reportOf(server: TestServer, query: string, as: readonly Grant[] = manager): Promise<Result> {
  const { status, body } = await server.get(`/api/reports/run?${query}`, as);
  expect(status, JSON.stringify(body)).toBe(200);
  return (body as { result: Result }).result;
}

/** A report of the whole of 2025 in Cambodia, as it is asked to be published. */
export const yearReport = (definition: string, audience: "own" | "public") => ({
  ...{ country: "KHM", definition, from: "2025-01-01", to: "2025-12-31", audience },
});

/** Publishes a report as the manager. @returns the edition */
export async function publish(
  server: TestServer,
  report: object,
): Promise<{ id: string; hash: string; number: number }> {
  const { status, body } = await server.post("/api/reports/editions", report, manager);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as { id: string; hash: string; number: number };
}

/** The table of a result with this name. */
export const tableIn = (result: Result, id: string): ResultTable =>
  result.blocks.find((block) => block.kind === "table" && block.block.id === id) as ResultTable;

/** The casualties of 2025: one count that may be shown to everybody, one below the threshold, one not known. */
export const casualtiesOf2025 = (db: Database) =>
  manyCasualties(db, "KHM", [
    { count: 12, occurredOn: "2025-03-01", values: { outcome: "killed", sex: "male", ageGroup: "adult" } },
    { count: 3, occurredOn: "2025-03-01", values: { outcome: "injured", sex: "female", ageGroup: "adult" } },
    { count: 9, occurredOn: "2025-03-01", values: { outcome: "unknown" } },
  ]);

/** An amount that a report on land posts: square metres of the one area of a province, on a day. */
export interface LandEntry {
  province: string;
  account: Account;
  amount: number;
  on: string;
}

/** Two provinces with a confirmed area each, and how further reports on them are posted. */
export interface LandOf2025 {
  /** Battambang and Pailin. */
  provinces: readonly [string, string];
  /** The report that cleared 12,345 m² of the area in Battambang in June 2025. */
  clearance: string;
  /**
   * Posts what a report says.
   * @param knownAt when it was approved
   * @param about the earlier report that it puts right
   * @returns the report's id
   */
  post(knownAt: string, entries: readonly LandEntry[], about?: string | null): Promise<string>;
}

/** Enters two provinces with 100,005 m² of confirmed land each, of which 12,345 m² of the first were cleared in 2025. */
export async function landOf2025(db: Database): Promise<LandOf2025> {
  const units = await db.transaction(programClaims, (tx) =>
    createRecords(
      tx,
      unitDefinition,
      [
        { code: "KH01", names: { km: "បាត់ដំបង", en: "Battambang" }, level: 1 },
        { code: "KH02", names: { km: "ប៉ៃលិន", en: "Pailin" }, level: 1 },
      ].map((values) => ({ country: "KHM", values })),
      { accountId: null, now: new Date("2020-01-01T00:00:00Z"), reason: null },
    ),
  );
  const [one = "", two = ""] = units.map(({ id }) => id);
  const areas = new Map([one, two].map((province) => [province, newId()]));
  const post: LandOf2025["post"] = async (knownAt, entries, about = null) => {
    const id = newId();
    const postings = entries.map(
      ({ province, account, amount, on }): Posting => ({
        ...{ unit: null, project: null, method: null, landClass: null, depthCentimetres: null, organisation: null },
        ...{ contamination: ["ap-mine"], about: about ?? id, area: areas.get(province) as string },
        ...{ account, squareMetres: amount, effectiveOn: on, province },
      }),
    );
    await db.transaction(programClaims, (tx) =>
      insertEntries(tx, entriesOf({ country: "KHM", id, knownAt, sample: false }, postings)),
    );
    return id;
  };
  for (const province of [one, two])
    await post("2024-02-01T00:00:00Z", [
      { province, account: "identified", amount: -100_005, on: "2024-01-01" },
      { province, account: "confirmed", amount: 100_005, on: "2024-01-01" },
    ]);
  const clearance = await post("2025-07-01T00:00:00Z", [
    { province: one, account: "confirmed", amount: -12_345, on: "2025-06-01" },
    { province: one, account: "cleared", amount: 12_345, on: "2025-06-01" },
  ]);
  return { provinces: [one, two], clearance, post };
}
