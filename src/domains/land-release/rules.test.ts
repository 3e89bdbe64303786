import { expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { rulesOf } from "./bases.ts";
import { defaultRules } from "./model.ts";
import { findRulesInForce, insertRules } from "./store.ts";

const country = "KHM";
const by = (moment: string) => ({ accountId: "manager", now: new Date(moment) });
const depth = (usualDepthCentimetres: number) => ({ ...defaultRules, usualDepthCentimetres });

describeEachDatabase("the rules of a country", (context) => {
  it("hold from when they are stored, or from a later day that they name; older ones stay", () =>
    context.rollback(async (tx) => {
      const depthOn = async (moment: string) => (await rulesOf(tx, country, new Date(moment))).usualDepthCentimetres;
      expect(await insertRules(tx, country, 1, depth(20), by("2026-01-10T08:00:00Z"))).toBe(true);
      const why = { reason: "The standing procedure was renewed", validFrom: "2026-03-01" };
      expect(await insertRules(tx, country, 2, depth(30), by("2026-02-01T08:00:00Z"), why)).toBe(true);
      expect(await depthOn("2026-01-10T07:59:59Z")).toBeNull();
      expect(await depthOn("2026-01-10T08:00:00Z")).toBe(20);
      expect(await depthOn("2026-02-28T23:59:59Z")).toBe(20);
      expect(await depthOn("2026-03-01T00:00:00Z")).toBe(30);
      const versions = await findRulesInForce(tx, country);
      expect(versions.map(({ version, reason }) => [version, reason])).toEqual([
        [1, null],
        [2, why.reason],
      ]);
      expect(versions.map(({ from }) => new Date(from).toISOString())).toEqual([
        "2026-01-10T08:00:00.000Z",
        "2026-03-01T00:00:00.000Z",
      ]);
    }));

  it("are a version each: two who change the same one do not overwrite each other", () =>
    context.rollback(async (tx) => {
      expect(await insertRules(tx, country, 1, depth(20), by("2026-01-10T08:00:00Z"))).toBe(true);
      expect(await insertRules(tx, country, 1, depth(25), by("2026-01-10T08:00:01Z"))).toBe(false);
      expect((await findRulesInForce(tx, country)).map(({ body }) => body.usualDepthCentimetres)).toEqual([20]);
    }));
});
