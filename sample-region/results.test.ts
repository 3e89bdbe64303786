import { expect, it } from "vitest";
import { translatorOf } from "../src/apps/server/labels.ts";
import { organisationDefinition } from "../src/domains/organisations/index.ts";
import { createReporting, rights } from "../src/domains/reporting/index.ts";
import type { Result } from "../src/domains/reporting/model.ts";
import { describeEachDatabase } from "../src/platform/database/testing.ts";
import { programClaims } from "../src/platform/database/types.ts";
import { grant, testServer } from "../src/platform/http/testing.ts";
import { createRecords } from "../src/platform/records/actions.ts";
import { makeProvinces, tell } from "../tests/golden/stories.test-helper.ts";
import { removeSample } from "./load.ts";
import { loadResults } from "./results.ts";

const now = new Date("2026-11-23T05:00:00Z");

describeEachDatabase("results of the sample region", (context) => {
  it("fill the donors' report without a gap, and leave with the sample", async () => {
    const fund = { code: "SFD", names: { en: "Fund" }, type: "donor" };
    await context.db.transaction(programClaims, async (tx) => {
      await createRecords(tx, organisationDefinition, [{ country: "KHM", values: fund }], {
        ...{ accountId: null, now, reason: null, sample: true },
      });
      const names = ["North", "Middle", "South"];
      const provinces = await makeProvinces(tx, "KHM", names);
      const stories = names.flatMap((province, n) =>
        ["2019-05-01", "2024-05-01"].map((on) => ({
          ...{ province, on: "2010-01-01", squareMetres: 900_000 - n * 100_000, areaClass: "cha" as const },
          steps: [{ on, outcome: "cleared" as const, squareMetres: 900_000 - n * 100_000 }],
        })),
      );
      await tell(tx, "KHM", stories, provinces);
    });
    expect(await loadResults(context.db, now)).toBeGreaterThan(30);
    const server = testServer(context.db, [createReporting(translatorOf)], { rights, clock: () => now });
    const report = async () => {
      const query = "definition=donor-results&country=KHM&from=2017-01-01&to=2026-11-22";
      const { body } = await server.get(`/api/reports/run?${query}`, [grant("information-manager")]);
      return (body as { result: Result }).result;
    };
    const figures = (result: Result) =>
      result.blocks.flatMap((block) => (block.kind === "figures" ? block.cells.map(({ value }) => value) : []));
    const told = figures(await report());
    expect(told.filter((value) => value === null || value === 0)).toEqual([]);
    await removeSample(context.db, [], now);
    expect(figures(await report()).filter((value) => value !== null && value !== 0)).toEqual([]);
  });
});
