import { type MapTheme, type PointMark, type PointShape, pointMarks, pointShapes, tones } from "./layers.ts";
import { AREA_FILL, PALETTES } from "./palette.ts";

/** Pixels of an image for the map: red, green, blue, alpha, row by row from the top, not premultiplied. */
export interface MapImage {
  width: number;
  height: number;
  data: Uint8ClampedArray;
  /** Image pixels for one CSS pixel. */
  pixelRatio: number;
}

const RATIO = 2;
/** Samples along each side of a pixel, for smooth edges. */
const SAMPLES = 3;

function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Share of a pixel that a shape covers, 0 to 1. */
function coverage(px: number, py: number, inside: (x: number, y: number) => boolean): number {
  let hits = 0;
  for (let i = 0; i < SAMPLES; i++) {
    for (let j = 0; j < SAMPLES; j++) {
      if (inside(px + (i + 0.5) / SAMPLES, py + (j + 0.5) / SAMPLES)) hits++;
    }
  }
  return hits / SAMPLES ** 2;
}

const PATTERNS = {
  /** Suspected: lines rising to the right. */
  sha: (x: number, y: number, size: number) => (x + y) % size < 2.2,
  /** Confirmed: lines crossing. */
  cha: (x: number, y: number, size: number) => (x + y) % size < 2 || (x - y + size) % size < 2,
  /** Indication: dots. */
  indication: (x: number, y: number, size: number) => {
    const half = size / 2;
    return [
      [half / 2, half / 2],
      [half * 1.5, half * 1.5],
    ].some(([cx = 0, cy = 0]) => Math.hypot(x - cx, y - cy) < 2);
  },
} as const;

/** Darkens a colour so that lines stand out on a fill of the same hue. */
function darker([r, g, b]: [number, number, number], share: number): [number, number, number] {
  return [r * share, g * share, b * share];
}

function hatch(kind: keyof typeof PATTERNS, theme: MapTheme): MapImage {
  const size = 16;
  const data = new Uint8ClampedArray(size * size * 4);
  const [r, g, b] = theme === "light" ? darker(rgb(AREA_FILL[kind]), 0.62) : rgb(AREA_FILL[kind]);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const share = coverage(x, y, (sx, sy) => PATTERNS[kind](sx % size, sy % size, size));
      data.set([r, g, b, Math.round(share * 170)], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data, pixelRatio: RATIO };
}

/** Whether a point, in units of the half width, lies in a symbol grown by `grow`. */
function inShape(shape: PointShape, x: number, y: number, grow: number): boolean {
  switch (shape) {
    case "circle":
      return Math.hypot(x, y) < 0.68 + grow;
    case "square":
      return Math.max(Math.abs(x), Math.abs(y)) < 0.58 + grow;
    case "diamond":
      return Math.abs(x) + Math.abs(y) < 0.78 + grow * Math.SQRT2;
    case "triangle":
      return y < 0.55 + grow && 0.894 * Math.abs(x) - 0.447 * y < 0.3 + grow;
    case "cross":
      return Math.max(Math.abs(x), Math.abs(y)) < 0.7 + grow && Math.min(Math.abs(x), Math.abs(y)) < 0.24 + grow;
  }
}

function inMark(mark: PointMark, shape: PointShape, x: number, y: number): boolean {
  if (!inShape(shape, x, y, 0)) return false;
  if (mark === "hollow") return !inShape(shape, x, y, -0.24);
  return mark === "solid" || Math.hypot(x, y) > 0.24;
}

function symbol(shape: PointShape, color: string, casing: string, mark: PointMark): MapImage {
  const size = 18 * RATIO;
  const data = new Uint8ClampedArray(size * size * 4);
  const fill = rgb(color);
  const edge = rgb(casing);
  const half = size / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const outer = coverage(x, y, (sx, sy) => inShape(shape, sx / half - 1, sy / half - 1, 0.18));
      const inner = coverage(x, y, (sx, sy) => inMark(mark, shape, sx / half - 1, sy / half - 1));
      const mix = outer === 0 ? 0 : inner / outer;
      const at = (y * size + x) * 4;
      for (let c = 0; c < 3; c++) data[at + c] = (fill[c] as number) * mix + (edge[c] as number) * (1 - mix);
      data[at + 3] = outer * 255;
    }
  }
  return { width: size, height: size, data, pixelRatio: RATIO };
}

/**
 * Draws an image of the style by its name: `hatch:<class>:<theme>` or `point:<shape>:<tone>:<theme>`, with
 * `:dotted` or `:hollow` after it for the marks of work under way and of closed areas.
 *
 * @returns null when the name is not one of ours
 */
export function mapImage(name: string): MapImage | null {
  const [type, first = "", second = "", third = "", fourth = "solid"] = name.split(":");
  if (type === "hatch" && Object.hasOwn(PATTERNS, first) && Object.hasOwn(PALETTES, second)) {
    return hatch(first as keyof typeof PATTERNS, second as MapTheme);
  }
  const shape = pointShapes.find((known) => known === first);
  const tone = tones.find((known) => known === second);
  const mark = pointMarks.find((known) => known === fourth);
  if (type !== "point" || !shape || !tone || !mark || !Object.hasOwn(PALETTES, third)) return null;
  const palette = PALETTES[third as MapTheme];
  return symbol(shape, palette.tones[tone], palette.casing, mark);
}
