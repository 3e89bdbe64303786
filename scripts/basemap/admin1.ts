import type { Feature, FeatureCollection, MultiPolygon, Point } from "geojson";
import { topology } from "topojson-server";
import type { Topology } from "topojson-specification";
import { CAMBODIA, LAO_PDR, LATIN_CORRECTIONS, MYANMAR, THAILAND, type UnitNames } from "./asean-names.ts";
import { CHANGED_UNITS, MISDRAWN_UNITS, UNITS_WITHOUT_BORDER } from "./boundary-changes.ts";
import { ASEAN } from "./iso-countries.ts";
import { compact, labelPoint, unite } from "./shapes.ts";
import type { Admin1, Area } from "./sources.ts";
import { FIRST_DAY_OF_34, LAST_DAY_OF_63, VIET_NAM_34, VIET_NAM_63 } from "./viet-nam.ts";

/** Properties of a unit in `asean-admin1.json.gz`; the feature's `id` is unique, the code of Viet Nam is not. */
export interface UnitProperties {
  /** ISO 3166-2; a merged Vietnamese unit carries the code its name had before the merger. */
  code: string;
  /** ISO 3166-1 alpha-3. */
  country: string;
  /** The name in Latin letters; with its diacritics for Viet Nam. */
  name: string;
  /** The name in the country's own script, when that is Khmer, Lao, Thai, Burmese or Vietnamese. */
  localName?: string;
  /** Code of the national statistics office, where it differs from the ISO code. */
  nationalCode?: string;
  /** Kind of unit in English, as `province`, `state`, `district`. */
  kind: string;
  point: [number, number];
  /** First and last day on which the unit existed, ISO dates; absent when not limited. */
  validFrom?: string;
  validTo?: string;
  /**
   * `current`: the source's line is the unit's own; `former`: it includes units separated since;
   * `approximate`: it is known to be far off; `none`: the source draws no polygon.
   */
  boundary: "current" | "former" | "approximate" | "none";
  /** English sentence about a polygon that is not today's. */
  boundaryNote?: string;
  /** Codes of the units this one was formed from, or became part of. */
  formedFrom?: readonly string[];
  becamePartOf?: string;
}

/** A first-level unit; a unit whose border the source lacks is a point. */
export type UnitFeature = Feature<MultiPolygon | Point, UnitProperties>;

const NAMES: Readonly<Record<string, UnitNames>> = { ...CAMBODIA, ...LAO_PDR, ...THAILAND, ...MYANMAR };

/** Cities the source draws apart although ISO 3166-2 counts them to a province or region. */
const PART_OF: Readonly<Record<string, string>> = {
  "PH-MNL": "PH-00",
  "PH-BCD": "PH-NEC",
  "PH-MDE": "PH-CEB",
  "PH-LAP": "PH-CEB",
};

/** Names under which the source files a unit with another unit's code. */
const CODE_BY_NAME: Readonly<Record<string, string>> = {
  "Vientiane [prefecture]": "LA-VT",
};

function codeOf(unit: Admin1): string {
  return CODE_BY_NAME[unit.name] ?? PART_OF[unit.code] ?? unit.code;
}

/** Kinds in today's words, where the source keeps older ones. */
function kindOf(code: string, source: Admin1): string {
  if (code === "PH-00") return "region";
  if (code === "TL-OE") return "special administrative region";
  if (source.country === "TLS") return "municipality";
  if (source.country === "MMR" && source.kind === "Division") return "region";
  return source.kind.toLowerCase() || "district";
}

function boundaryOf(code: string): Pick<UnitProperties, "boundary" | "boundaryNote"> {
  const former = CHANGED_UNITS[code];
  if (former) return { boundary: "former", boundaryNote: former };
  const misdrawn = MISDRAWN_UNITS[code];
  if (misdrawn) return { boundary: "approximate", boundaryNote: misdrawn };
  return { boundary: "current" };
}

/** Units of the ASEAN members except Viet Nam, cities united with the province ISO 3166-2 counts them to. */
function plainUnits(units: readonly Feature<Area, Admin1>[]): UnitFeature[] {
  const leading = new Map<string, Admin1>();
  for (const { properties } of units) {
    const code = codeOf(properties);
    const known = leading.get(code);
    if (!known || /city|municipality/i.test(known.kind)) leading.set(code, properties);
  }
  return [...unite(units, codeOf)].map(([code, geometry]) => {
    const source = leading.get(code) as Admin1;
    const [latin, local] = NAMES[code] ?? [];
    return {
      type: "Feature",
      id: code,
      geometry,
      properties: {
        code,
        country: source.country as string,
        name: latin ?? LATIN_CORRECTIONS[code] ?? source.name,
        ...(local && { localName: local }),
        kind: kindOf(code, source),
        point: labelPoint(geometry),
        ...boundaryOf(code),
      },
    };
  });
}

/** The 63 former and the 34 present units of Viet Nam, both from the same former polygons. */
function vietNam(units: readonly Feature<Area, Admin1>[]): UnitFeature[] {
  const next = new Map(VIET_NAM_34.flatMap(([code, , , , from]) => from.map((old) => [old, code] as const)));
  const former = unite(units, (unit) => unit.code);
  const present = unite(units, (unit) => next.get(unit.code) ?? null);
  const old = VIET_NAM_63.map(([code, name, nationalCode]): UnitFeature => {
    const geometry = former.get(code) as MultiPolygon;
    return {
      type: "Feature",
      id: code,
      geometry,
      properties: {
        code,
        country: "VNM",
        name,
        localName: name,
        nationalCode,
        kind: ["VN-CT", "VN-DN", "VN-HN", "VN-HP", "VN-SG"].includes(code) ? "city" : "province",
        point: labelPoint(geometry),
        validTo: LAST_DAY_OF_63,
        ...boundaryOf(code),
        becamePartOf: `${next.get(code)}@2025`,
      },
    };
  });
  const merged = VIET_NAM_34.map(([code, name, nationalCode, kind, formedFrom]): UnitFeature => {
    const geometry = present.get(code) as MultiPolygon;
    return {
      type: "Feature",
      id: `${code}@2025`,
      geometry,
      properties: {
        code,
        country: "VNM",
        name,
        localName: name,
        nationalCode,
        kind,
        point: labelPoint(geometry),
        validFrom: FIRST_DAY_OF_34,
        ...boundaryOf(code),
        formedFrom,
      },
    };
  });
  return [...old, ...merged];
}

/** Units that exist but have no polygon in the source: a point at the seat, and a note. */
function unitsWithoutBorder(): UnitFeature[] {
  return UNITS_WITHOUT_BORDER.map(({ code, country, name, kind, point, validFrom, note }) => {
    const [latin, local] = NAMES[code] ?? [name];
    return {
      type: "Feature",
      id: code,
      geometry: { type: "Point", coordinates: point },
      properties: {
        code,
        country,
        name: latin,
        ...(local && { localName: local }),
        kind,
        point,
        validFrom,
        boundary: "none",
        boundaryNote: note,
      },
    };
  });
}

/** All first-level units of the eleven ASEAN members, sorted by id. */
export function aseanUnits(units: readonly Feature<Area, Admin1>[]): UnitFeature[] {
  const asean = new Set<string | null>(ASEAN);
  const inside = units.filter((unit) => asean.has(unit.properties.country));
  const vietnamese = inside.filter((unit) => unit.properties.country === "VNM");
  const others = inside.filter((unit) => unit.properties.country !== "VNM");
  return [...plainUnits(others), ...unitsWithoutBorder(), ...vietNam(vietnamese)].sort((a, b) =>
    String(a.id) < String(b.id) ? -1 : 1,
  );
}

/** The units as compact TopoJSON with the object `units`, not simplified. */
export function unitTopology(units: readonly UnitFeature[]): Topology {
  const collection: FeatureCollection = { type: "FeatureCollection", features: [...units] };
  return compact(topology({ units: collection }));
}
