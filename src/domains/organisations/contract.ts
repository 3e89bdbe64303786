import { fields } from "../../platform/contract/fields.ts";
import { recordRoutes } from "../../platform/contract/record-routes.ts";
import { recordType } from "../../platform/contract/record-type.ts";

/** An organisation that works in mine action or serves survivors in one country. */
export const organisation = recordType({
  name: "organisations.organisation",
  titleField: "code",
  dateField: "accreditedFrom",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    names: fields.names("public", { required: true, column: true }),
    type: fields.code("public", "organisation-type", { required: true, column: true, filter: true }),
    activities: fields.codes("public", "organisation-activity", { column: true, filter: true }),
    accreditation: fields.text("public", { maxLength: 200 }),
    accreditedFrom: fields.date("public", { column: true }),
    accreditedTo: fields.date("public", { column: true }),
    suspended: fields.boolean("public"),
    contact: fields.text("restricted"),
    notes: fields.longText("restricted"),
  },
});

export const rights = { "organisations.read": "everyone", "organisations.correct": "managers" } as const;

export const routes = recordRoutes(organisation, "/api/organisations", {
  read: "organisations.read",
  correct: "organisations.correct",
});
