import { VectorTile, type VectorTileFeature } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";

/** How the features of two tiles agree. */
export interface Agreement {
  /** Features in either tile. */
  features: number;
  /** Same identifier, properties, area and corners. */
  identical: number;
  /** Same identifier and properties, and an area that differs by no more than rounding moves it. */
  within: number;
  /** Same identifier, but other properties or another area; or in one tile only and more than a speck. */
  different: number;
  /** A speck (at most 3 square units: rounding decides whether it is drawn) that only the peer's tile holds. */
  onlyPeer: number;
  /** A speck that only our tile holds. */
  onlyOurs: number;
}

/**
 * Decodes two tiles with a single layer `areas` and matches their features by identifier. Two areas agree when they
 * differ by at most half a unit along the whole outline and one square unit more.
 */
export function compareTiles(peer: Uint8Array, ours: Uint8Array): Agreement {
  const a = featuresById(peer);
  const b = featuresById(ours);
  const agreement: Agreement = { features: 0, identical: 0, within: 0, different: 0, onlyPeer: 0, onlyOurs: 0 };
  for (const [id, feature] of a) {
    agreement.features++;
    const other = b.get(id);
    if (other === undefined) agreement[isSpeck(feature) ? "onlyPeer" : "different"]++;
    else agreement[match(feature, other)]++;
  }
  for (const [id, feature] of b) {
    if (a.has(id)) continue;
    agreement.features++;
    agreement[isSpeck(feature) ? "onlyOurs" : "different"]++;
  }
  return agreement;
}

function isSpeck(feature: VectorTileFeature): boolean {
  return Math.abs(measure(feature).area) <= 3;
}

function featuresById(bytes: Uint8Array): Map<number, VectorTileFeature> {
  const layer = new VectorTile(new PbfReader(bytes)).layers.areas;
  const features = new Map<number, VectorTileFeature>();
  for (let i = 0; i < (layer?.length ?? 0); i++) {
    const feature = layer?.feature(i);
    if (feature?.id !== undefined) features.set(feature.id, feature);
  }
  return features;
}

function match(a: VectorTileFeature, b: VectorTileFeature): "identical" | "within" | "different" {
  const keys = new Set([...Object.keys(a.properties), ...Object.keys(b.properties)]);
  for (const key of keys) if (a.properties[key] !== b.properties[key]) return "different";
  const first = measure(a);
  const second = measure(b);
  const gap = Math.abs(first.area - second.area);
  if (gap === 0 && first.corners === second.corners) return "identical";
  return gap <= 1 + Math.max(first.outline, second.outline) / 2 ? "within" : "different";
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function measure(feature: VectorTileFeature): { area: number; outline: number; corners: string } {
  let area = 0;
  let outline = 0;
  const corners: string[] = [];
  for (const ring of feature.loadGeometry()) {
    // The last point of a decoded ring repeats the first.
    const count = ring.length - 1;
    for (let i = 0; i < count; i++) {
      const { x: ax, y: ay } = ring[i] as Corner;
      const { x: bx, y: by } = ring[i + 1] as Corner;
      const { x: cx, y: cy } = ring[(i + 2) % count] as Corner;
      area += (ax * by - bx * ay) / 2;
      outline += Math.hypot(bx - ax, by - ay);
      // A point on a straight edge is not a corner.
      if ((bx - ax) * (cy - by) !== (by - ay) * (cx - bx)) corners.push(`${bx},${by}`);
    }
  }
  return { area, outline, corners: corners.sort().join(" ") };
}
