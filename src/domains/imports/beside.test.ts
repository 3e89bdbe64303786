import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { findByKeys } from "../../platform/records/store.ts";
import { casualtyDefinition } from "../accidents/index.ts";
import { anAccident } from "../accidents/samples.ts";
import { personDefinition } from "../people/index.ts";
import { findFindings } from "./finding-store.ts";
import { aFile, allDefinitions, aProfile, runImport } from "./samples.ts";

const columns = ["code", "accident", "outcome", "diedOn", "sex", "age", "person"] as const;
const profile = (id: string, without: readonly string[] = []) =>
  aProfile({
    id,
    recordType: "accidents.casualty",
    columns: columns.filter((name) => !without.includes(name)).map((name) => ({ field: name, column: name })),
  });
const file = (...rows: string[]) => aFile(`${[columns.join(","), ...rows].join("\n")}\n`, "casualties.csv");
const definitions = [...allDefinitions, personDefinition];

describeEachDatabase("casualties that come in files", (context) => {
  const run = (path: string, more: Partial<Parameters<typeof runImport>[2]> = {}) =>
    runImport(context.db, [path], { definitions, profile: profile("casualties"), keep: true, ...more });
  const findingsOf = async (importId: string) => {
    const found = await context.db.transaction(programClaims, (tx) =>
      findFindings(tx, "KHM", importId, {}, { limit: 100 }),
    );
    return found.map(({ check, severity, fields }) => `${fields?.code} ${severity} ${check}`).sort();
  };
  const stored = async (...codes: string[]) =>
    (await context.db.transaction(programClaims, (tx) => findByKeys(tx, casualtyDefinition, "KHM", "code", codes)))
      .length;

  beforeAll(async () => {
    await anAccident(context.db, { values: { code: "A-1", occurredOn: "2020-05-10", killed: 1, injured: 1 } });
    await anAccident(context.db, { values: { code: "A-2", occurredOn: "2022-01-01" } });
    await anAccident(context.db, { values: { code: "A-3", occurredOn: "2022-01-01", state: "submitted" } });
    const people = [
      { code: "P-OLD", sex: "male", birthYear: 1980, registeredOn: "2024-01-01" },
      { code: "P-YOUNG", sex: "female", birthYear: 2021, registeredOn: "2024-01-01" },
    ];
    await context.db.transaction(programClaims, (tx) =>
      createRecords(
        tx,
        personDefinition,
        people.map((values) => ({ country: "KHM", values })),
        { accountId: null, now: new Date("2026-01-01T00:00:00Z"), reason: null },
      ),
    );
  });

  const contradictions = () =>
    file(
      "C-1,A-1,killed,2020-05-09,male,30,",
      "C-2,A-1,killed,,male,40,P-OLD",
      "C-3,A-1,injured,,female,,P-YOUNG",
      "C-4,A-2,injured,,female,,P-OLD",
      "C-5,A-2,injured,,male,41,P-OLD",
      "C-6,A-1,injured,,male,12,",
      "C-7,A-1,injured,,male,13,",
      "C-8,A-3,injured,,male,14,",
      "C-9,A-1,injured,,male,20,P-OLD",
    );
  const all = [
    "C-1 error died-before-accident",
    "C-3 error accident-before-birth",
    "C-4 error accident-after-death",
    "C-4 error two-sexes",
    "C-5 error accident-after-death",
    "C-7 warning more-than-stated",
    "C-8 error report-waits",
    "C-9 error person-twice",
    "C-9 warning age-not-of-birth",
  ];

  it("are held against their accident, the person and each other, as entering them would, in a dry run and a true one", async () => {
    const path = contradictions();
    const dry = await run(path, { dryRun: true });
    expect(dry).toMatchObject({ read: 9, stored: 3, refused: 6, unchanged: 0 });
    expect(await findingsOf(dry.importId)).toEqual(all);
    expect(await stored("C-2")).toBe(0);
    const wet = await run(path);
    expect(wet).toMatchObject({ read: 9, stored: 3, refused: 6, unchanged: 0, byCheck: dry.byCheck });
    expect(await findingsOf(wet.importId)).toEqual(all);
    expect(await stored("C-1", "C-2", "C-3", "C-4", "C-5", "C-6", "C-7", "C-8", "C-9")).toBe(3);
    // The same file again says it again, and nothing is stored twice.
    expect(await run(path)).toMatchObject({ stored: 0, unchanged: 3, refused: 6 });
  });

  it("tell nothing of persons to who may not know them, though the rows name them", async () => {
    const dry = await run(contradictions(), { dryRun: true, level: "confidential", profile: profile("uncleared") });
    const of = await findingsOf(dry.importId);
    expect(of.filter((line) => /birth|sexes|death|twice/.test(line))).toEqual([]);
    expect(of).toContain("C-1 error died-before-accident");
  });

  it("say nothing of a person that only the record knows", async () => {
    // C-2 is stored with its person, who is a man born in 1980; this source speaks of neither.
    const path = file("C-2,A-1,killed,,female,7,");
    const dry = await run(path, { dryRun: true, profile: profile("silent", ["person"]) });
    expect(await findingsOf(dry.importId)).toEqual([]);
    expect(dry).toMatchObject({ updated: 1, refused: 0 });
  });
});

describeEachDatabase("accidents that come in files again", (context) => {
  it("are held against the casualties that are recorded and a report that waits", async () => {
    const died = { outcome: "killed", diedOn: "2021-03-02" };
    await anAccident(context.db, {
      values: { code: "B-1", occurredOn: "2021-03-01", killed: 1 },
      casualties: [{ count: 1, values: died }],
    });
    await anAccident(context.db, {
      values: { code: "B-2", occurredOn: "2021-03-01", killed: 1 },
      casualties: [{ count: 1, values: died }],
    });
    await anAccident(context.db, { values: { code: "B-3", occurredOn: "2021-03-01", state: "verified" } });
    const path = aFile("code,date,killed\nB-1,2021-03-05,1\nB-2,2021-03-01,3\nB-3,2021-03-01,2\nB-4,2021-03-01,2\n");
    const dry = await runImport(context.db, [path], { dryRun: true });
    expect(dry).toMatchObject({ read: 4, created: 1, updated: 1, refused: 2 });
    expect(dry.byCheck).toEqual({ "died-before-accident": 1, "fewer-than-stated": 1, "report-waits": 1 });
  });
});
