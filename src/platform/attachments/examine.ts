import { type Examination, positionOf } from "./findings.ts";
import { examineJpeg } from "./jpeg.ts";
import type { MediaType } from "./media.ts";
import { examinePdf } from "./pdf.ts";
import { examinePng } from "./png.ts";
import { examineWebp } from "./webp.ts";

/** A track is a list of places; the first stands for all. */
function examineGpx(bytes: Uint8Array): Examination | null {
  const text = new TextDecoder().decode(bytes);
  if (!/<\/gpx\s*>\s*$/.test(text)) return null;
  const point = /<(?:wpt|trkpt|rtept)\s[^>]*>/.exec(text)?.[0] ?? "";
  const number = (name: string) =>
    Number.parseFloat(new RegExp(`\\b${name}\\s*=\\s*["']([^"']{1,30})`).exec(point)?.[1] ?? "");
  const kinds = point === "" ? new Set<never>() : new Set(["location" as const]);
  return { kinds, position: positionOf(number("lat"), number("lon")), takenOn: null, cleaned: null };
}

/**
 * Looks into a file for what should not leave with it, and makes a copy without, where the format allows.
 * @returns null when the file is broken
 */
export function examine(bytes: Uint8Array, type: MediaType): Examination | null {
  switch (type) {
    case "image/jpeg":
      return examineJpeg(bytes);
    case "image/png":
      return examinePng(bytes);
    case "image/webp":
      return examineWebp(bytes);
    case "application/pdf":
      return examinePdf(bytes);
    case "application/gpx+xml":
      return examineGpx(bytes);
    case "text/csv":
    case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
      return { kinds: new Set(), position: null, takenOn: null, cleaned: null };
  }
}
