import { checkDefaultPoint, checkPlace, type Region } from "@santi/land-geometry";
import type { Geometry, Position } from "geojson";
import { type Check, type CheckedReport, error, warning } from "./finding.ts";
import { boxOf, isEmpty } from "./ground.ts";
import type { ReportFinding } from "./state.ts";

/** The border of a country is generalised: up to so many metres beyond it nothing is said. */
const silentMetres = 2000;
/** Up to here a warning is enough; beyond, the position cannot be true. */
const toleranceMetres = 10_000;

type Placed = Exclude<Geometry, { type: "GeometryCollection" }>;
type Box = ReturnType<typeof boxOf>;

export interface Place {
  geometry: Placed;
  field: string;
  part: string | null;
}

const point = (position: Position): Placed => ({ type: "Point", coordinates: position.slice(0, 2) });

/** Everything of a report that has a position: its polygons, where the activity was, and what was found. */
function placesIn({ body }: Pick<CheckedReport, "body">): Place[] {
  return [
    ...body.parts.flatMap(({ id, geometry }): Place[] =>
      geometry && !isEmpty(geometry) ? [{ geometry, field: "geometry", part: id }] : [],
    ),
    ...(body.place ? [{ geometry: point(body.place), field: "place", part: null }] : []),
    ...body.devices.flatMap((device): Place[] =>
      device.point ? [{ geometry: point(device.point), field: "devices", part: null }] : [],
    ),
  ];
}

/** The boxes in degrees around everything of a report that has a position. */
export function boxesIn(report: Pick<CheckedReport, "body">): Box[] {
  return placesIn(report).map(({ geometry }) => {
    if (geometry.type === "Polygon" || geometry.type === "MultiPolygon") return boxOf(geometry);
    const [x = 0, y = 0] = geometry.coordinates as Position;
    return [x, y, x, y];
  });
}

/** What is said of a place that is not in the country: with the one slip that would explain it, where there is one. */
export function misplaced({ geometry, field, part }: Place, region: Region): ReportFinding | null {
  const [nowhere] = checkDefaultPoint(geometry);
  if (nowhere) return error(nowhere.check, field, { name: String(nowhere.params.name) }, part);
  const outside = checkPlace(geometry, { region, toleranceMetres });
  const slips = outside.filter(({ suggestion }) => suggestion);
  const metres = (finding: (typeof outside)[number] | undefined) => Math.round(Number(finding?.params.metres ?? 0));
  if (outside.length > 0)
    return error(
      slips.length === 1 && slips[0] ? slips[0].check : "place.outside-region",
      field,
      { metres: metres(outside[0]) },
      part,
    );
  const [beside] = checkPlace(geometry, { region, toleranceMetres: silentMetres });
  return beside ? warning("near-border", field, { metres: metres(beside) }, part) : null;
}

/** Polygons, the place of the activity and devices lie in the country. */
export const inCountry: Check = (report, { land }) => {
  if (!land) return [];
  const said = new Set<string>();
  return placesIn(report).flatMap((place) => {
    const finding = misplaced(place, land);
    // Of a hundred devices that lie wrong alike, one is enough.
    const key = finding ? `${finding.check} ${finding.field} ${finding.part}` : "";
    if (!finding || said.has(key)) return [];
    said.add(key);
    // What is taken over from records was judged when these came in, and must not be kept out of the ledger by one.
    return [report.type === "opening-balance" ? { ...finding, severity: "warning" as const } : finding];
  });
};
