import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { type Point, type Ring, roundDegree } from "./geometry/frame.ts";

/** A real first-level unit as the boundary file gives it. */
export interface SourceUnit {
  /** Unique among all units, also where a code was used again. */
  key: string;
  /** ISO 3166-2. */
  code: string;
  /** ISO 3166-1 alpha-3. */
  country: string;
  /** Name in Latin letters, and in the country's script where that differs. */
  name: string;
  localName?: string;
  nationalCode?: string;
  kind: string;
  /** A place well inside. */
  point: Point;
  /** First and last day, ISO dates. */
  validFrom?: string;
  validTo?: string;
  /** Outer ring and holes, closed; empty for a unit whose border is not known. */
  polygons: readonly (readonly Ring[])[];
  note?: string;
}

/** Where the first-level units come from: the boundary file, or a few squares in a test. */
export interface UnitSource {
  /** The units of a country, in an order that never changes. */
  units(country: string): readonly SourceUnit[];
  /** Said in the `source` field of units that are real. */
  readonly citation: string;
}

interface UnitProperties {
  code: string;
  country: string;
  name: string;
  localName?: string;
  nationalCode?: string;
  kind: string;
  point: [number, number];
  validFrom?: string;
  validTo?: string;
  boundary: string;
  boundaryNote?: string;
}

const boundaryFile = new URL("../assets/boundaries/asean-admin1.json.gz", import.meta.url);

function rounded(polygons: readonly (readonly (readonly number[])[])[][]): Ring[][] {
  return polygons.map((polygon) =>
    polygon.map((ring) => ring.map(([lon, lat]) => [roundDegree(lon ?? 0), roundDegree(lat ?? 0)] as const)),
  );
}

/**
 * Reads the first-level units of the ASEAN members from the boundary file that ships with Santi (Natural Earth).
 * @throws when the file is missing: it is committed, so the checkout is not complete
 */
export function readUnits(): UnitSource {
  const topology = JSON.parse(gunzipSync(readFileSync(boundaryFile)).toString("utf8")) as Topology;
  const collection = topology.objects.units as GeometryCollection<UnitProperties>;
  const byCountry = new Map<string, SourceUnit[]>();
  for (const { id, geometry, properties } of feature(topology, collection).features) {
    const polygons =
      geometry.type === "MultiPolygon"
        ? rounded(geometry.coordinates as number[][][][])
        : geometry.type === "Polygon"
          ? rounded([geometry.coordinates as number[][][]])
          : [];
    const { boundary: _, boundaryNote, ...kept } = properties;
    const unit: SourceUnit = { ...kept, key: String(id), polygons, ...(boundaryNote && { note: boundaryNote }) };
    const list = byCountry.get(unit.country);
    if (list) list.push(unit);
    else byCountry.set(unit.country, [unit]);
  }
  for (const list of byCountry.values()) list.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { units: (country) => byCountry.get(country) ?? [], citation: "Natural Earth 1:10m, public domain" };
}
