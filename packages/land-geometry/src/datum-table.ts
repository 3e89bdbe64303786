/** A reference ellipsoid: semi-major axis in metres and inverse flattening. */
export interface Ellipsoid {
  readonly id: string;
  readonly name: string;
  readonly semiMajorMetres: number;
  readonly inverseFlattening: number;
}

const everest1937 = {
  id: "EPSG:7015",
  name: "Everest 1830 (1937 Adjustment)",
  semiMajorMetres: 6377276.345,
  inverseFlattening: 300.8017,
} as const satisfies Ellipsoid;

const krassowsky = {
  id: "EPSG:7024",
  name: "Krassowsky 1940",
  semiMajorMetres: 6378245,
  inverseFlattening: 298.3,
} as const satisfies Ellipsoid;

// Clarke 1866 is defined by its two axes, 6378206.4 and 6356583.8 m; the flattening follows from them.
const clarke1866 = {
  id: "EPSG:7008",
  name: "Clarke 1866",
  semiMajorMetres: 6378206.4,
  inverseFlattening: 6378206.4 / (6378206.4 - 6356583.8),
} as const satisfies Ellipsoid;

const wgs84 = {
  id: "EPSG:7030",
  name: "WGS 84",
  semiMajorMetres: 6378137,
  inverseFlattening: 298.257223563,
} as const satisfies Ellipsoid;

/** A geodetic datum that maps and coordinate lists of the region use. */
export interface Datum {
  readonly id: string;
  readonly name: string;
  /** EPSG code of the geographic coordinate system, "EPSG:4326" for WGS 84. */
  readonly crs: string;
  readonly ellipsoid: Ellipsoid;
  /** Other spellings met on maps and in files, compared without case, spaces and punctuation. */
  readonly aliases: readonly string[];
  /** Operation used when the caller names none. */
  readonly defaultOperation: string;
}

/** The datums known here. A datum that is not in this list is refused, never read as WGS 84. */
export const datums = [
  {
    id: "wgs-84",
    name: "WGS 84",
    crs: "EPSG:4326",
    ellipsoid: wgs84,
    aliases: ["WGS84", "WGS 1984", "World Geodetic System 1984"],
    defaultOperation: "santi:wgs-84",
  },
  {
    id: "indian-1954",
    name: "Indian 1954",
    crs: "EPSG:4239",
    ellipsoid: everest1937,
    aliases: ["Indian Datum 1954"],
    defaultOperation: "EPSG:1153",
  },
  {
    id: "indian-1960",
    name: "Indian 1960",
    crs: "EPSG:4131",
    ellipsoid: everest1937,
    aliases: ["Indian Datum 1960"],
    defaultOperation: "EPSG:1542",
  },
  {
    id: "indian-1975",
    name: "Indian 1975",
    crs: "EPSG:4240",
    ellipsoid: everest1937,
    aliases: ["Indian Datum 1975"],
    defaultOperation: "EPSG:1304",
  },
  {
    id: "vn-2000",
    name: "VN-2000",
    crs: "EPSG:4756",
    ellipsoid: wgs84,
    aliases: ["Vietnam 2000", "Viet Nam 2000"],
    defaultOperation: "EPSG:6960",
  },
  {
    id: "hanoi-1972",
    name: "Hanoi 1972",
    crs: "EPSG:4147",
    ellipsoid: krassowsky,
    aliases: ["HN-72", "HN72", "Ha Noi 1972"],
    defaultOperation: "EPSG:1544",
  },
  {
    id: "lao-1997",
    name: "Lao 1997",
    crs: "EPSG:4678",
    ellipsoid: krassowsky,
    aliases: ["Lao National Datum 1997", "Lao97"],
    defaultOperation: "EPSG:1065",
  },
  {
    id: "vientiane-1982",
    name: "Vientiane 1982",
    crs: "EPSG:4676",
    ellipsoid: krassowsky,
    aliases: ["Lao Datum 1982"],
    defaultOperation: "EPSG:8651",
  },
  {
    id: "luzon-1911",
    name: "Luzon 1911",
    crs: "EPSG:4253",
    ellipsoid: clarke1866,
    aliases: ["Luzon"],
    defaultOperation: "EPSG:1161",
  },
  {
    id: "prs92",
    name: "PRS92",
    crs: "EPSG:4683",
    ellipsoid: clarke1866,
    aliases: ["Philippine Reference System 1992", "PRS-92"],
    defaultOperation: "EPSG:15708",
  },
] as const satisfies readonly Datum[];

/** Stable id of a known datum, such as "indian-1960". */
export type DatumId = (typeof datums)[number]["id"];

/** Seven parameters in the position vector convention: metres, arc seconds, parts per million. */
export type HelmertParameters = readonly [
  tx: number,
  ty: number,
  tz: number,
  rx: number,
  ry: number,
  rz: number,
  scalePpm: number,
];

/** West, south, east, north in degrees. */
export type AreaOfUse = readonly [west: number, south: number, east: number, north: number];

/** One published way from a datum to WGS 84. */
export interface DatumOperation {
  /** Stable id: the EPSG code of the operation where it has one. */
  readonly id: string;
  readonly datum: DatumId;
  readonly towgs84: HelmertParameters;
  /** Accuracy in metres as published with the operation. */
  readonly accuracyMetres: number;
  readonly areaName: string;
  readonly area: AreaOfUse;
  readonly source: string;
  /** What somebody should know before relying on it; empty when there is nothing to say. */
  readonly caveat: string;
}

const thailand: AreaOfUse = [97.34, 5.63, 105.64, 20.46];
const laos: AreaOfUse = [100.09, 13.92, 107.64, 22.5];
const registry = "EPSG Geodetic Parameter Dataset 10.076";

/**
 * Operations to WGS 84. Rotations are stored in the position vector convention that proj strings use, so the signs
 * of operations that EPSG publishes as coordinate frame rotations (5194, 6960, 15708) are reversed here.
 */
export const datumOperations: readonly DatumOperation[] = [
  {
    id: "santi:wgs-84",
    datum: "wgs-84",
    towgs84: [0, 0, 0, 0, 0, 0, 0],
    accuracyMetres: 0,
    areaName: "World",
    area: [-180, -90, 180, 90],
    source: "Identity",
    caveat: "",
  },
  {
    id: "EPSG:1153",
    datum: "indian-1954",
    towgs84: [217, 823, 299, 0, 0, 0, 0],
    accuracyMetres: 21,
    areaName: "Thailand, onshore",
    area: thailand,
    source: registry,
    caveat: "Derived from Thai stations. It is the only published operation; in Myanmar it is an extrapolation.",
  },
  {
    id: "EPSG:1542",
    datum: "indian-1960",
    towgs84: [198, 881, 317, 0, 0, 0, 0],
    accuracyMetres: 44,
    areaName: "Viet Nam between 14° N and 18° N, onshore",
    area: [105.61, 14, 109.36, 18.01],
    source: registry,
    caveat:
      "Derived from two stations near 16° N. Outside its area, as in Cambodia, it is the nearest published operation and an extrapolation.",
  },
  {
    id: "EPSG:1543",
    datum: "indian-1960",
    towgs84: [182, 915, 344, 0, 0, 0, 0],
    accuracyMetres: 44,
    areaName: "Viet Nam, Con Son island",
    area: [106.48, 8.57, 106.8, 8.83],
    source: registry,
    caveat: "For one island. Do not use it on the mainland.",
  },
  {
    id: "EPSG:1304",
    datum: "indian-1975",
    towgs84: [210, 814, 289, 0, 0, 0, 0],
    accuracyMetres: 5,
    areaName: "Thailand, onshore and Gulf of Thailand",
    area: thailand,
    source: registry,
    caveat:
      "EPSG:1812, which some software prefers, lies 187 m away from this and every other operation and is left out.",
  },
  {
    id: "EPSG:1154",
    datum: "indian-1975",
    towgs84: [209, 818, 290, 0, 0, 0, 0],
    accuracyMetres: 5,
    areaName: "Thailand, onshore and Gulf of Thailand",
    area: thailand,
    source: registry,
    caveat: "The older determination; EPSG:1304 replaced it.",
  },
  {
    id: "EPSG:6960",
    datum: "vn-2000",
    towgs84: [-191.90441429, -39.30318279, -111.45032835, 0.00928836, -0.01975479, 0.00427372, 0.252906278],
    accuracyMetres: 1,
    areaName: "Viet Nam, onshore",
    area: [102.14, 8.33, 109.53, 23.4],
    source: registry,
    caveat:
      "Published as a coordinate frame rotation. Lists that copy its rotations into a proj string without reversing them are 0.7 m off.",
  },
  {
    id: "EPSG:5194",
    datum: "vn-2000",
    towgs84: [-192.873, -39.382, -111.202, -0.00205, -0.0005, 0.00335, 0.0188],
    accuracyMetres: 1,
    areaName: "Viet Nam, Mekong delta",
    area: [104.24, 9.35, 107.11, 11.04],
    source: registry,
    caveat: "Only for coordinates surveyed on the delta networks it was derived from.",
  },
  {
    id: "EPSG:1544",
    datum: "hanoi-1972",
    towgs84: [-17.51, -108.32, -62.39, 0, 0, 0, 0],
    accuracyMetres: 5,
    areaName: "Viet Nam, onshore Vung Tau area",
    area: [105.49, 9.03, 107.58, 11.04],
    source: registry,
    caveat: "Derived near Vung Tau. Further north it is an extrapolation.",
  },
  {
    id: "EPSG:1065",
    datum: "lao-1997",
    towgs84: [44.585, -131.212, -39.544, 0, 0, 0, 0],
    accuracyMetres: 5,
    areaName: "Lao PDR",
    area: laos,
    source: registry,
    caveat: "",
  },
  {
    id: "EPSG:8651",
    datum: "vientiane-1982",
    towgs84: [42.358, -124.688, -37.366, 0, 0, 0, 0],
    accuracyMetres: 6,
    areaName: "Lao PDR",
    area: laos,
    source: `${registry}; the sum of EPSG:1063 (to Lao 1997) and EPSG:1065 (to WGS 84)`,
    caveat: "The values -2.227, 6.524, 2.178 found in some lists lead to Lao 1997 and not to WGS 84.",
  },
  {
    id: "EPSG:1161",
    datum: "luzon-1911",
    towgs84: [-133, -77, -51, 0, 0, 0, 0],
    accuracyMetres: 17,
    areaName: "Philippines, onshore without Mindanao",
    area: [116.89, 7.75, 125.88, 19.45],
    source: registry,
    caveat: "On Mindanao choose EPSG:1162.",
  },
  {
    id: "EPSG:1162",
    datum: "luzon-1911",
    towgs84: [-133, -79, -72, 0, 0, 0, 0],
    accuracyMetres: 44,
    areaName: "Philippines, Mindanao onshore",
    area: [119.76, 4.99, 126.65, 10.52],
    source: registry,
    caveat: "",
  },
  {
    id: "EPSG:15708",
    datum: "prs92",
    towgs84: [-127.62, -67.24, -47.04, -3.068, 4.903, 1.578, -1.06],
    accuracyMetres: 0.05,
    areaName: "Philippines",
    area: [116.04, 3, 129.95, 22.18],
    source: registry,
    caveat:
      "Published as a coordinate frame rotation. Lists that copy its rotations into a proj string without reversing them are 8 to 50 m off.",
  },
];
