import { sql } from "kysely";
import { fields } from "../contract/fields.ts";
import { positionFields } from "../contract/position.ts";
import { recordRoutes } from "../contract/record-routes.ts";
import { type RecordValues, recordType } from "../contract/record-type.ts";
import type { Database } from "../database/types.ts";
import { newId } from "../kernel/ids.ts";
import { dateChecks } from "./checks.ts";
import type { RecordDefinition } from "./definition.ts";
import { registerReference } from "./references.ts";

/** A record type for tests of the engine: every kind of field, and fields at three levels. */
export const thing = recordType({
  name: "test.thing",
  titleField: "code",
  dateField: "happenedOn",
  geometryField: "geometry",
  fields: {
    code: fields.text("public", { required: true, column: true, filter: true }),
    names: fields.names("public"),
    kind: fields.code("public", "thing-kind", { required: true, filter: true }),
    marks: fields.codes("public", "thing-mark", { filter: true }),
    happenedOn: fields.date("public", { filter: true }),
    weight: fields.number("public", { filter: true, min: 0, max: 1000 }),
    size: fields.integer("public", { filter: true, min: 0 }),
    double: fields.integer("public", { derived: true }),
    checked: fields.boolean("public", { filter: true }),
    organisation: fields.organisation("public", { filter: true }),
    unit: fields.unit("public", { filter: true }),
    twin: fields.record("restricted", "test.thing"),
    ...positionFields("restricted", ["Point", "Polygon"]),
    secret: fields.text("confidential", { filter: true, maxLength: 40 }),
    rank: fields.integer("confidential", { filter: true }),
    person: fields.text("strictly-confidential"),
  },
});

/** The engine's view of a thing: `double` is derived from `size`; a code `bad` is an error. */
export const thingDefinition: RecordDefinition = {
  type: thing,
  table: "test_thing",
  searchFields: ["code", "names"],
  codePrefix: "THG",
  defaultLevel: 1,
  derive: ({ size }) => ({ double: typeof size === "number" ? size * 2 : null }),
  check: (values: RecordValues, now) => [
    ...dateChecks(values, now, ["happenedOn"]),
    ...(values.kind === "bad"
      ? [{ check: "thing-bad", severity: "error" as const, field: "kind", params: { kind: "bad" } }]
      : []),
  ],
};

export const thingRights = { "things.read": "everyone", "things.correct": "editors" } as const;
export const thingRoutes = recordRoutes(thing, "/api/things", { read: "things.read", correct: "things.correct" });

/** Makes the table of things in a test's database. */
export async function createThings(db: Database): Promise<void> {
  registerReference("unit", "places.unit", "places_name");
  registerReference("test.thing", "test.thing", "test_thing_name");
  await db.executeSql(`create table test_thing (
    country text not null, id uuid not null, revision integer not null, code text not null, names jsonb, kind text not null,
    marks text[], happened_on date, weight double precision, size integer, double integer, checked boolean,
    organisation uuid, unit uuid, twin uuid, geometry geometry(Geometry, 4326), tile_shape text, tile_levels text[], tile_size integer,
    coordinates_as_typed text, coordinate_format text, datum text, datum_operation text, fixed_by text,
    accuracy_metres double precision, secret text, rank integer, person text, search text not null,
    sensitivity smallint not null, withdrawn boolean not null, sample boolean not null, import_id uuid, source_key text,
    recorded_at timestamptz not null, primary key (country, id))`);
  await db.executeSql("create unique index test_thing_code on test_thing (country, code) where not withdrawn");
  await db.executeSql(
    "create view test_thing_name with (security_invoker = true) as select country, id, code, names from test_thing",
  );
  await db.executeSql("grant select on test_thing_name to santi_app");
  await db.executeSql("select santi_protect('test_thing', true)");
}

/** Makes a unit by SQL, with a parent when one is given. @returns its id */
export async function aUnit(
  db: Database,
  country: string,
  code: string,
  level: number,
  parent: string | null = null,
): Promise<string> {
  const id = newId();
  await sql`insert into places_unit (country, id, revision, code, names, level, parent, sensitivity, recorded_at)
    values (${country}, ${id}, 1, ${code}, ${JSON.stringify({ en: code })}::jsonb, ${level}, ${parent}, 0, now())`.execute(
    db.owner,
  );
  return id;
}
