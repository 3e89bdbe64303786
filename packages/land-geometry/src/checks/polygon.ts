import type { Finding } from "./finding.ts";
import type { Areal } from "./rings.ts";
import {
  checkDuplicateParts,
  checkOrientation,
  checkPartOverlap,
  checkRingRelations,
  checkSelfIntersection,
  checkVertexOrder,
} from "./topology.ts";
import {
  checkConsecutiveDuplicates,
  checkLastRepeatsFirst,
  checkLongSides,
  checkRepeatedFirstPair,
  checkRepeatedVertices,
  checkRingClosure,
  checkSpikes,
  checkVertexCount,
} from "./vertices.ts";

/** What the checks of an outline count as too much. */
export interface OutlineLimits {
  /** A side longer than this is pointed out; metres, by default those of `checkLongSides`. */
  readonly longSideMetres?: number;
  /** How many crossings of a ring are told; by default those of `checkSelfIntersection`. */
  readonly crossings?: number;
}

/**
 * Runs every check that looks at the corners of a polygon by themselves, in the order in which people mend them. Whether
 * rings are closed and which way they run is left out: that is a matter of how a file was written, not of a survey.
 */
export function checkOutline(geometry: Areal, { longSideMetres, crossings }: OutlineLimits = {}): Finding[] {
  return [
    checkVertexCount(geometry),
    checkVertexOrder(geometry),
    checkSelfIntersection(geometry, crossings),
    checkRepeatedVertices(geometry),
    checkRingRelations(geometry),
    checkDuplicateParts(geometry),
    checkPartOverlap(geometry),
    checkConsecutiveDuplicates(geometry),
    checkLastRepeatsFirst(geometry),
    checkRepeatedFirstPair(geometry),
    checkSpikes(geometry),
    checkLongSides(geometry, longSideMetres),
  ].flat();
}

/**
 * Runs every check that looks at a polygon by itself, with the usual limits.
 * @returns the findings, errors first; empty when there is nothing to say
 */
export function checkPolygon(geometry: Areal): Finding[] {
  const findings = [...checkRingClosure(geometry), ...checkOutline(geometry), ...checkOrientation(geometry)];
  return [
    ...findings.filter(({ severity }) => severity === "error"),
    ...findings.filter(({ severity }) => severity !== "error"),
  ];
}
