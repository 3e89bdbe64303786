import { areaSquareMetres } from "@santi/land-geometry";
import type { Geometry } from "geojson";
import { implement } from "../../platform/http/handler.ts";
import { watchCreations } from "../../platform/records/actions.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { registerReference } from "../../platform/records/references.ts";
import { rights, routes, unit } from "./contract.ts";
import { activateCountries, crosswalkOf, listCountries, unitsAt } from "./store.ts";

registerReference("unit", "places.unit", "places_name");
// With its first record, of whatever kind and by whatever way, a country is one that everybody may choose.
watchCreations(activateCountries);

/** Administrative units in the generic record engine. */
export const unitDefinition: RecordDefinition = {
  type: unit,
  table: "places_unit",
  searchFields: ["code", "names"],
  codePrefix: "UNIT",
  defaultLevel: 0,
  derive(values) {
    const geometry = values.geometry as Geometry | undefined;
    const hasArea = geometry?.type === "Polygon" || geometry?.type === "MultiPolygon";
    return { areaSquareMetres: hasArea ? areaSquareMetres(geometry) : null };
  },
  check: (values, now) => dateChecks(values, now, [], [["validFrom", "validTo"]]),
};

/** The routes of the domain with their handlers. */
export const implementation = implement(routes, {
  ...recordHandlers(unitDefinition, { read: "places.read", correct: "places.correct" }),
  async countries(context) {
    return { items: await listCountries(context.tx) };
  },
  at: (context, { query }) => unitsAt(context.tx, query.longitude, query.latitude, query.on ?? null),
  crosswalk: (context, { params }) => crosswalkOf(context.tx, params.country, params.id),
});
export { liesInCountry } from "./border-store.ts";
export {
  type GazetteerUnit,
  hasUnitBorders,
  listGazetteer,
  type MisplacedPoint,
  pointsOutsideUnit,
} from "./gazetteer.ts";
export { linkFormerUnits, type Succession } from "./gazetteer-succession.ts";
export { firstLevelUnits, unitAround } from "./level-store.ts";
export { addCrosswalk, countryBoundary } from "./store.ts";
export { rights };
