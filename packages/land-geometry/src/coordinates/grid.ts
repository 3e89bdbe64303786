import { type Result, refuse } from "../problem.ts";
import { readNumber } from "./characters.ts";

/** Eastings and northings as written, with whatever zone stands beside them. */
export interface WrittenGrid {
  readonly easting: number;
  readonly northing: number;
  /** One unit of the last written place, metres. */
  readonly resolutionMetres: number;
  readonly zoneNumber: number | null;
  /** N or S for the hemisphere, or another letter for the latitude band. */
  readonly zoneLetter: string | null;
}

const zoneText = String.raw`(?:utm\s*)?(?:zone\s*|múi\s*)?\(?(\d{1,2})\s*([c-hj-np-x])?\)?`;
const leadingZone = new RegExp(`^${zoneText}(?:\\s*[,;:]\\s*|\\s+|(?<=[a-z)])(?=\\d))(?=[a-z=:\\s]*\\d)`, "iu");
const trailingZone = new RegExp(`[,;\\s]+${zoneText}$`, "iu");

/**
 * Whether a text of plain characters looks like eastings and northings: one of its numbers has five or more figures
 * before the decimal mark, or is cut in three groups of thousands. Angles never do.
 */
export function looksLikeGrid(text: string): boolean {
  if (/[°"]|'(?!\d{3})/.test(text)) return false;
  return (text.match(/\d[\d.,']*/g) ?? []).some(
    (number) => /^\d{5,}/.test(number) || /^\d{1,3}([.,'])\d{3}\1\d{3}(?!\1?\d)/.test(number),
  );
}

function readGridNumber(
  text: string,
  dotsGroup: boolean,
): { readonly value: number; readonly decimals: number } | null {
  if (/^[+-]?\d{1,3}([,'])\d{3}(?:\1\d{3})*(?:\.\d+)?$/.test(text)) return readNumber(text.replace(/[,']/g, ""));
  if (/^[+-]?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$/.test(text) || (dotsGroup && /^\d{1,3}\.\d{3}(?:,\d+)?$/.test(text))) {
    return readNumber(text.replace(/\./g, "").replace(",", "."));
  }
  return readNumber(text);
}

type Axis = "easting" | "northing" | null;

function axisOf(label: string | undefined): Axis {
  const letter = /[en]/i.exec((label ?? "").replace(/^m\s*/i, ""))?.[0]?.toLowerCase();
  return letter === "e" ? "easting" : letter === "n" ? "northing" : null;
}

function withoutZone(text: string): {
  readonly rest: string;
  readonly number: number | null;
  readonly letter: string | null;
} {
  for (const pattern of [leadingZone, trailingZone]) {
    const match = pattern.exec(text);
    const rest = match ? text.replace(pattern, "").trim() : "";
    // "12 34567" is no zone with one number: a zone is only taken off when two numbers remain.
    if (match && (rest.match(/\d[\d.,']*/g)?.length ?? 0) >= (rest.includes(",") ? 1 : 2)) {
      return { rest, number: Number(match[1]), letter: match[2]?.toUpperCase() ?? null };
    }
  }
  return { rest: text, number: null, letter: null };
}

/**
 * Reads eastings and northings with or without a zone, letters and thousands separators.
 *
 * The letters X and Y decide nothing, because in Viet Nam X is the northing. Without labels the easting is taken to
 * come first, unless the first number is too large for an easting and the second is not.
 * @param text plain characters, see `plainCharacters`
 * @param order "lat-lon" means northing first, "lon-lat" easting first
 */
export function readGrid(
  text: string,
  order: "lat-lon" | "lon-lat" | undefined,
): Result<{ readonly grid: WrittenGrid }> {
  const unreadable = refuse("coordinate.unreadable", { text });
  const zone = withoutZone(text);
  let rest = zone.rest;
  if (/^[^,\s;]*\d,\d[^,\s;]*$/.test(rest) && /\d{5,}/.test(rest)) rest = rest.replace(",", " ");
  // Commas, semicolons and slashes between numbers; a comma inside a number keeps its figures close on both sides.
  rest = rest.replace(/,(?!\d)|(?<!\d),|[;/|]/g, " ").replace(/[=:]/g, " ");

  const item =
    /\s*(?:(easting|northing|east|north|m\s?e|m\s?n|e|n|x|y)\.?\s*)?([+-]?\d[\d.,']*)\s*(?:(m\s?e|m\s?n|e|n|m)(?![a-z]))?\s*/giu;
  const items = [...rest.matchAll(item)];
  if (items.length !== 2 || items.reduce((length, match) => length + match[0].length, 0) !== rest.length)
    return unreadable;
  const [one, two] = items;
  const dotsGroup = items.some((match) => /^\d{1,3}(?:\.\d{3}){2,}/.test(match[2] ?? ""));
  const first = readGridNumber(one?.[2] ?? "", dotsGroup);
  const second = readGridNumber(two?.[2] ?? "", dotsGroup);
  if (!first || !second) return unreadable;

  const firstAxis = axisOf(one?.[1]) ?? axisOf(one?.[3]);
  const secondAxis = axisOf(two?.[1]) ?? axisOf(two?.[3]);
  if (firstAxis !== null && firstAxis === secondAxis) return refuse("coordinate.axis-repeated", { axis: firstAxis });
  const isEasting = (value: number) => value >= 100_000 && value < 900_000;
  const northingFirst =
    firstAxis === "northing" ||
    secondAxis === "easting" ||
    (firstAxis === null &&
      secondAxis === null &&
      (order ? order === "lat-lon" : !isEasting(first.value) && isEasting(second.value)));
  const [easting, northing] = northingFirst ? [second, first] : [first, second];
  return {
    ok: true,
    grid: {
      easting: easting.value,
      northing: northing.value,
      resolutionMetres: 10 ** -Math.min(easting.decimals, northing.decimals),
      zoneNumber: zone.number,
      zoneLetter: zone.letter,
    },
  };
}
