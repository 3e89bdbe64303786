import { bearingDegrees, destination, distanceMetres, type SurveyedPolygon, type TypedLeg } from "@santi/land-geometry";
import type { Polygon, Position } from "geojson";
import type { Random } from "./random.ts";

const landmarks = ["Corner of the school wall", "Foot of the bridge, east side", "Concrete post at the junction"];

/** Degrees by which the needle points east of true north; about what it is in the region. */
const declination = -0.6;

const place = ([lon = 0, lat = 0]: Position) => ({ lon, lat });
const written = ({ lon, lat }: { lon: number; lat: number }) => `${lat.toFixed(6)}, ${lon.toFixed(6)}`;

/** A leg as a surveyor writes it down: bearing by compass and distance, to the hundredth. */
function leg(from: { lon: number; lat: number }, to: { lon: number; lat: number }): TypedLeg {
  const bearing = (bearingDegrees(from, to) - declination + 360) % 360;
  return { bearing: bearing.toFixed(2), distance: distanceMetres(from, to).toFixed(2) };
}

/**
 * An outline as a team would have typed it: from a landmark by bearing and distance to a benchmark and the start, from
 * turning point to turning point, and back. Null for an outline with holes or more corners than anybody measures so.
 */
export function typedTraverse(polygon: Polygon, random: Random): SurveyedPolygon | null {
  const [ring, ...holes] = polygon.coordinates;
  const corners = (ring ?? []).slice(0, -1).map(place);
  const [start, ...others] = corners;
  if (!start || holes.length > 0 || corners.length < 4 || corners.length > 60) return null;
  const reference = destination(start, random.between(0, 360), random.between(250, 900));
  const benchmark = destination(start, random.between(0, 360), random.between(20, 60));
  // What is measured starts at the place as it is written, not at a finer one that nobody knows.
  const [lat = 0, lon = 0] = written(reference).split(", ").map(Number);
  return {
    method: "bearing-distance",
    reading: { datum: "wgs-84" },
    referencePoint: {
      ...{ text: written(reference), description: landmarks[random.integer(0, landmarks.length - 1)] as string },
      ...{ fixedBy: "gps", accuracyMetres: 3 },
    },
    referenceToBenchmark: leg({ lon, lat }, benchmark),
    benchmarkToStart: leg(benchmark, start),
    points: others.map((to, i) => ({ kind: "turning", ...leg(corners[i] ?? start, to) })),
    closingLeg: leg(others.at(-1) ?? start, start),
    ...{ north: "magnetic", declinationDegrees: declination, declinationDate: "2025-01-01" },
    ...{ distanceUnit: "metre", adjust: true },
  };
}
