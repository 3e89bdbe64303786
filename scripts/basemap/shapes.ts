import type { Feature, FeatureCollection, GeoJsonProperties, MultiPolygon, Position } from "geojson";
import polylabel from "polylabel";
import { merge, quantize } from "topojson-client";
import { topology } from "topojson-server";
import type { GeometryCollection, MultiPolygon as MultiPolygonArcs, Objects, Topology } from "topojson-specification";
import { type Area, GRID, polygonsOf } from "./sources.ts";

/** Area of a closed ring in square degrees; positive when counter-clockwise. */
export function ringArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i - 1] as Position;
    const [bx = 0, by = 0] = ring[i] as Position;
    sum += ax * by - bx * ay;
  }
  return sum / 2;
}

/**
 * A point for a label: the place deepest inside the largest polygon.
 *
 * @returns longitude and latitude, rounded to three decimals
 */
export function labelPoint(area: Area): [number, number] {
  const largest = polygonsOf(area).reduce((best, polygon) =>
    Math.abs(ringArea(polygon[0] ?? [])) > Math.abs(ringArea(best[0] ?? [])) ? polygon : best,
  );
  const [x = 0, y = 0] = polylabel(largest as [number, number][][], 0.01);
  return [Math.round(x * 1000) / 1000, Math.round(y * 1000) / 1000];
}

/**
 * Unites features that share a key. Works on shared borders, so nothing is approximated.
 *
 * @param key returns the group of a feature, or null to leave it out
 * @returns one multipolygon per key, in the order in which the keys first occur
 */
export function unite<P extends GeoJsonProperties>(
  features: readonly Feature<Area, P>[],
  key: (properties: P) => string | null,
): Map<string, MultiPolygon> {
  const collection: FeatureCollection<Area, P> = { type: "FeatureCollection", features: [...features] };
  const arcs = topology({ all: collection });
  const all = arcs.objects.all as GeometryCollection<P & object>;
  const groups = new Map<string, MultiPolygonArcs[]>();
  for (const geometry of all.geometries) {
    const group = key(geometry.properties as P);
    if (group === null) continue;
    const members = groups.get(group) ?? [];
    members.push(geometry as MultiPolygonArcs);
    groups.set(group, members);
  }
  return new Map([...groups].map(([group, members]) => [group, merge(arcs, members)]));
}

/** Delta-encodes a topology on the build's grid, the compact form of TopoJSON that `topojson-client` reads. */
export function compact(shapes: Topology): Topology {
  return quantize(shapes as Topology<Objects>, { scale: [GRID, GRID], translate: [-180, -90] });
}
