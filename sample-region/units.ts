import type { Language } from "../src/platform/contract/fields.ts";
import { dayOf } from "./calendar.ts";
import type { Context, State } from "./context.ts";
import { names, revisions } from "./context.ts";
import { multiPolygonSquareMetres, polygonSquareMetres } from "./geometry/geodesic-area.ts";
import type { SampleItem } from "./item.ts";
import { type District, nameOf, type Territory, type Village } from "./places.ts";
import type { NamePair, Programme } from "./programmes/programme.ts";
import { Random } from "./random.ts";

/** What kinds of units are called in Khmer, by their English word: the working language reaches over the borders. */
const khmerKinds: Readonly<Record<string, string>> = {
  country: "ប្រទេស",
  province: "ខេត្ត",
  capital: "រាជធានី",
  municipality: "ក្រុង",
  city: "ក្រុង",
  state: "រដ្ឋ",
  region: "តំបន់",
  "union territory": "ដែនដីសហភាព",
  district: "ស្រុក",
  township: "ទីប្រជុំជន",
  commune: "ឃុំ",
  subdistrict: "ឃុំ",
  "village tract": "ក្រុមភូមិ",
  village: "ភូមិ",
  barangay: "បារ៉ាងហ្គាយ",
};

/** The kind of a unit in English, Khmer and the country's language; `local` counts before the Khmer word above. */
function kindNames({ language }: Programme, [local, english]: NamePair): Partial<Record<Language, string>> {
  const khmer = khmerKinds[english];
  return { ...(khmer && { km: khmer }), ...names(language, local, english) };
}

const invented = "Invented for the sample region";

/**
 * The administrative units of a country: the country, its real first-level units, and invented districts and villages.
 * Parents come before children. Records of real units have the same ids whatever the seed.
 */
export function* generateUnits(context: Context): Generator<SampleItem> {
  const { programme, places, source } = context;
  const { country, language } = programme;
  const top = unit(context, country, false, {
    code: country,
    names: names(language, programme.names.local, programme.names.en),
    level: 0,
    kindNames: kindNames(programme, [programme.unitKinds.country, "country"]),
    source: source.citation,
  });
  yield* top.items;
  for (const territory of places.territories) {
    if (territory.from > context.until) continue;
    const first = unit(context, territory.source.key, false, firstLevel(context, territory, top.id), territory);
    yield* first.items;
    for (const district of territory.districts) {
      let parent = first.id;
      if (territory.hasDistricts) {
        const second = unit(context, district.key, true, secondLevel(context, district, parent), territory);
        parent = second.id;
        yield* second.items;
      }
      for (const village of district.villages) {
        yield* unit(context, village.key, true, lastLevel(context, territory, village, parent), territory).items;
      }
    }
  }
}

/** The id under which the unit with a key is generated. */
export function unitId(context: Context, key: string): string {
  const id = context.unitIds.get(key);
  if (!id) throw new RangeError(`No unit with the key ${key} has been generated`);
  return id;
}

function firstLevel({ programme, source }: Context, { source: unit }: Territory, parent: string) {
  const { language, unitKinds } = programme;
  const kind = unitKinds.today?.[unit.code] ?? unit.kind;
  return {
    code: unit.code,
    names: names(language, ...nameOf(unit)),
    level: 1,
    kindNames: kindNames(programme, [unitKinds.first[kind] ?? "", kind]),
    parent,
    geometry:
      unit.polygons.length > 0
        ? { type: "MultiPolygon", coordinates: unit.polygons }
        : { type: "Point", coordinates: unit.point },
    ...(unit.polygons.length > 0 && { areaSquareMetres: multiPolygonSquareMetres(unit.polygons) }),
    source: unit.note ? `${source.citation}. ${unit.note}` : source.citation,
  };
}

function secondLevel({ programme }: Context, district: District, parent: string) {
  const { language, unitKinds } = programme;
  return {
    code: district.code,
    names: names(language, ...district.name),
    level: 2,
    kindNames: kindNames(programme, unitKinds.second),
    parent,
    geometry: { type: "Polygon", coordinates: [district.ring] },
    areaSquareMetres: polygonSquareMetres([district.ring]),
    source: invented,
  };
}

function lastLevel({ programme }: Context, { hasDistricts }: Territory, village: Village, parent: string) {
  const { language, unitKinds } = programme;
  return {
    code: village.code,
    names: names(language, ...village.name),
    level: hasDistricts ? 3 : 2,
    kindNames: kindNames(programme, unitKinds.third),
    parent,
    geometry: { type: "Point", coordinates: village.at },
    source: invented,
  };
}

function unit(
  context: Context,
  key: string,
  seeded: boolean,
  values: Record<string, unknown>,
  territory?: Territory,
): { id: string; items: SampleItem[] } {
  const random = new Random(`${seeded ? context.seed : "real"}/unit/${key}`);
  const { validFrom, validTo } = territory?.source ?? {};
  // What was there before the sample region begins was entered on the eve of its first day.
  const eve = context.start - 1;
  const from = validFrom ? Math.max(eve, territory?.from ?? eve) : eve;
  const states: State[] = [{ day: from, values: { ...values, ...(validFrom && { validFrom }) }, reason: "", delay: 0 }];
  if (validTo && territory && territory.to < context.until) {
    const reason = "Provinces merged and districts abolished on 1 July 2025";
    states.push({ day: dayOf(2025, 7, 1), values: { validTo }, reason, delay: 2 });
  }
  const made = revisions(context, "places.unit", states, random);
  context.unitIds.set(key, made.id);
  return made;
}
