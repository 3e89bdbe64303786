import { areaSquareMetres } from "@santi/land-geometry";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { createAreas } from "../land/index.ts";
import type { Areal } from "./ground.ts";
import { readHistory } from "./history.ts";
import { decodeShape, figuresOn, stateOn } from "./model-replay.ts";
import { aPart, strips } from "./samples.ts";
import { aMinefield, approved, country, day, field } from "./workflow.test-helper.ts";

const [lowest, second, third] = field.strips;
const cancels = (geometry: Areal) => ({ parts: [{ ...aPart(2, { outcome: "cancelled", geometry }), id: newId() }] });

describeEachDatabase("the past of a country", (context) => {
  const areaOf = async (tx: Tx, area: string) => {
    const history = await readHistory(tx, country, { box: null, noted: true });
    const found = history.areas.find(({ id }) => id === area);
    const shapeOn = (on: string) => {
      const state = stateOn(found?.states ?? [], on);
      return state?.shape == null ? 0 : areaSquareMetres(decodeShape(history.shapes[state.shape] ?? []));
    };
    return { history, states: found?.states ?? [], shapeOn };
  };
  /** Corners are told to a metre, so the size of a shape is about that of the ground. */
  const about = (squareMetres: number) => expect.closeTo(squareMetres / 10_000, 1);

  it("shows each area with the ground, class and status of every day", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const common = { area, organisation };
      await approved(tx, { type: "cancellation", effectiveOn: "2026-02-01", ...common, body: cancels(lowest) });
      const beside = strips(103.003, 13, 103.004, [10_000]).whole;
      await approved(tx, {
        ...{ type: "re-survey", effectiveOn: "2026-02-10", ...common },
        body: { parts: [{ ...aPart(4, { outcome: "boundary-increase", geometry: beside }), id: newId() }] },
      });
      await approved(tx, {
        ...{ type: "clearance", effectiveOn: "2026-03-01", ...common },
        body: { parts: [{ ...aPart(3, { outcome: "cleared", depthCentimetres: 20 }), id: newId() }] },
      });
      const { history, states, shapeOn } = await areaOf(tx, area);
      expect(
        states.map(({ from, areaClass, status, squareMetres }) => [from, areaClass, status, squareMetres]),
      ).toEqual([
        ["2026-01-10", "cha", "open", 100_000],
        ["2026-02-01", "cha", "open", 60_000],
        ["2026-02-10", "cha", "open", 70_000],
        ["2026-03-01", "cha", "closed", 0],
      ]);
      expect(stateOn(states, "2026-01-09")).toBeNull();
      const sizes = ["2026-01-31", "2026-02-01", "2026-02-28", "2026-12-31"].map((on) => shapeOn(on) / 10_000);
      // Once nothing is open any more the whole outline is shown.
      expect(sizes).toEqual([about(100_000), about(60_000), about(70_000), about(110_000)]);
      expect(history.products.map(({ from, kind, squareMetres }) => [from, kind, squareMetres])).toEqual([
        ["2026-02-01", "cancelled", 40_000],
        ["2026-03-01", "cleared", 70_000],
      ]);
      expect(figuresOn(history.figures, "2026-02-09")).toMatchObject({
        confirmed: 60_000,
        cancelled: 40_000,
        cleared: 0,
      });
      expect(figuresOn(history.figures, "2026-12-31")).toMatchObject({
        confirmed: 0,
        cancelled: 40_000,
        cleared: 70_000,
      });
      expect([history.firstDay, history.lastDay, history.truncated]).toEqual(["2026-01-10", "2026-03-01", false]);
    }));

  it("is put right with the reports, and keeps what was once believed", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const cancel = { type: "cancellation" as const, area, organisation };
      const wrong = await approved(tx, { ...cancel, effectiveOn: "2026-02-01", body: cancels(lowest) });
      await approved(tx, { ...cancel, effectiveOn: "2026-03-01", body: cancels(third) }, day(2));
      const corrected = { ...cancel, effectiveOn: "2026-02-01", body: cancels(second), corrects: wrong.id };
      await approved(tx, corrected, day(4));
      const { states } = await areaOf(tx, area);
      expect(states.map(({ from, squareMetres }) => [from, squareMetres])).toEqual([
        ["2026-01-10", 100_000],
        ["2026-02-01", 65_000],
        ["2026-03-01", 45_000],
      ]);
      const { rows } = await sql`select open_square_metres as metres, superseded_at is null as holds from land_version
        where area = ${area}::uuid order by effective_on, known_at`.execute(tx);
      expect(rows).toEqual([
        { metres: 100_000, holds: true },
        { metres: 60_000, holds: false },
        { metres: 65_000, holds: true },
        { metres: 40_000, holds: false },
        { metres: 45_000, holds: true },
      ]);
      await expect(
        sql`update land_version set open_square_metres = 1 where area = ${area}::uuid`.execute(tx),
      ).rejects.toThrow(/final/);
    }));

  it("has areas that no report carries as their records say", () =>
    context.rollback(async (tx) => {
      const values = { areaClass: "sha", status: "closed", identifiedOn: "2020-05-01", closedOn: "2022-06-01" };
      const [open, closed] = [newId(), newId()];
      await createAreas(
        tx,
        [
          { country, id: open, values: { areaClass: "cha", status: "suspended", geometry: field.whole } },
          { country, id: closed, values: { ...values, closureReason: "cancelled", geometry: lowest } },
        ],
        { accountId: null, now: day(1), reason: null, sample: false },
      );
      const seen = await areaOf(tx, closed);
      expect(seen.states.map(({ from, status }) => [from, status])).toEqual([
        ["2020-05-01", "open"],
        ["2022-06-01", "closed"],
      ]);
      expect((await areaOf(tx, open)).states.map(({ from, status }) => [from, status])).toEqual([
        ["2026-06-01", "suspended"],
      ]);
      expect(seen.history.areas.map(({ carried }) => carried)).toEqual([false, false]);
      expect((await readHistory(tx, country, { box: [110, 13, 111, 14], noted: true })).areas).toEqual([]);
      expect((await readHistory(tx, country, { box: null, noted: false })).areas).toEqual([]);
    }));
});
