import { fields } from "../../platform/contract/fields.ts";
import { positionFields } from "../../platform/contract/position.ts";
import { recordRoutes } from "../../platform/contract/record-routes.ts";
import { recordType } from "../../platform/contract/record-type.ts";

const count = { min: 0, max: 10_000 };

/** An accident with explosive ordnance. One accident may have many casualties; the counts here are not people. */
export const accident = recordType({
  name: "accidents.accident",
  titleField: "code",
  dateField: "occurredOn",
  geometryField: "geometry",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    occurredOn: fields.date("public", { column: true, filter: true }),
    occurredOnPrecision: fields.code("public", "date-precision"),
    accidentClass: fields.code("public", "accident-class", { filter: true }),
    device: fields.code("public", "ordnance-category", { column: true, filter: true }),
    deviceModel: fields.text("public", { maxLength: 200 }),
    cause: fields.code("public", "accident-cause", { filter: true }),
    activity: fields.code("public", "accident-activity", { column: true, filter: true }),
    areaMarked: fields.boolean("public"),
    areaType: fields.code("public", "area-type"),
    killed: fields.integer("restricted", { ...count, column: true }),
    injured: fields.integer("restricted", { ...count, column: true }),
    amputated: fields.integer("restricted", count),
    outcomeUnknown: fields.integer("restricted", count),
    unit: fields.unit("public", { column: true, filter: true }),
    unitAsWritten: fields.text("public"),
    area: fields.record("restricted", "land.area"),
    ...positionFields("restricted", ["Point"]),
    organisation: fields.organisation("public", { filter: true }),
    description: fields.longText("confidential"),
    informant: fields.text("strictly-confidential"),
    source: fields.text("restricted"),
  },
});

export const rights = { "accidents.read": "everyone", "accidents.correct": "editors" } as const;

export const routes = recordRoutes(accident, "/api/accidents", {
  read: "accidents.read",
  correct: "accidents.correct",
});
