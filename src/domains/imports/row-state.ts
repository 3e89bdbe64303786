import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "../../platform/kernel/canonical-json.ts";
import { mappedText } from "./cells.ts";
import { type Profile, type Route, routeChooser } from "./profile.ts";
import type { PlacedRow } from "./sources.ts";
import { createTally, type Tally } from "./tally.ts";
import { keyOf, type PreparedRoute } from "./transform.ts";

/** A row with its identity within the run and in the database. */
export interface IdentifiedRow extends PlacedRow {
  /** Null for a row that no part of the profile foresees, or that could not be read. */
  prepared: PreparedRoute | null;
  /** Value of the key field; null when the profile has none or the cell is empty. */
  key: string | null;
  sourceKey: string;
  /** How many rows of this content there were so far, this one counted. */
  occurrence: number;
  /** Row number of the first of them. */
  firstSame: number;
  /** Whether the key was met before in the run: in the same file, in another, or not. */
  keyMet: "no" | "same-file" | "other-file";
  /** The place (and exact day) as text, for finding duplicates; null without a position. */
  place: string | null;
}

/** What a run remembers of the rows before; at some 16 bytes a row and list. */
export interface RowState {
  identify(placed: PlacedRow): IdentifiedRow;
  /** Rows at a place so far. */
  countAt(place: string): number;
}

function placeOf(placed: PlacedRow, prepared: PreparedRoute): string | null {
  const { position } = prepared.route;
  if (!position) return null;
  const { row } = placed;
  if (position.kind === "geometry") return row.geometry ? JSON.stringify(row.geometry) : null;
  const cells = [position.column, position.first, position.second, position.zoneColumn].map((name) =>
    name ? String(row.fields[name] ?? "").trim() : "",
  );
  return cells.every((cell) => cell === "") ? null : cells.join("|");
}

/**
 * Gives every row of a run its identity. Rows are known by their key, or by their content and by which of several rows
 * of the same content they are, counted over all files of the run: so importing the same files again meets the same
 * records, and rows that are the same are different records.
 * @param prepare joins a part of the profile with its record type
 */
export function createRowState(profile: Profile, prepare: (route: Route) => PreparedRoute): RowState {
  const choose = routeChooser(profile);
  const contents: Tally = createTally();
  const keys: Tally = createTally();
  const keysInFile: Tally = createTally();
  const places: Tally = createTally();
  // The chooser answers the same object for the same part, so that each is joined once.
  const known = new Map<Route, PreparedRoute>();
  const joined = (route: Route): PreparedRoute => {
    const part = known.get(route) ?? prepare(route);
    known.set(route, part);
    return part;
  };
  /** Two units of one code and different first days are different units. */
  const validity = (part: PreparedRoute, fields: PlacedRow["row"]["fields"]): string => {
    const column = part.columns.find(({ name }) => name === "validFrom");
    const text = column ? mappedText(column.mapping, fields) : null;
    return text === null ? "" : `@${text}`;
  };
  return {
    identify(placed) {
      const { row, file, layer } = placed;
      const content = canonicalJson([row.fields, (row.geometry ?? null) as unknown as Json]);
      const digest = createHash("sha256").update(content).digest("hex");
      const { count, first } = contents.add(digest, row.number);
      const occurrence = profile.identical === "same" ? 1 : count;
      const route = row.problem ? null : choose(row.fields, layer);
      const part = route ? joined(route) : null;
      const key = part?.key ? keyOf(part, row.fields) : null;
      const version = part && key !== null ? validity(part, row.fields) : "";
      let keyMet: IdentifiedRow["keyMet"] = "no";
      if (key !== null && part) {
        const name = `${part.definition.type.name} ${key}${version}`;
        const inFile = keysInFile.add(`${file} ${name}`, row.number).count;
        keyMet = inFile > 1 ? "same-file" : keys.add(name, row.number).count > 1 ? "other-file" : "no";
      }
      const place = part ? placeOf(placed, part) : null;
      if (place !== null) places.add(place, row.number);
      const sourceKey = key === null ? `${profile.id}:${digest}#${occurrence}` : `${profile.id}:key:${key}${version}`;
      return { ...placed, prepared: part, key, sourceKey, occurrence: count, firstSame: first, keyMet, place };
    },
    countAt: (place) => places.count(place),
  };
}
