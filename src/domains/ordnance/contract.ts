import { fields } from "../../platform/contract/fields.ts";
import { positionFields } from "../../platform/contract/position.ts";
import { recordRoutes } from "../../platform/contract/record-routes.ts";
import { recordType } from "../../platform/contract/record-type.ts";

/** Explosive items found together: same place, day, category and model. */
export const find = recordType({
  name: "ordnance.find",
  titleField: "code",
  dateField: "foundOn",
  geometryField: "geometry",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    foundOn: fields.date("public", { column: true, filter: true }),
    foundOnPrecision: fields.code("public", "date-precision"),
    category: fields.code("public", "ordnance-category", { required: true, column: true, filter: true }),
    model: fields.text("public", { column: true, maxLength: 200 }),
    quantity: fields.integer("public", { required: true, column: true, min: 1, max: 10_000_000 }),
    condition: fields.code("public", "ordnance-condition"),
    depthCentimetres: fields.number("public", { min: 0, max: 5000 }),
    context: fields.code("public", "find-context", { filter: true }),
    disposal: fields.code("public", "disposal-method"),
    disposedOn: fields.date("public"),
    organisation: fields.organisation("public", { column: true, filter: true }),
    area: fields.record("restricted", "land.area", { filter: true }),
    unit: fields.unit("public", { column: true, filter: true }),
    ...positionFields("restricted", ["Point"]),
    notes: fields.longText("restricted"),
    source: fields.text("restricted"),
  },
});

/** Something that happened with explosive ordnance and hurt nobody: a clearance in the field, a seizure, a suspicion. */
export const event = recordType({
  name: "ordnance.event",
  titleField: "code",
  dateField: "occurredOn",
  geometryField: "geometry",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    occurredOn: fields.date("public", { column: true, filter: true }),
    occurredOnPrecision: fields.code("public", "date-precision"),
    type: fields.code("public", "event-type", { required: true, column: true, filter: true }),
    category: fields.code("public", "ordnance-category", { filter: true }),
    areaType: fields.code("public", "area-type"),
    organisation: fields.organisation("public", { filter: true }),
    unit: fields.unit("public", { column: true, filter: true }),
    unitAsWritten: fields.text("public"),
    ...positionFields("restricted", ["Point"]),
    notes: fields.longText("restricted"),
    source: fields.text("restricted"),
  },
});

export const rights = { "ordnance.read": "everyone", "ordnance.correct": "editors" } as const;

export const findRoutes = recordRoutes(find, "/api/ordnance/finds", {
  read: "ordnance.read",
  correct: "ordnance.correct",
});
export const eventRoutes = recordRoutes(event, "/api/ordnance/events", {
  read: "ordnance.read",
  correct: "ordnance.correct",
});
