import { VectorTile, type VectorTileFeature } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";

/** How the features of two tiles agree. */
export interface Agreement {
  /** Features in either tile. */
  features: number;
  /** Same identifier, properties and area, to the last unit. */
  identical: number;
  /** Same identifier and properties, and an area that differs by no more than rounding moves it. */
  within: number;
  /** Same identifier, but other properties or another area. */
  different: number;
  onlyPeer: number;
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
    if (other === undefined) agreement.onlyPeer++;
    else agreement[match(feature, other)]++;
  }
  for (const id of b.keys()) {
    if (a.has(id)) continue;
    agreement.features++;
    agreement.onlyOurs++;
  }
  return agreement;
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

function measure(feature: VectorTileFeature): { area: number; outline: number; corners: string } {
  let area = 0;
  let outline = 0;
  const corners: string[] = [];
  for (const ring of feature.loadGeometry()) {
    for (let i = 1; i < ring.length; i++) {
      const { x: ax, y: ay } = ring[i - 1] as { x: number; y: number };
      const { x: bx, y: by } = ring[i] as { x: number; y: number };
      area += (ax * by - bx * ay) / 2;
      outline += Math.hypot(bx - ax, by - ay);
      corners.push(`${bx},${by}`);
    }
  }
  return { area, outline, corners: corners.sort().join(" ") };
}
