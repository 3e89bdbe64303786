import type { NewPerson } from "../../src/domains/people/index.ts";
import { type Day, isoDate, parseDate } from "../calendar.ts";
import { type Context, stream } from "../context.ts";
import { isCorrection, type SampleItem, sampleId } from "../item.ts";
import type { Random } from "../random.ts";
import { unitId } from "../units.ts";
import { momentBefore, settled } from "./directory.ts";
import { inventName, nameStocks } from "./names.ts";

/** A casualty of the sample region who may be somebody that is cared for. */
export interface SampleCasualty {
  country: string;
  id: string;
  sex: string;
  age: number;
  occurredOn: string;
}

/** Remembers the people hurt in accidents of each country whose age and sex are known, as the stream goes by. */
export function hurtPeople(): { note: (item: SampleItem) => void; take: (country: string) => SampleCasualty[] } {
  const days = new Map<string, string>();
  const hurt = new Map<string, SampleCasualty[]>();
  return {
    note(item) {
      if (isCorrection(item)) return;
      const { type, country, id, values } = item;
      if (type === "accidents.accident") days.set(id, String(values.occurredOn));
      if (type !== "accidents.casualty") return;
      const { accident, outcome, sex, age } = values;
      const occurredOn = days.get(String(accident));
      if (!occurredOn || typeof age !== "number" || typeof sex !== "string") return;
      if (outcome !== "injured" && outcome !== "amputated") return;
      const known = hurt.get(country) ?? [];
      known.push({ country, id, sex, age, occurredOn });
      hurt.set(country, known);
    },
    take(country) {
      const latestFirst = (a: SampleCasualty, b: SampleCasualty) =>
        a.occurredOn === b.occurredOn ? (a.id < b.id ? -1 : 1) : a.occurredOn < b.occurredOn ? 1 : -1;
      return (hurt.get(country) ?? []).sort(latestFirst);
    },
  };
}

/** An invented person with what its case is built from. */
export interface SamplePerson extends NewPerson {
  id: string;
  registeredOn: Day;
  birthYear: number;
  /** The casualty that it is, if it is one. */
  casualty: SampleCasualty | null;
  province: string;
}

/** People of a country at scale 1. */
const peopleCount: Readonly<Record<string, number>> = { KHM: 64, LAO: 28, THA: 16, VNM: 28, MMR: 20, PHL: 14 };

/** At least so many are made however small the sample is, so that every screen has something to show. */
const fewest: Readonly<Record<string, number>> = { KHM: 24 };

function identityOf(context: Context, person: { sex: string; birthYear: number; village: string }, random: Random) {
  const stock = nameStocks[context.programme.country];
  if (!stock) return {};
  const { full, latin, given, family } = inventName(stock, person.sex, random);
  const digits = String(random.integer(100_000, 999_999));
  const month = random.integer(1, 12);
  const birth = random.chance(0.45)
    ? {
        precision: "day" as const,
        date: `${person.birthYear}-${String(month).padStart(2, "0")}-${String(random.integer(1, 28)).padStart(2, "0")}`,
        year: person.birthYear,
      }
    : { precision: random.chance(0.5) ? ("year" as const) : ("estimated" as const), year: person.birthYear };
  return {
    names: [{ full, latin, given, family, kind: "official" as const }],
    birth,
    ...(random.chance(0.7)
      ? { contacts: [{ kind: "phone" as const, value: stock.phone(digits), safe: random.chance(0.8) }] }
      : {}),
    ...(random.chance(0.4)
      ? { documents: [{ kind: "national-identity-card" as const, number: `0${digits}${random.integer(10, 99)}` }] }
      : {}),
    ...(random.chance(0.5) ? { household: { members: random.integer(1, 9) } } : {}),
    ...(random.chance(0.8) ? { residence: { address: stock.address(person.village, random.integer(1, 240)) } } : {}),
  };
}

/**
 * The people of a country who are cared for: some of them hurt in accidents of the sample, others for other reasons,
 * because the cause is no condition. Names are made up in the country's script.
 * @param casualties those who may be linked, of this country
 * @param today the day on which the sample is entered
 */
export function carePeople(context: Context, casualties: readonly SampleCasualty[], today: Day): SamplePerson[] {
  const { programme, scale } = context;
  const { country } = programme;
  const places = settled(context);
  const count = Math.max(fewest[country] ?? 6, Math.round((peopleCount[country] ?? 12) * Math.min(scale, 50)));
  const linked = casualties.slice(0, Math.ceil(count * 0.4));
  return Array.from({ length: places.length > 0 ? count : 0 }, (_, n): SamplePerson => {
    const random = stream(context, "care", "person", n);
    const casualty = linked[n] ?? null;
    const earliest = casualty ? parseDate(casualty.occurredOn) + 3 : today - 900;
    const registeredOn = Math.min(today - 25, Math.max(earliest, today - random.integer(40, 900)));
    const sex = casualty?.sex ?? (random.chance(0.42) ? "female" : "male");
    const birthYear = casualty
      ? Number(casualty.occurredOn.slice(0, 4)) - casualty.age
      : Number(isoDate(today).slice(0, 4)) - random.integer(7, 74);
    const place = places[n % places.length] as (typeof places)[number];
    const village = random.pick(place.villages);
    const recordedAt = momentBefore(today, today - registeredOn, random);
    return {
      country,
      id: sampleId(Date.parse(recordedAt), random),
      values: { sex, birthYear, unit: unitId(context, village.key), registeredOn: isoDate(registeredOn) },
      // One in ten wants no name written down, and is cared for all the same.
      identity:
        n % 10 === 9
          ? {}
          : identityOf(context, { sex, birthYear, village: village.name[0] || village.name[1] }, random),
      registeredOn,
      birthYear,
      casualty,
      province: place.territory.source.key,
    };
  });
}
