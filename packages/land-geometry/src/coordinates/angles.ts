import { type Problem, type Result, refuse } from "../problem.ts";
import { type AngleToken, angleTokens, trimSeparators } from "./angle-tokens.ts";
import type { CoordinateFormat } from "./types.ts";

/** One angle as written. */
export interface WrittenAngle {
  /** Decimal degrees, negative for south and west. */
  readonly degrees: number;
  readonly letter: "N" | "S" | "E" | "W" | null;
  readonly format: Extract<CoordinateFormat, "decimal-degrees" | "degrees-minutes" | "degrees-minutes-seconds">;
  /** One unit of the last written place, degrees. */
  readonly resolutionDegrees: number;
}

const formats = ["decimal-degrees", "degrees-minutes", "degrees-minutes-seconds"] as const;
const marks = ["degree", "minute", "second"] as const;

/**
 * Reads one angle from its tokens: degrees, minutes and seconds with or without marks, a sign or a letter before or
 * after.
 */
export function readAngle(tokens: readonly AngleToken[]): Result<{ readonly angle: WrittenAngle }> {
  const unreadable = refuse("coordinate.unreadable");
  const letters = tokens.filter((token) => token.kind === "letter");
  const letter = letters[0]?.letter ?? null;
  const body = tokens.filter((token) => token.kind !== "letter");
  const letterAt = tokens.findIndex((token) => token.kind === "letter");
  if (letters.length > 1 || (letterAt > 0 && letterAt < tokens.length - 1)) return unreadable;

  const parts: Extract<AngleToken, { kind: "number" }>[] = [];
  for (let at = 0; at < body.length; ) {
    const number = body[at];
    if (number?.kind !== "number" || parts.length === 3) return unreadable;
    const after = body[at + 1];
    const isMark = after !== undefined && after.kind !== "number";
    // A colon may stand in for the degree and the minute sign, but not after the last number.
    const colon = after?.kind === "colon" && parts.length < 2 && at + 2 < body.length;
    if (isMark && !colon && after.kind !== marks[parts.length]) return unreadable;
    if (parts.length > 0 && number.sign !== "") return unreadable;
    parts.push(number);
    at += isMark ? 2 : 1;
  }
  const [degrees, minutes, seconds] = parts;
  if (!degrees) return unreadable;
  if (degrees.sign === "-" && letter !== null) return refuse("coordinate.sign-and-letter", { letter });
  if (parts.slice(0, -1).some((part) => part.decimals > 0)) return refuse("coordinate.fraction-not-last");
  if (minutes && minutes.value >= 60) return refuse("coordinate.minutes-over-59", { minutes: minutes.value });
  if (seconds && seconds.value >= 60) return refuse("coordinate.seconds-over-59", { seconds: seconds.value });

  const size = degrees.value + ((minutes?.value ?? 0) + (seconds?.value ?? 0) / 60) / 60;
  const negative = degrees.sign === "-" || letter === "S" || letter === "W";
  const last = parts[parts.length - 1] ?? degrees;
  return {
    ok: true,
    angle: {
      degrees: negative && size !== 0 ? -size : size,
      letter,
      format: formats[parts.length - 1] ?? "decimal-degrees",
      resolutionDegrees: 10 ** -last.decimals / 60 ** (parts.length - 1),
    },
  };
}

function cutInTwo(tokens: readonly AngleToken[]): readonly [readonly AngleToken[], readonly AngleToken[]] | Problem {
  const unreadable: Problem = { code: "coordinate.unreadable", params: {} };
  const at = (index: number) => [trimSeparators(tokens.slice(0, index)), trimSeparators(tokens.slice(index))] as const;
  const indices = (kind: AngleToken["kind"]) => tokens.flatMap((token, index) => (token.kind === kind ? [index] : []));

  const letters = indices("letter");
  const numbers = indices("number");
  if (letters.length > 2) return unreadable;
  if (letters.length === 2) return at(letters[0] === 0 ? (letters[1] ?? 0) : (letters[0] ?? 0) + 1);
  const separators = indices("separator");
  if (separators.length > 1) return unreadable;
  if (separators.length === 1) return at(separators[0] ?? 0);
  if (letters.length === 1 || numbers.length === 1) return { code: "coordinate.one-axis-missing", params: {} };

  const degreeSigns = indices("degree");
  if (degreeSigns.length === 2) return at((degreeSigns[1] ?? 1) - 1);
  const colons = indices("colon");
  if (colons.length > 0) {
    const gaps = numbers.filter((index, order) => order > 0 && tokens[index - 1]?.kind === "number");
    return gaps.length === 1 ? at(gaps[0] ?? 0) : unreadable;
  }
  if (numbers.length === tokens.length && [2, 4, 6].includes(numbers.length)) return at(numbers.length / 2);
  return unreadable;
}

/** Two angles told apart. */
export interface WrittenPair {
  readonly lat: WrittenAngle;
  readonly lon: WrittenAngle;
  /** The finer of the two ways of writing, should they differ. */
  readonly format: WrittenAngle["format"];
}

/**
 * Reads a latitude and a longitude from one text.
 * @param text plain characters, see `plainCharacters`
 * @param order which unlabelled angle comes first; when left out latitude comes first, unless only the other order is
 * possible because the first angle is beyond 90 degrees
 */
export function readAnglePair(
  text: string,
  order: "lat-lon" | "lon-lat" | undefined,
): Result<{ readonly pair: WrittenPair }> {
  const tokens = angleTokens(text);
  if (!tokens) return refuse("coordinate.unreadable", { text });
  const halves = cutInTwo(tokens);
  if ("code" in halves) return refuse(halves.code, { text });
  const first = readAngle(halves[0]);
  if (!first.ok) return refuse(first.problem.code, { text, ...first.problem.params });
  const second = readAngle(halves[1]);
  if (!second.ok) return refuse(second.problem.code, { text, ...second.problem.params });
  const labelled = labelledOrder(text);
  if (labelled && order && labelled !== order) return refuse("coordinate.axis-reversed", { order });
  return toldApart(first.angle, second.angle, labelled ?? order);
}

/** The order that the words latitude and longitude, or their short forms, stand in; undefined without both. */
function labelledOrder(text: string): "lat-lon" | "lon-lat" | undefined {
  const lat = text.search(/lat|vĩ độ/iu);
  const lon = text.search(/lon|lng|kinh độ/iu);
  if (lat < 0 || lon < 0) return undefined;
  return lat < lon ? "lat-lon" : "lon-lat";
}

function toldApart(
  first: WrittenAngle,
  second: WrittenAngle,
  order: "lat-lon" | "lon-lat" | undefined,
): Result<{ readonly pair: WrittenPair }> {
  const axis = ({ letter }: WrittenAngle) =>
    letter === null ? null : letter === "N" || letter === "S" ? "lat" : "lon";
  const [a, b] = [axis(first), axis(second)];
  if (a !== null && a === b) return refuse("coordinate.axis-repeated", { axis: a });
  const onlyLonFirst = Math.abs(first.degrees) > 90 && Math.abs(second.degrees) <= 90;
  const lonFirst =
    a === "lon" || b === "lat" || (a === null && b === null && (order ? order === "lon-lat" : onlyLonFirst));
  if (order !== undefined && lonFirst !== (order === "lon-lat")) return refuse("coordinate.axis-reversed", { order });
  const [lat, lon] = lonFirst ? [second, first] : [first, second];
  if (Math.abs(lat.degrees) > 90) return refuse("coordinate.latitude-over-90", { latitude: lat.degrees });
  if (Math.abs(lon.degrees) > 180) return refuse("coordinate.longitude-over-180", { longitude: lon.degrees });
  const format = formats[Math.max(formats.indexOf(lat.format), formats.indexOf(lon.format))] ?? lat.format;
  return { ok: true, pair: { lat, lon, format } };
}
