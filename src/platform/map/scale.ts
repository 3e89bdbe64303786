/** A scale bar: its width on screen and what that width is on the ground. */
export interface ScaleBar {
  /** CSS pixels. */
  width: number;
  value: number;
  unit: "m" | "km";
}

const EARTH_CIRCUMFERENCE = 40_075_016.686;

/**
 * Ground length of a CSS pixel in web Mercator with 512-pixel tiles.
 *
 * @param latitude degrees
 * @returns metres
 */
export function metresPerPixel(latitude: number, zoom: number): number {
  return (EARTH_CIRCUMFERENCE * Math.cos((latitude * Math.PI) / 180)) / (512 * 2 ** zoom);
}

/**
 * The longest bar of a round length (1, 2 or 5 times a power of ten) that fits.
 *
 * @param perPixel metres on the ground of one CSS pixel
 * @param maxWidth CSS pixels
 */
export function scaleBar(perPixel: number, maxWidth: number): ScaleBar {
  const limit = perPixel * maxWidth;
  const power = 10 ** Math.floor(Math.log10(limit));
  const lead = limit / power;
  const metres = power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
  const width = metres / perPixel;
  return metres >= 1000 ? { width, value: metres / 1000, unit: "km" } : { width, value: metres, unit: "m" };
}
