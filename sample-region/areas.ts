import { liveThrough, newUnitsFrom } from "./area-life.ts";
import { type Day, monthIndex } from "./calendar.ts";
import { type Context, datedOn, nextNumber, revisions, type State, stream } from "./context.ts";
import { generateFieldWork } from "./field-work.ts";
import { chooseCells } from "./geometry/cells.ts";
import { type Frame, frameAt, type Point, type Ring } from "./geometry/frame.ts";
import { polygonSquareMetres } from "./geometry/geodesic-area.ts";
import { type Region, regionOf, sharedBorder } from "./geometry/region.ts";
import { boxSurvey, cutInTwo, type Outline, reachOf, strikeFootprint, surveyedShape } from "./geometry/shapes.ts";
import { beltsAlong } from "./geometry/strips.ts";
import type { SampleItem } from "./item.ts";
import { placeIn, type Territory } from "./places.ts";
import { contaminations } from "./programmes/ordnance-mix.ts";
import { type Kind, type Province, padded } from "./programmes/programme.ts";
import type { Random } from "./random.ts";
import { unitId } from "./units.ts";

/** What other generators need to know about an area. */
export interface AreaSummary {
  id: string;
  kind: Kind;
  centre: Point;
  /** Places in it where items lie. */
  inside: readonly Point[];
  squareMetres: number;
  identified: Day;
  closed: Day;
  work?: { from: Day; to: Day; operator: string };
}

/** The contamination of a territory over time. */
export interface Contamination {
  /** A fair sample of the areas, at most `sampleSize`, so that memory stays flat whatever the scale. */
  areas: AreaSummary[];
  /** The same for areas in which work was done. */
  worked: AreaSummary[];
  /** Square metres given back by month. */
  closedInMonth: Map<number, number>;
  squareMetres: number;
  /** How many areas the samples were drawn from. */
  seen: number;
  seenWorked: number;
}

const sampleSize = 1500;
const never = 1_000_000;

/** An outline placed on the map, before it has a history. */
interface Placed {
  kind: Kind;
  centre: Point;
  ring: Ring;
  inside: Point[];
}

/**
 * The areas of a province: belts along the border first, then one area to a square of a grid, so that no two overlap; a
 * few are cut in two that adjoin. Every area is followed by its corrections.
 * @param summary is filled while the areas are made
 */
export function* generateAreas(
  context: Context,
  territory: Territory,
  province: Province,
  count: number,
  summary: Contamination,
): Generator<SampleItem> {
  let n = 0;
  for (const placed of placeAreas(context, territory, province, count)) {
    yield* oneArea(context, territory, placed, n, summary);
    n++;
  }
}

function* placeAreas(context: Context, territory: Territory, province: Province, count: number): Generator<Placed> {
  const { region, source } = territory;
  const random = stream(context, "land", source.key);
  const border = sharedBorder(region, neighboursOf(context, province.borderWith));
  const total = province.kinds.reduce((sum, [, weight]) => sum + weight, 0);
  const belt = province.kinds.find(([kind]) => kind === "belt")?.[1] ?? 0;
  const strips = beltsAlong(region, border, Math.round((count * belt) / total), random);
  for (const { ring, inside, centre } of strips) yield { kind: "belt", centre, ring: closed(ring), inside };
  const hotspots = Array.from({ length: 4 + Math.floor(Math.sqrt(count) / 2) }, () => {
    const line = border.length > 0 && random.chance(0.75) ? random.pick(border) : null;
    return line ? random.pick(line) : placeIn(region, region.bounds, source.point, random);
  });
  const rest = count - strips.length;
  const taken = strips.flatMap(({ inside }) => inside);
  const { centres, size } = chooseCells(region, rest, hotspots, taken, random);
  let made = 0;
  for (const centre of centres) {
    if (made >= rest) return;
    const pair = rest - made >= 2 && random.chance(0.012);
    for (const placed of inSquare(context, province, centre, size, pair, random)) {
      yield placed;
      made++;
    }
  }
}

/** The units of today of a neighbouring country. */
function neighboursOf({ neighbours, source }: Context, country: string | undefined): readonly Region[] {
  if (!country) return [];
  const known = neighbours.get(country);
  if (known) return known;
  const regions = source.units(country).flatMap((unit) => (unit.validTo ? [] : [regionOf(unit.polygons)]));
  neighbours.set(country, regions);
  return regions;
}

function inSquare(
  context: Context,
  province: Province,
  middle: Point,
  size: number,
  pair: boolean,
  random: Random,
): Placed[] {
  const chosen = random.weighted(province.kinds);
  const kind = chosen === "belt" ? "minefield" : chosen;
  const { median, sigma, survey } = context.programme.kinds[kind];
  const wanted = random.logNormal(median, sigma);
  // The outlines below fill about 1.3 times the square of their greatest radius.
  const radius = Math.max(35, Math.min(0.47 * size, Math.sqrt(wanted / 1.3)));
  const outline = outlineOf(kind, survey, radius, random);
  const slack = Math.max(0, 0.48 * size - reachOf(outline.ring));
  const frame = frameAt(middle);
  const centre = frame.toDegrees(random.between(-slack, slack), random.between(-slack, slack));
  const here = frameAt(centre);
  const place = (ring: readonly Point[], inside: readonly Point[]): Placed => ({
    kind,
    centre,
    ring: closed(onMap(here, ring)),
    inside: onMap(here, inside),
  });
  if (!pair || kind === "strike") return [place(outline.ring, outline.inside)];
  return cutInTwo(outline.ring, random).map((ring) => place(ring, midpoints(ring)));
}

function outlineOf(kind: Kind, survey: "boxes" | "fade-out" | undefined, radius: number, random: Random): Outline {
  if (kind !== "strike" || radius < 90) return surveyedShape(radius, random);
  return survey === "boxes" ? boxSurvey(radius, 50, random) : strikeFootprint(radius, 50, random);
}

function onMap(frame: Frame, ring: readonly Point[]): Point[] {
  return ring.map(([x, y]) => frame.toDegrees(x, y));
}

/** Places between the first corner, which is the middle of the whole, and some others. */
function midpoints(ring: readonly Point[]): Point[] {
  return ring.slice(2, 6).map(([x, y]) => [x * 0.6, y * 0.6]);
}

function closed(ring: readonly Point[]): Point[] {
  return [...ring, ring[0] as Point];
}

function* oneArea(
  context: Context,
  territory: Territory,
  placed: Placed,
  n: number,
  summary: Contamination,
): Generator<SampleItem> {
  const { programme } = context;
  const { kind, ring, centre, inside } = placed;
  const random = stream(context, "area", territory.source.key, n);
  const squareMetres = polygonSquareMetres([ring]);
  const point = { type: "Point", coordinates: inside[0] ?? centre };
  const polygon = { type: "Polygon", coordinates: [ring] };
  const life = liveThrough({ context, territory, kind, squareMetres, polygon, point, random });
  const { identified, states } = life;
  const village = context.places.villageAt(territory, centre, identified);
  const precise = random.chance(0.25);
  const number = nextNumber(context, `area ${village.place}`);
  const local = village.name[0] === "" ? village.name[1] : village.name[0];
  const code = programme.codes.area(village.place, number);
  Object.assign((states[0] as { values: object }).values, {
    code,
    // Surveys are dated to the day; an indication is often what somebody remembers.
    ...datedOn(context, "identifiedOn", identified, code, states[0]?.values.areaClass === "indication" ? 0.3 : 0),
    name: `${local} ${padded(number, 2)}`,
    contamination: random.weighted(contaminations[kind]),
    unit: unitId(context, village.key),
    fixedBy: precise ? "differential-gps" : random.chance(0.85) ? "gps" : "map",
    accuracyMetres: precise ? 0.5 : random.integer(3, 12),
    coordinateFormat: "geometry",
    datum: "wgs-84",
    landUse: random.pick(programme.phrases.landUses),
    source: random.pick(programme.phrases.sources),
    ...(random.chance(0.3) && { notes: random.pick(programme.phrases.areaNotes) }),
    ...(random.chance(0.6) && {
      reportedSquareMetres: Math.max(100, Math.round((squareMetres * random.between(0.85, 1.2)) / 100) * 100),
    }),
    ...(random.chance(0.1) && { unitAsWritten: `${local}, ${village.above[0] || village.above[1]}` }),
  });
  mistype(life);
  moveToNewUnit(context, territory, life, centre);
  const { id, items } = revisions(context, "land.area", states, random);
  remember(
    summary,
    { id, kind, centre, inside, squareMetres, identified, closed: life.closed ?? never, ...worked(life) },
    random,
  );
  yield* items;
  const isStrike = kind === "strike" || kind === "battlefield";
  const unit = unitId(context, village.key);
  yield* generateFieldWork(context, { id, code, unit, isStrike, squareMetres, polygon, life });
}

function worked({ work }: { work?: AreaSummary["work"] }): Pick<AreaSummary, "work"> {
  return work ? { work } : {};
}

/** Where a correction says that the reported area had a digit too many, the first revision has it. */
function mistype({ states }: { states: State[] }): void {
  const [first, ...later] = states;
  const corrected = later.find(({ values }) => values.reportedSquareMetres !== undefined)?.values.reportedSquareMetres;
  if (first && corrected !== undefined) first.values.reportedSquareMetres = (corrected as number) * 10;
}

/** Where units have been replaced, the records that were still open are given the unit that holds them now. */
function moveToNewUnit(
  context: Context,
  territory: Territory,
  life: ReturnType<typeof liveThrough>,
  centre: Point,
): void {
  const open = life.identified < territory.from && (life.closed ?? never) >= territory.from;
  if (!open || territory.from !== newUnitsFrom || territory.from > context.until) return;
  const village = context.places.villageAt(territory, centre, territory.from);
  const values = { unit: unitId(context, village.key) };
  life.states.push({ day: territory.from, values, reason: "Administrative units changed on 1 July 2025", delay: 20 });
  life.states.sort((a, b) => a.day - b.day);
}

/** Keeps an area in the samples (Vitter's algorithm R) and its square metres in the sums. */
function remember(summary: Contamination, area: AreaSummary, random: Random): void {
  summary.squareMetres += area.squareMetres;
  if (area.closed !== never) {
    const month = monthIndex(area.closed);
    summary.closedInMonth.set(month, (summary.closedInMonth.get(month) ?? 0) + area.squareMetres);
  }
  keep(summary.areas, area, summary.seen++, random);
  if (area.work) keep(summary.worked, area, summary.seenWorked++, random);
}

function keep(sample: AreaSummary[], area: AreaSummary, seen: number, random: Random): void {
  if (sample.length < sampleSize) sample.push(area);
  else {
    const slot = random.integer(0, seen);
    if (slot < sampleSize) sample[slot] = area;
  }
}

/** An empty account of a territory's contamination. */
export function noContamination(): Contamination {
  return { areas: [], worked: [], closedInMonth: new Map(), squareMetres: 0, seen: 0, seenWorked: 0 };
}
