import { z } from "zod";
import { fields } from "../../platform/contract/fields.ts";
import { recordRoutes } from "../../platform/contract/record-routes.ts";
import { recordType } from "../../platform/contract/record-type.ts";
import { route } from "../../platform/contract/route.ts";

/** An administrative unit of any depth: level 0 is the country. Units have validity dates because boundaries change. */
export const unit = recordType({
  name: "places.unit",
  titleField: "code",
  dateField: "validFrom",
  geometryField: "geometry",
  fields: {
    /** P-code or the country's own code, unique in the country among units of the same validity. */
    code: fields.text("public", { required: true, column: true, maxLength: 40 }),
    names: fields.names("public", { required: true, column: true }),
    level: fields.integer("public", { required: true, column: true, filter: true, min: 0, max: 9 }),
    /** What the unit is called in the country: province, ស្រុក, phường. */
    kindNames: fields.names("public"),
    parent: fields.unit("public", { column: true, filter: true }),
    validFrom: fields.date("public", { column: true }),
    validTo: fields.date("public", { column: true }),
    geometry: fields.geometry("public", ["Point", "Polygon", "MultiPolygon"]),
    /** Geodesic, from the geometry. */
    areaSquareMetres: fields.integer("public", { derived: true, column: true, min: 0 }),
    /** As the country states it. */
    officialSquareMetres: fields.integer("public", { min: 0 }),
    source: fields.text("public"),
  },
});

export const rights = { "places.read": "open", "places.correct": "managers" } as const;

const unitRoutes = recordRoutes(unit, "/api/places/units", { read: "places.read", correct: "places.correct" });

export const countryOutput = z.object({
  code: z.string(),
  names: z.record(z.string(), z.string()),
  bounds: z.array(z.number()).nullable(),
  /** Whether this node keeps records of the country. */
  active: z.boolean(),
});

export const routes = {
  ...unitRoutes,
  countries: route({
    method: "GET",
    path: "/api/places/countries",
    summary: "places.routes.countries",
    right: "places.read",
    output: z.object({ items: z.array(countryOutput) }),
  }),
  /** The units that contain a point, from the country down, on a date. */
  at: route({
    method: "GET",
    path: "/api/places/at",
    summary: "places.routes.at",
    right: "places.read",
    query: z.object({
      longitude: z.coerce.number().min(-180).max(180),
      latitude: z.coerce.number().min(-90).max(90),
      on: z.iso.date().optional(),
    }),
    output: z.object({
      country: z.string().nullable(),
      units: z.array(
        z.object({ id: z.uuid(), code: z.string(), level: z.int(), names: z.record(z.string(), z.string()) }),
      ),
    }),
  }),
  /** What became of a unit: the units it came from and the units that followed it, with shares of area. */
  crosswalk: route({
    method: "GET",
    path: "/api/places/units/{country}/{id}/crosswalk",
    summary: "places.routes.crosswalk",
    right: "places.read",
    params: z.object({ country: z.string(), id: z.uuid() }),
    output: z.object({
      predecessors: z.array(
        z.object({
          id: z.uuid(),
          code: z.string(),
          names: z.record(z.string(), z.string()),
          share: z.number().nullable(),
        }),
      ),
      successors: z.array(
        z.object({
          id: z.uuid(),
          code: z.string(),
          names: z.record(z.string(), z.string()),
          share: z.number().nullable(),
        }),
      ),
    }),
  }),
};
