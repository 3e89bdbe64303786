import { expect, test } from "vitest";
import { fields } from "../../contract/fields.ts";
import { recordType } from "../../contract/record-type.ts";
import { initialValues } from "./initial-values.ts";

const well = recordType({
  name: "water.well",
  titleField: "code",
  fields: {
    code: fields.text("public"),
    depth: fields.integer("public"),
    total: fields.integer("public", { derived: true }),
  },
});

test("a form starts with what the address brings, in the field's kind, and with nothing that people cannot fill in", () => {
  const search = {
    "value.code": "W1",
    "value.depth": "12",
    "value.total": "3",
    "value.evil": "x",
    code: "W2",
    country: "KHM",
  };
  expect(initialValues(well, search)).toEqual({ code: "W1", depth: 12 });
  expect(initialValues(well, { "value.depth": "deep", "value.code": "" })).toEqual({});
});
