import { expect, it } from "vitest";
import { translatorOf } from "../src/apps/server/labels.ts";
import { organisationDefinition } from "../src/domains/organisations/index.ts";
import { createStudies, rights } from "../src/domains/studies/index.ts";
import { outcomes } from "../src/domains/studies/model.ts";
import { describeEachDatabase } from "../src/platform/database/testing.ts";
import { programClaims } from "../src/platform/database/types.ts";
import { grant, testServer } from "../src/platform/http/testing.ts";
import { createRecords } from "../src/platform/records/actions.ts";
import { removeSample } from "./load.ts";
import { loadStudies } from "./studies.ts";

const now = new Date("2026-11-23T05:00:00Z");

describeEachDatabase("studies of the sample region", (context) => {
  it("bring every outcome to the board, of which the public sees one country's, and leave with the sample", async () => {
    const organisation = { code: "SRC-R", names: { en: "Centre" }, type: "regional" };
    await context.db.transaction(programClaims, (tx) =>
      createRecords(
        tx,
        organisationDefinition,
        ["KHM", "LAO"].map((country) => ({ country, values: organisation })),
        { accountId: null, now, reason: null, sample: true },
      ),
    );
    expect(await loadStudies(context.db, now)).toBe(2);
    const server = testServer(context.db, createStudies(translatorOf), { rights, clock: () => now });
    const board = async (as?: ReturnType<typeof grant>[]) =>
      (await server.get("/api/studies/board", as)).body as unknown as {
        counts: Record<string, number>;
        items: { country: string }[];
      };
    const { counts, items } = await board([grant("regional-analyst")]);
    expect(outcomes.filter((outcome) => !counts[outcome])).toEqual([]);
    expect(new Set(items.map(({ country }) => country))).toEqual(new Set(["KHM", "LAO"]));
    expect(new Set((await board()).items.map(({ country }) => country))).toEqual(new Set(["KHM"]));
    await removeSample(context.db, [], now);
    expect((await board([grant("regional-analyst")])).items).toEqual([]);
  });
});
