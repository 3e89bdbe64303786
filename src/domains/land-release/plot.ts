import { checkPolygon } from "@santi/land-geometry";
import type { Tx } from "../../platform/database/types.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { landAround } from "./bases.ts";
import { landProblems } from "./contract-land.ts";
import { type Areal, boxOf, isEmpty, metresOf } from "./ground.ts";
import { misplaced } from "./place-checks.ts";

/**
 * Refuses a plot about which nothing could be said: "nothing is recorded" of a border that crosses itself, or of a place
 * in another country, would be taken for an answer.
 * @throws Problem `land-release.plot-unsound` with what is wrong, `land-release.plot-outside`
 */
export async function demandPlot(tx: Tx, country: string, geometry: Areal): Promise<void> {
  const wrong = checkPolygon(geometry).filter(({ severity }) => severity === "error");
  const fields = [...new Set(wrong.map(({ check }) => check))].map((check) => ({
    ...{ path: "geometry", code: `check.${check}`, params: {} },
  }));
  if (fields.length > 0 || isEmpty(geometry) || metresOf(geometry) === 0)
    throw new Problem(landProblems["plot-unsound"], {}, fields);
  const land = await landAround(tx, country, [boxOf(geometry)]);
  const finding = land && misplaced({ geometry, field: "geometry", part: null }, land);
  if (finding?.severity === "error") throw new Problem(landProblems["plot-outside"], { check: finding.check });
}
