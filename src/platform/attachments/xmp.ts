import { type FoundPosition, positionOf } from "./findings.ts";

/** `12,34.567N`, `12,34,56N` (XMP's own form) or plain degrees. */
function degrees(text: string): number {
  const parts = /^\s*([+-]?\d{1,3}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?(?:,(\d{1,2}(?:\.\d+)?))?\s*([NSEW])?\s*$/i.exec(
    text,
  );
  if (!parts) return Number.NaN;
  const value = Number(parts[1]) + Number(parts[2] ?? 0) / 60 + Number(parts[3] ?? 0) / 3600;
  return /[SW]/i.test(parts[4] ?? "") ? -value : value;
}

function valueIn(text: string, name: string): string {
  return new RegExp(`${name}(?:\\s*=\\s*["']|\\s*>)([^"'<]{1,40})`).exec(text)?.[1] ?? "";
}

/** Whether an XMP packet names a place, and the place when it can be read. */
export function readXmp(packet: string): { location: boolean; position: FoundPosition | null } {
  const location = /GPSL(?:at|ong)itude|LocationCreated|LocationShown|photoshop:City|Iptc4xmpCore:Location/.test(
    packet,
  );
  const position = positionOf(degrees(valueIn(packet, "GPSLatitude")), degrees(valueIn(packet, "GPSLongitude")));
  return { location, position };
}
