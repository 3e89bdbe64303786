import type { Areal } from "../checks/rings.ts";
import { type Balance, createBalance } from "./balance.ts";

/** Less than this, in square metres, is what rounding makes of outlines that only touch: a tenth of a square centimetre. */
const nothing = 1e-5;

/** The balance of two polygons of which the first has what both claim. */
function balanceOf(first: Areal, second: Areal): Balance {
  return createBalance([
    { id: "first", class: "", order: 0, geometry: first },
    { id: "second", class: "", order: 1, geometry: second },
  ]);
}

/**
 * Area that two polygons have in common: geodesic, square metres, to a square millimetre; zero where they only touch.
 * Nothing is drawn: it is what a polygon has when it comes before the other, less what it has when it comes after, with
 * its sides parted wherever the outlines meet in both.
 * @throws GeometryError `partition.position-invalid`
 */
export function intersectionArea(one: Areal, two: Areal): number {
  const alone = balanceOf(two, one).areaOf("first") ?? 0;
  const left = balanceOf(one, two).areaOf("second") ?? 0;
  const common = alone - left;
  return common < nothing ? 0 : common;
}
