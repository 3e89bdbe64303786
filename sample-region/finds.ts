import type { OrdnanceCategory } from "../src/domains/ordnance/model.ts";
import type { AreaSummary, Contamination } from "./areas.ts";
import { civil, type Day, isoDate } from "./calendar.ts";
import { type Context, datedOn, nextNumber, revisions, type State, stream } from "./context.ts";
import type { SampleItem } from "./item.ts";
import { operatorFor } from "./organisations.ts";
import { placeIn, type Territory } from "./places.ts";
import { placeNear, pointPosition } from "./position.ts";
import { foundIn, reported } from "./programmes/ordnance-mix.ts";
import type { Province } from "./programmes/programme.ts";
import type { Random } from "./random.ts";
import { unitId } from "./units.ts";

/** Where, when and by whom something was found. */
interface Circumstances {
  day: Day;
  at: readonly [number, number];
  category: OrdnanceCategory;
  context: string;
  organisation: string;
  area?: string;
}

/** The finds of a province: two thirds while areas are worked on, the others in spot tasks on what people report. */
export function* generateFinds(
  context: Context,
  territory: Territory,
  province: Province,
  count: number,
  contamination: Contamination,
): Generator<SampleItem> {
  const random = stream(context, "finds", territory.source.key);
  const { worked } = contamination;
  for (let n = 0; n < count; n++) {
    const area = worked.length > 0 && random.chance(0.65) ? random.pick(worked) : null;
    const made = area?.work
      ? inArea(territory, { ...area, work: area.work }, random)
      : spotTask(context, territory, province, contamination, random);
    yield* oneFind(context, territory, made, random);
  }
}

function inArea(
  { region }: Territory,
  area: AreaSummary & { work: NonNullable<AreaSummary["work"]> },
  random: Random,
): Circumstances {
  const { from, to, operator } = area.work;
  const battle = area.kind === "strike" || area.kind === "battlefield";
  return {
    day: random.integer(from, Math.max(from, to)),
    at: placeNear(random.pick(area.inside), 0, 6, region, random),
    category: random.weighted(foundIn[area.kind]),
    context: random.chance(0.12) ? "technical-survey" : battle ? "battle-area-clearance" : "clearance",
    organisation: operator,
    area: area.id,
  };
}

function spotTask(
  context: Context,
  { region, source }: Territory,
  province: Province,
  { areas }: Contamination,
  random: Random,
): Circumstances {
  const day = random.integer(context.start, context.until);
  const near = areas.length > 0 && random.chance(0.7) ? random.pick(areas) : null;
  const category = random.weighted(reported[near?.kind ?? random.weighted(province.kinds)]);
  return {
    day,
    at: near ? placeNear(near.centre, 100, 5000, region, random) : placeIn(region, region.bounds, source.point, random),
    category,
    context: random.chance(0.6) ? "spot-task" : random.chance(0.75) ? "community-report" : "non-technical-survey",
    organisation: operatorFor(context, ["explosive-ordnance-disposal", "battle-area-clearance"], day, random),
  };
}

function quantityOf(category: OrdnanceCategory, random: Random): number {
  switch (category) {
    case "small-arms-ammunition":
      return Math.max(1, Math.round(random.logNormal(24, 1.1)));
    case "axo":
    case "fuze":
      return 1 + random.count(2.5);
    case "submunition":
      return 1 + random.count(0.9);
    default:
      return 1 + random.count(0.15);
  }
}

function disposalOf(category: OrdnanceCategory, inPlace: boolean, random: Random): string {
  if (category === "small-arms-ammunition") return random.chance(0.6) ? "burned" : "handed-over";
  if (category === "submunition" || inPlace)
    return random.chance(0.92) ? "detonated-in-place" : "removed-and-destroyed";
  return random.chance(0.72) ? "removed-and-destroyed" : random.chance(0.8) ? "detonated-in-place" : "neutralised";
}

function conditionOf(category: OrdnanceCategory, random: Random): string {
  if (category.startsWith("ap-mine") || category.startsWith("av-mine") || category === "booby-trap") {
    return random.weighted([
      ["armed", 8],
      ["damaged", 1],
      ["functioned", 1],
    ]);
  }
  if (category === "axo" || category === "small-arms-ammunition") return random.chance(0.8) ? "unfuzed" : "damaged";
  return random.weighted([
    ["armed", 6],
    ["fuzed", 2],
    ["damaged", 1],
    ["unknown", 1],
  ]);
}

function* oneFind(context: Context, territory: Territory, made: Circumstances, random: Random): Generator<SampleItem> {
  const { programme, places, until } = context;
  const { day, at, category } = made;
  const { year } = civil(day);
  const village = places.villageAt(territory, at, day);
  const models = programme.models[category];
  const cleared = made.area !== undefined;
  const disposal = disposalOf(category, cleared, random);
  const disposedOn = day + (disposal === "detonated-in-place" ? random.integer(0, 2) : random.integer(1, 30));
  const numbered = (n: number) => programme.codes.find(village.place, year, n);
  const code = numbered(nextNumber(context, `find ${numbered(0)}`));
  const depth = cleared ? random.integer(0, category === "uxo-other" ? 45 : 18) : 0;
  const values: Record<string, unknown> = {
    code,
    ...datedOn(context, "foundOn", day, code, made.context === "community-report" ? 0.1 : 0),
    category,
    ...(models && random.chance(0.85) && { model: random.pick(models) }),
    quantity: quantityOf(category, random),
    condition: conditionOf(category, random),
    ...(random.chance(cleared ? 0.9 : 0.4) && { depthCentimetres: depth }),
    context: made.context,
    ...(disposedOn <= until ? { disposal, disposedOn: isoDate(disposedOn) } : { disposal: "left-in-place" }),
    organisation: made.organisation,
    ...(made.area && { area: made.area }),
    unit: unitId(context, village.key),
    ...pointPosition(at, village.at, random, cleared ? 1 : 0.9),
    ...(random.chance(0.1) && { notes: programme.phrases.findNotes[cleared ? "inArea" : "reported"] }),
  };
  const states: State[] = [{ day, values, reason: "", delay: 5 }];
  if (models && random.chance(0.015)) {
    const later = day + random.integer(3, 60);
    if (later <= until)
      states.push({ day: later, values: { model: random.pick(models) }, reason: "Model identified from photographs" });
  }
  yield* revisions(context, "ordnance.find", states, random).items;
}
