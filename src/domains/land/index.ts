import { areaSquareMetres } from "@santi/land-geometry";
import type { Geometry } from "geojson";
import { implement } from "../../platform/http/handler.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { registerReference } from "../../platform/records/references.ts";
import { checkArea } from "./checks.ts";
import { area, rights, routes } from "./contract.ts";

registerReference("land.area", "land.area", "land_area_name");

/** Hazardous areas in the generic record engine. */
export const areaDefinition: RecordDefinition = {
  type: area,
  table: "land_area",
  searchFields: ["code", "name"],
  codePrefix: "HA",
  defaultLevel: 1,
  derive(values) {
    const geometry = values.geometry as Geometry | undefined;
    const hasArea = geometry?.type === "Polygon" || geometry?.type === "MultiPolygon";
    return { areaSquareMetres: hasArea ? areaSquareMetres(geometry) : null };
  },
  check: checkArea,
};

/** The routes of the domain with their handlers. */
export const implementation = implement(
  routes,
  recordHandlers(areaDefinition, { read: "land.read", correct: "land.correct" }),
);
export { rights };
