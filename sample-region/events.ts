import type { Contamination } from "./areas.ts";
import { civil } from "./calendar.ts";
import { type Context, datedOn, nextNumber, revisions, stream } from "./context.ts";
import type { SampleItem } from "./item.ts";
import { operatorFor } from "./organisations.ts";
import { placeIn, type Territory } from "./places.ts";
import { placeNear, pointPosition } from "./position.ts";
import { reported } from "./programmes/ordnance-mix.ts";
import type { Province } from "./programmes/programme.ts";
import { unitId } from "./units.ts";

/** The events of a province that hurt nobody: demolitions, seizures, sightings, spread evenly over the years. */
export function* generateEvents(
  context: Context,
  territory: Territory,
  province: Province,
  count: number,
  { areas }: Contamination,
): Generator<SampleItem> {
  const { programme, places, start, until } = context;
  const { region, source } = territory;
  const random = stream(context, "events", source.key);
  for (let n = 0; n < count; n++) {
    const day = random.integer(start, until);
    const { year } = civil(day);
    const type = random.weighted(programme.eventTypes);
    const near = areas.length > 0 && type !== "seizure" && random.chance(0.75) ? random.pick(areas) : null;
    const at = near
      ? placeNear(near.centre, 50, 4000, region, random)
      : placeIn(region, region.bounds, source.point, random);
    const village = places.villageAt(territory, at, day);
    const numbered = (number: number) => programme.codes.event(village.place, year, number);
    const code = numbered(nextNumber(context, `event ${numbered(0)}`));
    const note = programme.phrases.eventNotes[type];
    const values: Record<string, unknown> = {
      code,
      ...datedOn(context, "occurredOn", day, code, type === "suspected-area" ? 0.15 : 0.02),
      type,
      ...(random.chance(0.85) && {
        category: random.weighted(reported[near?.kind ?? random.weighted(province.kinds)]),
      }),
      areaType: random.chance(0.85) ? "rural" : "urban",
      organisation: operatorFor(context, ["explosive-ordnance-disposal", "clearance"], day, random),
      unit: unitId(context, village.key),
      ...pointPosition(at, village.at, random, 0.7),
      ...(note && random.chance(0.5) && { notes: note }),
      source: random.pick(programme.phrases.sources),
    };
    yield* revisions(context, "ordnance.event", [{ day, values, reason: "", delay: 8 }], random).items;
  }
}
