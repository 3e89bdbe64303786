/** PostgreSQL type numbers whose text form both drivers turn into the same JavaScript value. */
const parsers: Record<number, (text: string) => unknown> = {
  16: (text) => text === "t" || text === "true",
  17: (text) => Buffer.from(text.slice(2), "hex"),
  20: (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`);
    return value;
  },
  21: Number,
  23: Number,
  700: Number,
  701: Number,
  1700: Number,
  1082: (text) => text,
  1114: (text) => `${text.replace(" ", "T")}Z`,
  1184: (text) => timestamp(text),
};

/** `2026-11-23 05:10:11.123+00` to ISO 8601 in UTC with milliseconds. */
function timestamp(text: string): string {
  const iso = text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

/** Parsers by type number, for PGlite. */
export const valueParsers: Readonly<Record<number, (text: string) => unknown>> = parsers;

/** A type table in the form that `pg` takes: ours where we have one, the driver's otherwise. */
export function pgTypes(fallback: {
  getTypeParser: (oid: number, format?: "text" | "binary") => (value: string) => unknown;
}): {
  getTypeParser: (oid: number, format?: "text" | "binary") => (value: string) => unknown;
} {
  return {
    getTypeParser: (oid, format) =>
      format !== "binary" && parsers[oid] ? parsers[oid] : fallback.getTypeParser(oid, format),
  };
}
