/** Kinds of files that may be attached, with the endings that their names may have. */
export const mediaTypes = {
  "image/jpeg": ["jpg", "jpeg"],
  "image/png": ["png"],
  "image/webp": ["webp"],
  "application/pdf": ["pdf"],
  "application/gpx+xml": ["gpx"],
  "text/csv": ["csv"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
} as const satisfies Record<string, readonly string[]>;
export type MediaType = keyof typeof mediaTypes;

/** For `<input accept>`. */
export const acceptedFiles = Object.entries(mediaTypes)
  .flatMap(([type, endings]) => [type, ...endings.map((ending) => `.${ending}`)])
  .join(",");

/** The type that a name claims by its ending, or null when such files are not taken. */
export function typeOfName(name: string): MediaType | null {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const found = Object.entries(mediaTypes).find(([, endings]) => (endings as readonly string[]).includes(ending));
  return (found?.[0] as MediaType | undefined) ?? null;
}

const latin1 = new TextDecoder("latin1");

/** Text in UTF-8, or in UTF-16 with its mark; null when it is no text. */
function textOf(bytes: Uint8Array): string | null {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  try {
    const text = new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes);
    return plain(text) ? text : null;
  } catch {
    // Older programs of the region write one byte a letter; any byte is a letter there, but no control sign is.
    const text = latin1.decode(bytes);
    return plain(text) ? text : null;
  }
}

function plain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for.
  return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text);
}

/** Names of members in a zip's central directory; empty when there is none. */
function zipMembers(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names: string[] = [];
  let end = bytes.length - 22;
  while (end >= Math.max(0, bytes.length - 65_557) && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return names;
  let at = view.getUint32(end + 16, true);
  const count = view.getUint16(end + 10, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return [];
    const length = view.getUint16(at + 28, true);
    names.push(latin1.decode(bytes.subarray(at + 46, at + 46 + length)));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
}

const begins = (bytes: Uint8Array, text: string, at = 0) =>
  [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));

/**
 * What a file is by its bytes, whatever its name says. A text is a table only when nothing in it reads as markup, so
 * that no page can be passed off as one.
 * @returns null for everything that may not be attached: programs, pages, workbooks with macros, other formats
 */
export function sniff(bytes: Uint8Array): MediaType | null {
  if (bytes.length < 4) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  if (bytes[0] === 0x89 && begins(bytes, "PNG\r\n", 1)) return "image/png";
  if (begins(bytes, "RIFF") && begins(bytes, "WEBP", 8)) return "image/webp";
  if (begins(bytes, "%PDF-")) return "application/pdf";
  if (begins(bytes, "PK\x03\x04")) {
    const members = zipMembers(bytes);
    const workbook = members.includes("[Content_Types].xml") && members.includes("xl/workbook.xml");
    const active = members.some(
      (name) => /vbaProject|\.bin$|activeX|externalLinks\//i.test(name) && !/printerSettings/.test(name),
    );
    return workbook && !active ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : null;
  }
  const text = textOf(bytes);
  if (text === null) return null;
  const head = text.replace(/^\ufeff/, "").trimStart();
  if (/^(<\?xml[^>]*\?>\s*)?(<!--[\s\S]{0,2000}?-->\s*)*<gpx[\s>]/.test(head)) {
    return /<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<script/i.test(text) ? null : "application/gpx+xml";
  }
  if (head.startsWith("<") || /<(!doctype|html|script|svg|iframe)\b/i.test(head.slice(0, 4096))) return null;
  return /[,;\t|]/.test(head) ? "text/csv" : null;
}
