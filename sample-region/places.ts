import type { SourceUnit } from "./boundaries.ts";
import { type Day, parseDate } from "./calendar.ts";
import { partAround } from "./geometry/division.ts";
import { type Frame, frameAt, type Point } from "./geometry/frame.ts";
import { contains, type Region, regionOf } from "./geometry/region.ts";
import type { NamePair, Programme } from "./programmes/programme.ts";
import { Random } from "./random.ts";

/** An invented unit of the lowest level, in which records are placed. */
export interface Village {
  key: string;
  code: string;
  /** Digits of the province, district and village, as record codes use them. */
  place: string;
  at: Point;
  name: NamePair;
  /** Name of the unit above, for places as people write them. */
  above: NamePair;
}

/** An invented second-level unit. */
export interface District {
  key: string;
  code: string;
  seed: Point;
  name: NamePair;
  ring: Point[];
  villages: Village[];
}

/** A real first-level unit and the invented ones inside it. */
export interface Territory {
  source: SourceUnit;
  region: Region;
  frame: Frame;
  /** Short mark of the unit in record codes. */
  place: string;
  /** Whether records are placed here, so that villages are needed. */
  affected: boolean;
  from: Day;
  to: Day;
  /** One district that is the unit itself, without a code, where the country has no second level any more. */
  districts: District[];
  hasDistricts: boolean;
}

/** The units of a country and the question which village a place belongs to on a day. */
export interface Places {
  territories: readonly Territory[];
  /** The territories of today in which a programme has contamination, in the order of its provinces. */
  affected: readonly Territory[];
  villageAt: (territory: Territory, place: Point, day: Day) => Village;
}

const farPast = -100_000;
const farFuture = 100_000;

/**
 * Divides the real first-level units of a country into invented districts and villages.
 * @param seed seed of the sample region; the invented names and borders depend on it
 * @throws when the source lacks a province of the programme
 */
export function inventPlaces(programme: Programme, units: readonly SourceUnit[], seed: string): Places {
  const hot = new Set(programme.provinces.map(({ code }) => code));
  const current = units.filter((unit) => !unit.validTo);
  const hotRegions = current.filter(({ code }) => hot.has(code)).map(({ polygons }) => regionOf(polygons));
  const territories = units.map((source): Territory => {
    const affected = source.validTo
      ? hotRegions.some((region) => contains(region, source.point))
      : source.polygons.length > 0 && hot.has(source.code);
    const region = regionOf(source.polygons);
    const territory: Territory = {
      source,
      region,
      frame: frameAt(source.point),
      place: shortMark(source),
      affected,
      from: source.validFrom ? parseDate(source.validFrom) : farPast,
      to: source.validTo ? parseDate(source.validTo) : farFuture,
      districts: [],
      // Viet Nam gave its districts up on 1 July 2025, with the merger of its provinces.
      hasDistricts: !(source.country === "VNM" && source.validFrom),
    };
    if (source.polygons.length > 0) divide(territory, programme, new Random(`${seed}/places/${source.key}`));
    return territory;
  });
  const affected = programme.provinces.map(({ code }) => {
    const found = territories.find((t) => t.affected && t.to === farFuture && t.source.code === code);
    if (!found) throw new RangeError(`The boundary source has no unit ${code}`);
    return found;
  });
  const former = territories.filter(({ affected, to }) => affected && to !== farFuture);
  return { territories, affected, villageAt: (territory, place, day) => villageAt(territory, former, place, day) };
}

function shortMark(source: SourceUnit): string {
  const suffix = source.nationalCode ?? source.code.slice(3);
  return suffix.length < 2 ? `0${suffix}` : suffix;
}

function villageAt(territory: Territory, former: readonly Territory[], place: Point, day: Day): Village {
  const of =
    day >= territory.from
      ? territory
      : (former.find((t) => contains(t.region, place)) ??
        former.reduce((best, t) => (distance(t.source.point, place) < distance(best.source.point, place) ? t : best)));
  const district = nearest(of.districts, (d) => d.seed, place, of.frame);
  return nearest(district.villages, (v) => v.at, place, of.frame);
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return (ax - bx) ** 2 + (ay - by) ** 2;
}

function nearest<T>(list: readonly T[], at: (item: T) => Point, [lon, lat]: Point, frame: Frame): T {
  const [perLon, perLat] = frame.metresPerDegree;
  let best = list[0] as T;
  let least = Number.POSITIVE_INFINITY;
  for (const item of list) {
    const [x, y] = at(item);
    const d = ((x - lon) * perLon) ** 2 + ((y - lat) * perLat) ** 2;
    if (d < least) [best, least] = [item, d];
  }
  return best;
}

function divide(territory: Territory, programme: Programme, random: Random): void {
  const { source, region, frame, affected, hasDistricts } = territory;
  const taken = new Set<string>();
  const seeds: Point[] = [];
  const wanted = hasDistricts ? (affected ? random.integer(5, 8) : random.integer(2, 3)) : 1;
  for (let i = 0; i < wanted; i++) {
    const tries = [0, 1, 2, 3].map(() => placeIn(region, region.bounds, source.point, random));
    seeds.push(tries.reduce((best, place) => (spread(place, seeds) > spread(best, seeds) ? place : best)));
  }
  seeds.forEach((seed, i) => {
    const code = hasDistricts ? `${source.code}-${two(i + 1)}` : source.code;
    const others = seeds.filter((other) => other !== seed);
    const district: District = {
      key: hasDistricts ? `${source.key}/${two(i + 1)}` : source.key,
      code,
      seed,
      name: hasDistricts ? invent(programme, taken, random) : nameOf(source),
      ring: hasDistricts ? partAround(region, seed, others, frame) : [],
      villages: [],
    };
    territory.districts.push(district);
    if (!affected) return;
    const part = hasDistricts ? regionOf([[district.ring]]) : region;
    const count = hasDistricts ? random.integer(4, 7) : random.integer(22, 30);
    for (let n = 1; n <= count; n++) {
      const number = hasDistricts ? two(n) : `0${two(n)}`;
      district.villages.push({
        key: `${district.key}/${number}`,
        code: `${code}-${number}`,
        place: `${territory.place}${hasDistricts ? two(i + 1) : ""}${number}`,
        at: placeIn(part, part.bounds, seed, random),
        name: invent(programme, taken, random),
        above: district.name,
      });
    }
  });
}

/** The name of a real unit in its own script and in Latin letters. */
export function nameOf(source: SourceUnit): NamePair {
  return [source.localName ?? "", source.name];
}

function two(n: number): string {
  return n < 10 ? `0${n}` : `${n}`;
}

function spread(place: Point, seeds: readonly Point[]): number {
  return seeds.reduce((least, seed) => Math.min(least, distance(place, seed)), Number.POSITIVE_INFINITY);
}

/** A random place inside a region; the fallback when many tries miss it. */
export function placeIn(region: Region, bounds: Region["bounds"], fallback: Point, random: Random): Point {
  const [west, south, east, north] = bounds;
  for (let i = 0; i < 60; i++) {
    const place: Point = [
      Math.round(random.between(west, east) * 1e5) / 1e5,
      Math.round(random.between(south, north) * 1e5) / 1e5,
    ];
    if (contains(region, place)) return place;
  }
  return fallback;
}

/** Makes up a name that is new in its province. */
function invent(programme: Programme, taken: Set<string>, random: Random): NamePair {
  const { first, second, joint } = programme.nameParts;
  for (;;) {
    const [a, b] = [random.pick(first), random.pick(second)];
    const latin = `${a[1]}${b[1]}`;
    if (taken.has(latin)) continue;
    taken.add(latin);
    return [a[0] === "" ? "" : `${a[0]}${joint}${b[0]}`, latin];
  }
}
