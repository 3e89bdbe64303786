import { z } from "zod";
import { route } from "../../platform/contract/route.ts";
import { areaClasses, areaStatuses } from "../land/model.ts";

const day = z.iso.date();
const place = z.int().min(0).nullable();
const squareMetres = z.int();

/**
 * What the map of a country showed on any day, in one answer, so that days can be gone through without asking again:
 * `stateOn`, `figuresOn` and `decodeShape` of `model-replay.ts` read it.
 */
export const historyOutput = z.object({
  country: z.string(),
  /** The first day on which something is known; null when nothing is. */
  firstDay: day.nullable(),
  /** The last day on which something changed. */
  lastDay: day.nullable(),
  areas: z.array(
    z.object({
      id: z.uuid(),
      /** Null for an area that the reader may not see by itself. */
      code: z.string().nullable(),
      /** Whether approved reports stand behind its states, or its record alone. */
      carried: z.boolean(),
      /** In order of days, at most one a day. Its ground is what is open then, and the whole outline once none is. */
      states: z.array(
        z.object({
          from: day,
          areaClass: z.enum(areaClasses),
          status: z.enum(areaStatuses),
          squareMetres,
          shape: place,
        }),
      ),
    }),
  ),
  /** Land that was released: from its day on for good. In order of days. */
  products: z.array(
    z.object({
      area: z.uuid(),
      kind: z.enum(["cancelled", "reduced-with-asset", "reduced-without-asset", "cleared"]),
      from: day,
      squareMetres,
      depthCentimetres: z.int().nullable(),
      shape: place,
    }),
  ),
  /** Shapes that states and products name by their place in this list; see `Shape` for how corners are written. */
  shapes: z.array(z.array(z.array(z.array(z.int())))),
  /** The ledger of the whole country: the figures from each day on which they changed. */
  figures: z.array(
    z.object({
      on: day,
      suspected: squareMetres,
      confirmed: squareMetres,
      cancelled: squareMetres,
      reducedWithAsset: squareMetres,
      reducedWithoutAsset: squareMetres,
      cleared: squareMetres,
    }),
  ),
  /** Whether there was more than one answer may hold; a bounding box asks for less. */
  truncated: z.boolean(),
});
export type HistoryOutput = z.output<typeof historyOutput>;

/** A box in degrees, `west,south,east,north`. */
export const boundingBox = z
  .string()
  .min(7)
  .max(100)
  .transform((value) => value.split(",").map(Number))
  .pipe(z.tuple([z.number(), z.number(), z.number(), z.number()]));

export const historyRoute = route({
  method: "GET",
  path: "/api/land/history",
  summary: "land-release.routes.history",
  right: "land.report-read",
  query: z.object({ country: z.string().regex(/^[A-Z]{3}$/), bbox: boundingBox.optional() }),
  output: historyOutput,
  rate: "heavy",
  timeLimit: 60_000,
});
