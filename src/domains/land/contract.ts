import { fields } from "../../platform/contract/fields.ts";
import { positionFields } from "../../platform/contract/position.ts";
import { recordRoutes } from "../../platform/contract/record-routes.ts";
import { recordType } from "../../platform/contract/record-type.ts";

/** A hazardous area, suspected or confirmed, from its first indication to its release. */
export const area = recordType({
  name: "land.area",
  titleField: "code",
  dateField: "identifiedOn",
  geometryField: "geometry",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    name: fields.text("public", { column: true }),
    areaClass: fields.code("public", "area-class", { required: true, column: true, filter: true }),
    status: fields.code("public", "area-status", { required: true, column: true, filter: true }),
    contamination: fields.codes("public", "contamination-type", { column: true, filter: true }),
    evidence: fields.code("public", "area-evidence"),
    identifiedOn: fields.date("public", { column: true, filter: true }),
    identifiedOnPrecision: fields.code("public", "date-precision"),
    closedOn: fields.date("public", { filter: true }),
    closureReason: fields.code("public", "closure-reason"),
    /** Geodesic area of the geometry in whole square metres; empty for a point. */
    areaSquareMetres: fields.integer("public", { derived: true, column: true, min: 0 }),
    /** The area as somebody stated it; never used in a sum beside the geometry's. */
    reportedSquareMetres: fields.integer("public", { min: 0 }),
    organisation: fields.organisation("public", { filter: true }),
    unit: fields.unit("public", { column: true, filter: true }),
    unitAsWritten: fields.text("public"),
    ...positionFields("restricted", ["Point", "Polygon", "MultiPolygon"]),
    landUse: fields.text("public"),
    notes: fields.longText("restricted"),
    source: fields.text("restricted"),
  },
});

export const rights = { "land.read": "everyone", "land.correct": "editors", "land.attach": "reporters" } as const;

export const routes = recordRoutes(area, "/api/land/areas", { read: "land.read", correct: "land.correct" });
