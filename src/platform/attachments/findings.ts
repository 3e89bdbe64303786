/** Degrees on WGS 84. */
export interface FoundPosition {
  longitude: number;
  latitude: number;
}

/**
 * What a file says beside what it was sent for: where it was made, who made it, with which device, what its maker
 * hid in it, small pictures, text, what follows after its end.
 */
export const findingKinds = [
  "location",
  "owner",
  "device",
  "maker-note",
  "thumbnail",
  "hidden-text",
  "trailing-data",
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** What looking into a file brought to light. */
export interface Examination {
  kinds: ReadonlySet<FindingKind>;
  /** The first place that could be read. */
  position: FoundPosition | null;
  /** The day on which the picture was taken, `yyyy-mm-dd`, as the camera wrote it. */
  takenOn: string | null;
  /** The file without what was found; null when nothing can be taken out of this kind of file. */
  cleaned: Uint8Array | null;
}

/** A place, or null when the numbers are none. Exactly 0, 0 is what receivers write before they know. */
export function positionOf(latitude: number, longitude: number): FoundPosition | null {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return null;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || (latitude === 0 && longitude === 0)) return null;
  return { longitude, latitude };
}
