import type { Contamination } from "./areas.ts";
import { civil, firstDayOfMonth, monthIndex } from "./calendar.ts";
import { activityIn, harmOf, peopleOf } from "./casualties.ts";
import { type Context, datedOn, nextNumber, revisions, type State, stream } from "./context.ts";
import type { SampleItem } from "./item.ts";
import { operatorFor } from "./organisations.ts";
import { placeIn, type Territory } from "./places.ts";
import { placeNear, pointPosition } from "./position.ts";
import { wentOff } from "./programmes/ordnance-mix.ts";
import type { Programme, Province } from "./programmes/programme.ts";
import { apportion, type Random } from "./random.ts";
import { unitId } from "./units.ts";

type Season = "ploughing" | "dry" | "other";

function seasonOf(programme: Programme, month: number): Season {
  return programme.ploughing.includes(month) ? "ploughing" : programme.dry.includes(month) ? "dry" : "other";
}

/**
 * The share of a territory's contamination, known or not yet known, that is not given back at the beginning of each
 * month, from 1 downward.
 */
export function opennessByMonth(contamination: Contamination, first: number, last: number): number[] {
  const shares: number[] = [];
  let open = contamination.squareMetres;
  for (let month = first; month <= last; month++) {
    shares.push(contamination.squareMetres > 0 ? open / contamination.squareMetres : 1);
    open -= contamination.closedInMonth.get(month) ?? 0;
  }
  return shares;
}

/**
 * The accidents of a province: fewer as land is given back there, more in the months of ploughing and of gathering, most
 * of them in or near areas that are still open on the day.
 */
export function* generateAccidents(
  context: Context,
  territory: Territory,
  province: Province,
  count: number,
  contamination: Contamination,
): Generator<SampleItem> {
  const { programme, start, until } = context;
  const random = stream(context, "accidents", territory.source.key);
  const [first, last] = [monthIndex(start), monthIndex(until)];
  const weights = opennessByMonth(contamination, first, last).map((openness, i) => {
    const { year, month } = civil(firstDayOfMonth(first + i));
    const trend = programme.accidentTrend[Math.min(year - 2016, programme.accidentTrend.length - 1)] as number;
    const season = { ploughing: 1.4, dry: 1.15, other: 0.75 }[seasonOf(programme, month)];
    return openness * trend * season * random.between(0.6, 1.4);
  });
  const counts = apportion(count, weights);
  for (let i = 0; i < counts.length; i++) {
    const from = firstDayOfMonth(first + i);
    const end = Math.min(until, firstDayOfMonth(first + i + 1) - 1);
    for (let n = counts[i] as number; n > 0; n--) {
      yield* oneAccident(context, territory, province, contamination, random.integer(from, end), random);
    }
  }
}

function* oneAccident(
  context: Context,
  territory: Territory,
  province: Province,
  { areas }: Contamination,
  day: number,
  random: Random,
): Generator<SampleItem> {
  const { programme, places } = context;
  const { phrases } = programme;
  const { year, month } = civil(day);
  let area = areas.length > 0 ? random.pick(areas) : null;
  for (let i = 0; i < 8 && area && area.closed <= day; i++) area = random.pick(areas);
  if (area && (area.closed <= day || random.chance(0.12))) area = null;
  const within = area !== null && random.chance(0.3);
  const at = area
    ? within
      ? random.pick(area.inside)
      : placeNear(
          area.centre,
          Math.sqrt(area.squareMetres),
          Math.sqrt(area.squareMetres) + 1500,
          territory.region,
          random,
        )
    : placeIn(territory.region, territory.region.bounds, territory.source.point, random);
  const device = random.weighted(wentOff[area?.kind ?? random.weighted(province.kinds)]);
  const harm = harmOf(device, activityIn(seasonOf(programme, month), random), programme.countsAmputations, random);
  const village = places.villageAt(territory, at, day);
  const models = programme.models[device];
  const note = phrases.accidentNotes[harm.cause] ?? phrases.accidentNotes[harm.activity];
  // An area that was found only later can be neither marked nor named in the record.
  const known = within && area && area.identified <= day ? area : null;
  const numbered = (n: number) => programme.codes.accident(village.place, year, n);
  const code = numbered(nextNumber(context, `accident ${numbered(0)}`));
  const values: Record<string, unknown> = {
    code,
    state: "approved",
    // Whoever names the area knows the day; what villagers tell of long after is known to the month.
    ...datedOn(context, "occurredOn", day, code, known ? 0 : 0.06),
    ...harm,
    device,
    ...(models && random.chance(0.35) && { deviceModel: random.pick(models) }),
    ...(random.chance(0.7) && { areaMarked: known !== null && random.chance(0.3) }),
    areaType: random.chance(0.93) ? "rural" : "urban",
    unit: unitId(context, village.key),
    ...(random.chance(0.3) && { unitAsWritten: written(village.name, village.above) }),
    ...(known && { area: known.id }),
    ...pointPosition(at, village.at, random, 0.62),
    organisation: operatorFor(context, ["risk-education", "victim-assistance"], day, random),
    ...(note && random.chance(0.8) && { description: note }),
    ...(random.chance(0.4) && { informant: random.pick(phrases.informants) }),
    source: random.pick(phrases.sources),
  };
  const states: State[] = [{ day, values, reason: "", delay: 14 }];
  if (random.chance(0.08)) states.push(followUp(values, day, random));
  const { items } = revisions(
    context,
    "accidents.accident",
    states.filter((s) => s.day <= context.until),
    random,
  );
  yield* items;
  yield* peopleOf(items, stream(context, "casualties", code));
}

function written([local, latin]: readonly [string, string], above: readonly [string, string]): string {
  return `${local || latin}, ${above[0] || above[1]}`;
}

/** What a second visit changes: a person died of the wounds, another casualty became known, or the device was identified. */
function followUp(values: Record<string, unknown>, day: number, random: Random): State {
  const later = day + random.integer(8, 120);
  const [killed, injured] = [values.killed as number, values.injured as number];
  if (injured > 0 && random.chance(0.5)) {
    const changed = { killed: killed + 1, injured: injured - 1 };
    return { day: later, values: changed, reason: "An injured person died in hospital" };
  }
  if (values.device === "unknown") {
    return { day: later, values: { device: "uxo-other" }, reason: "Fragments were identified" };
  }
  return { day: later, values: { injured: injured + 1 }, reason: "Another injured person became known" };
}
