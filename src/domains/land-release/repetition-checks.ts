import { distanceMetres } from "@santi/land-geometry";
import type { Position } from "geojson";
import { type Check, error, warning } from "./finding.ts";
import { type Areal, boxOf, isEmpty } from "./ground.ts";

/** The corners of a polygon wherever a ring begins and whichever way round it runs, to a centimetre. */
function cornersKey(geometry: Areal): string {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const ring = (positions: readonly Position[]) =>
    positions
      .slice(0, -1)
      .map(([x = 0, y = 0]) => `${x.toFixed(7)} ${y.toFixed(7)}`)
      .sort()
      .join();
  return polygons
    .map((rings) => rings.map(ring).join(";"))
    .sort()
    .join("|");
}

/** The places at which something stands that stood before. */
function repeats<T>(things: readonly T[], key: (thing: T) => string | null): T[] {
  const seen = new Set<string>();
  return things.filter((thing) => {
    const mark = key(thing);
    if (mark === null || !seen.has(mark)) {
      if (mark !== null) seen.add(mark);
      return false;
    }
    return true;
  });
}

/** No polygon is in the report twice, and no two parts are one. */
export const repeatedParts: Check = ({ body }) => [
  ...repeats(body.parts, ({ id }) => id).map(({ id }) => error("part-repeated", null, {}, id)),
  ...repeats(body.parts, ({ geometry }) => (geometry && !isEmpty(geometry) ? cornersKey(geometry) : null)).map(
    ({ id }) => error("polygon-repeated", "geometry", {}, id),
  ),
];

/** No device is listed twice: of the same kind and model, at the same place and depth. */
export const repeatedDevices: Check = ({ body }) => {
  const twice = repeats(body.devices, ({ category, model, point, depthCentimetres }) =>
    point ? JSON.stringify([category, model, point.slice(0, 2), depthCentimetres]) : null,
  );
  return twice.length > 0 ? [warning("device-repeated", "devices", { count: twice.length })] : [];
};

/** How far from the report's ground a device may have been found, in metres. */
const farAway = 2000;

/** Devices lie where the report was at work, not in another district or hemisphere. */
export const strayDevices: Check = ({ body }) => {
  const boxes = body.parts.flatMap(({ geometry }) => (geometry && !isEmpty(geometry) ? [boxOf(geometry)] : []));
  if (boxes.length === 0) return [];
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
  const metres = ([x = 0, y = 0]: Position) =>
    Math.min(
      ...boxes.map(([west, south, east, north]) =>
        distanceMetres({ lon: x, lat: y }, { lon: clamp(x, west, east), lat: clamp(y, south, north) }),
      ),
    );
  const far = body.devices.filter(({ point }) => point !== null && metres(point) > farAway);
  return far.length > 0 ? [warning("device-far-away", "devices", { count: far.length })] : [];
};

/** Everything that is said twice, or of somewhere else. */
export const repetitionChecks: readonly Check[] = [repeatedParts, repeatedDevices, strayDevices];
