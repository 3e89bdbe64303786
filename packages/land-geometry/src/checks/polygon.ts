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

/**
 * Runs every check that looks at a polygon by itself, with the usual limits.
 * @returns the findings, errors first; empty when there is nothing to say
 */
export function checkPolygon(geometry: Areal): Finding[] {
  const findings = [
    checkVertexCount(geometry),
    checkRingClosure(geometry),
    checkVertexOrder(geometry),
    checkSelfIntersection(geometry),
    checkRepeatedVertices(geometry),
    checkRingRelations(geometry),
    checkDuplicateParts(geometry),
    checkPartOverlap(geometry),
    checkConsecutiveDuplicates(geometry),
    checkLastRepeatsFirst(geometry),
    checkRepeatedFirstPair(geometry),
    checkSpikes(geometry),
    checkLongSides(geometry),
    checkOrientation(geometry),
  ].flat();
  return [
    ...findings.filter(({ severity }) => severity === "error"),
    ...findings.filter(({ severity }) => severity !== "error"),
  ];
}
