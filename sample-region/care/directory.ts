import type { ServiceCode } from "../../src/domains/services/model.ts";
import type { RecordValues } from "../../src/platform/contract/record-type.ts";
import { type Day, isoDate, isoTime } from "../calendar.ts";
import { type Context, stream } from "../context.ts";
import { sampleId } from "../item.ts";
import type { Territory, Village } from "../places.ts";
import { pointPosition } from "../position.ts";
import { apportion, type Random } from "../random.ts";
import { unitId } from "../units.ts";
import { moneyOf, providers, type SampleProvider, spoken } from "./providers.ts";

/** A record of the directory as it is entered. */
export interface CareRecord {
  country: string;
  id: string;
  recordedAt: string;
  values: RecordValues;
}

/** A point as the cases that are referred to it need it. */
export interface CarePoint {
  id: string;
  provider: SampleProvider;
  organisation: string;
  services: readonly ServiceCode[];
  province: string;
  open: boolean;
}

/** The directory of services of a country. */
export interface CareDirectory {
  organisations: CareRecord[];
  points: CareRecord[];
  offers: CareRecord[];
  open: CarePoint[];
}

/** Points of service of a country at scale 1. */
const pointCount: Readonly<Record<string, number>> = { KHM: 64, LAO: 44, THA: 40, VNM: 48, MMR: 36, PHL: 32 };

/** A moment some days before another day, in office hours. */
export function momentBefore(today: Day, days: number, random: Random): string {
  return isoTime(today - days, random.integer(3600, 35_999));
}

/** Where people live and services stand: today's affected provinces with their villages. */
export function settled(context: Context): { territory: Territory; villages: Village[] }[] {
  return context.places.affected
    .map((territory) => ({ territory, villages: territory.districts.flatMap(({ villages }) => villages) }))
    .filter(({ villages }) => villages.length > 0);
}

/**
 * The invented directory of a country: providers, points with hours, languages and staff, what they offer. Some points
 * were verified lately, some long ago, some have ended because another provider took over.
 * @param today the day on which the sample is entered; everything is dated before it
 */
export function careDirectory(context: Context, today: Day): CareDirectory {
  const { programme, scale } = context;
  const { country, language } = programme;
  const random = stream(context, "care", "directory");
  const places = settled(context);
  const result: CareDirectory = { organisations: [], points: [], offers: [], open: [] };
  const made = new Map<string, string>();
  for (const { code, names, type } of providers) {
    const recordedAt = momentBefore(today, 2400, random);
    const id = sampleId(Date.parse(recordedAt), random);
    made.set(code, id);
    const own = language === "en" ? { en: names.en } : { en: names.en, [language]: names[language], km: names.km };
    const contact = `${code.toLowerCase()}@${country.toLowerCase()}.example`;
    const values = { code, names: own, type, activities: ["victim-assistance"], contact };
    result.organisations.push({ country, id, recordedAt, values });
  }
  const total = Math.max(providers.length * 2, Math.round((pointCount[country] ?? 30) * Math.min(scale, 20)));
  const shares = apportion(
    total,
    providers.map(({ weight }) => weight),
  );
  let number = 0;
  for (const [at, provider] of providers.entries()) {
    for (let n = 0; n < (shares[at] ?? 0); n++) {
      number += 1;
      addPoint(context, today, result, { provider, organisation: made.get(provider.code) as string, places, number });
    }
  }
  return result;
}

function addPoint(
  context: Context,
  today: Day,
  result: CareDirectory,
  of: {
    provider: SampleProvider;
    organisation: string;
    places: ReturnType<typeof settled>;
    number: number;
  },
): void {
  const { provider, organisation, places, number } = of;
  const { country, language } = context.programme;
  const random = stream(context, "care", "point", number);
  const place = places[number % places.length];
  if (!place) return;
  const village = random.pick(place.villages);
  const [here, sometimes] = spoken[country] ?? ["english", []];
  const recordedAt = momentBefore(today, random.integer(900, 2200), random);
  const id = sampleId(Date.parse(recordedAt), random);
  const from = today - random.integer(2300, 4200);
  // One in twelve has ended; of the others a quarter was not looked at for more than a year.
  const ended = number % 12 === 7 ? today - random.integer(60, 700) : null;
  const verified = random.chance(0.72) ? random.integer(5, 300) : random.integer(380, 900);
  const { territory } = place;
  const where = language === "en" ? territory.source.name : (territory.source.localName ?? territory.source.name);
  const names = Object.fromEntries(
    Object.entries(provider.names)
      .filter(([name]) => name === "en" || name === "km" || name === language)
      .map(([name, text]) => [name, `${text}, ${name === language ? where : territory.source.name}`]),
  );
  const code = `SP-${country}-S${String(number).padStart(3, "0")}`;
  const staff = Object.fromEntries(
    Object.entries(provider.staff).map(([field, [low, high]]) => [field, random.integer(low, high)]),
  );
  const waitingDays = random.weighted([
    [0, 3],
    [7, 4],
    [14, 3],
    [30, 2],
    [90, 1],
  ] as const);
  const offered = provider.services.filter((_, n) => n === 0 || random.chance(0.6));
  result.points.push({
    country,
    id,
    recordedAt,
    values: {
      code,
      names,
      organisation,
      unit: unitId(context, village.key),
      ...(provider.sensitive ? { sensitiveLocation: true } : {}),
      ...pointPosition(village.at, village.at, random, 0.8),
      hours: random.pick(["Mo–Fr 07:30–11:30, 13:30–17:00", "Mo–Fr 08:00–16:00", "Mo–Sa 08:00–12:00", "24 h"]),
      phone: `+000 ${random.integer(10, 99)} ${random.integer(100, 999)} ${random.integer(100, 999)}`,
      email: `${code.toLowerCase()}@${country.toLowerCase()}.example`,
      languages: [here, ...sometimes.filter(() => random.chance(0.3))],
      accessibility: provider.accessibility.filter(() => random.chance(0.75)),
      cost: provider.cost,
      capacityPerMonth: random.integer(5, 120),
      waitingDays,
      ...staff,
      ...(random.chance(0.5) ? { catchmentUnits: [unitId(context, territory.source.key)] } : {}),
      validFrom: isoDate(from),
      ...(ended ? { validUntil: isoDate(ended) } : {}),
      ...(random.chance(0.95) ? { verifiedOn: isoDate(today - verified) } : {}),
    },
  });
  for (const service of offered) {
    const [currency, unit] = moneyOf[country] ?? ["USD", 1];
    result.offers.push({
      country,
      id: sampleId(Date.parse(recordedAt), random),
      recordedAt,
      values: {
        code: `SO-${code.slice(3)}-${service}`,
        point: id,
        service,
        cost: provider.cost,
        ...(provider.cost === "partly-free" ? { price: unit * random.integer(1, 20), currency } : {}),
        waitingDays: waitingDays + random.integer(0, 10),
        validFrom: isoDate(from),
        ...(ended ? { validUntil: isoDate(ended) } : {}),
      },
    });
  }
  if (!ended)
    result.open.push({ id, provider, organisation, services: offered, province: territory.source.key, open: true });
}
