import { TravelTimeProblem } from "../problem.ts";
import type { Field } from "./field.ts";
import { paceOnSlope, walkingFactor } from "./modes.ts";

/**
 * Time at the end of a move, given the time at its start; NaN when the move is barred. `first` and `second` are the
 * cells that a knight's move passes (`passedBy`).
 */
export type Arrive = (
  field: Field,
  time: number,
  from: number,
  to: number,
  move: number,
  first: number,
  second: number,
) => number;

/**
 * Walking over slopes after Naismith's rule as Langmuir corrected it, as in GRASS `r.walk`: seconds are
 * a·ΔS + b·climb + c·moderate descent + d·steep descent, plus λ · friction · ΔS. A descent is steep when its slope is
 * below `slopeFactor`.
 */
export interface LangmuirWalk {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly lambda: number;
  readonly slopeFactor: number;
}

/** The coefficients that `r.walk` starts with: 5 km/h on the flat, ten minutes for each 100 m of climb. */
export const LANGMUIR: LangmuirWalk = { a: 0.72, b: 6, c: 1.9998, d: -1.9998, lambda: 1, slopeFactor: -0.2125 };

/**
 * Refuses coefficients under which some slope would take no time or less (`value-invalid`): b and λ must not be
 * negative, d not positive, and a + c · slopeFactor above 0.
 */
export function checkLangmuir(walk: LangmuirWalk): void {
  const { a, b, c, d, lambda, slopeFactor } = walk;
  const right = a > 0 && b >= 0 && d <= 0 && lambda >= 0 && slopeFactor <= 0 && a + c * slopeFactor > 0;
  if (!right || ![a, b, c, d, lambda, slopeFactor].every(Number.isFinite)) {
    throw new TravelTimeProblem("value-invalid", "With these coefficients a walk could take no time, or less.", {
      ...walk,
    });
  }
}

/** Mean friction of the cells of a move: two, or four for a knight's move. */
function meanFriction(friction: Float32Array, from: number, to: number, move: number, first: number, second: number) {
  const here = friction[from] as number;
  const there = friction[to] as number;
  if (move < 8) return (there + here) / 2;
  return ((friction[first] as number) + (friction[second] as number) + there + here) / 4;
}

/** Isotropic cost, as GRASS `r.cost`: mean friction × length of the move. */
export function frictionEdges(lengths: Float64Array): Arrive {
  return (field, time, from, to, move, first, second) =>
    time + meanFriction(field.friction, from, to, move, first, second) * (lengths[move] as number);
}

/** Walking over slopes, as GRASS `r.walk`; the traveller leaves the source. Needs the elevation. */
export function langmuirEdges(lengths: Float64Array, walk: LangmuirWalk): Arrive {
  const { a, b, c, d, lambda, slopeFactor } = walk;
  return (field, time, from, to, move, first, second) => {
    const elevation = field.elevation as Float32Array;
    const length = lengths[move] as number;
    const climb = (elevation[to] as number) - (elevation[from] as number);
    const slope = climb / length;
    const seconds = slope >= 0 ? climb * b : slope < slopeFactor ? climb * d : climb * c;
    const friction = meanFriction(field.friction, from, to, move, first, second);
    return time + seconds + length * a + lambda * friction * length;
  };
}

/**
 * Walking, bicycling and motorised travel over slopes, as AccessMod 5: mean over the cells of a move of their seconds
 * per metre on its slope, times its length. Needs elevation and mode; friction is seconds per metre on the flat.
 * `towards` is travel to the source, so that the search runs against it and slopes change their sign.
 */
export function modeEdges(lengths: Float64Array, towards: boolean): Arrive {
  return (field, time, from, to, move, first, second) => {
    const { friction } = field;
    const elevation = field.elevation as Float32Array;
    const mode = field.mode as Uint8Array;
    const length = lengths[move] as number;
    const rise = ((elevation[to] as number) - (elevation[from] as number)) / length;
    const slope = towards ? -rise : rise;
    const factor = walkingFactor(slope);
    const pace = (cell: number) => paceOnSlope(mode[cell] as number, friction[cell] as number, slope, factor);
    if (move < 8) return time + ((pace(to) + pace(from)) / 2) * length;
    return time + ((pace(first) + pace(second) + pace(to) + pace(from)) / 4) * length;
  };
}
