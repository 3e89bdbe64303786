import { sql } from "kysely";
import { organisationDefinition } from "../src/domains/organisations/index.ts";
import {
  activityDefinition,
  contributionDefinition,
  coverageDefinition,
  indicatorDefinition,
  phaseDefinition,
  programmeDefinition,
  projectDefinition,
  sessionDefinition,
  useDefinition,
} from "../src/domains/results/index.ts";
import { landUses } from "../src/domains/results/model.ts";
import type { RecordValues } from "../src/platform/contract/record-type.ts";
import { type Database, programClaims, type Tx } from "../src/platform/database/types.ts";
import { createRecords } from "../src/platform/records/actions.ts";
import type { RecordDefinition } from "../src/platform/records/definition.ts";

/** Where an invented programme works, and what it is called there. */
const programmes = [
  {
    country: "KHM",
    names: { en: "Sample land for people", km: "ដីគំរូសម្រាប់ប្រជាជន" },
    first: { en: "First phase", km: "ដំណាក់កាលទីមួយ" },
    second: { en: "Second phase", km: "ដំណាក់កាលទីពីរ" },
    third: { km: "សាលារៀន និងទឹក" },
  },
  {
    country: "LAO",
    names: { en: "Sample villages without bombs", lo: "ບ້ານຕົວຢ່າງບໍ່ມີລະເບີດ" },
    first: { en: "First phase", lo: "ໄລຍະທີໜຶ່ງ" },
    second: { en: "Second phase", lo: "ໄລຍະທີສອງ" },
    third: { lo: "ໂຮງຮຽນ ແລະ ນໍ້າ" },
  },
] as const;

const donors = [
  { code: "SCA", names: { en: "Sample Cooperation Agency", km: "ទីភ្នាក់ងារសហប្រតិបត្តិការគំរូ" } },
  { code: "SEF", names: { en: "Sample Embassy Fund", km: "មូលនិធិស្ថានទូតគំរូ" } },
] as const;

interface Ground {
  /** Provinces in which most land was released, with villages of theirs and areas that were closed. */
  provinces: string[];
  villages: string[];
  areas: { id: string; squareMetres: number; on: string }[];
  operators: string[];
  fund: string | null;
}

async function groundOf(tx: Tx, country: string): Promise<Ground> {
  const { rows: provinces } = await sql<{ id: string }>`select province as id from ledger_released
    where country = ${country} and province is not null group by province order by sum(square_metres) desc, province limit 3`.execute(
    tx,
  );
  const ids = provinces.map(({ id }) => id);
  const { rows: villages } = await sql<{ id: string }>`with recursive below as (
      select id, level from places_name where country = ${country} and id = any (${ids}::uuid[])
      union all select u.id, u.level from below b join places_name u on u.country = ${country} and u.parent = b.id)
    select id from below order by level desc, id limit 16`.execute(tx);
  const { rows: areas } = await sql<{ id: string; squareMetres: number; on: string }>`
    select area as id, sum(square_metres) as "squareMetres", max(effective_on)::text as "on" from ledger_released
    where country = ${country} and province = any (${ids}::uuid[]) group by area having sum(square_metres) > 100
    order by max(effective_on) desc, area limit 14`.execute(tx);
  const { rows: organisations } = await sql<{ id: string; code: string; type: string }>`select id, code, type
    from organisations_organisation where country = ${country} and sample and not withdrawn order by code`.execute(tx);
  return {
    provinces: ids,
    villages: villages.map(({ id }) => id),
    areas: areas.map((area) => ({ ...area, squareMetres: Number(area.squareMetres) })),
    operators: organisations.filter(({ type }) => type.startsWith("ngo")).map(({ id }) => id),
    fund: organisations.find(({ code }) => code === "SFD")?.id ?? null,
  };
}

const dayBefore = (now: Date, days: number) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);

async function storeProgramme(
  tx: Tx,
  { country, names, first, second, third }: (typeof programmes)[number],
  now: Date,
) {
  const { provinces, villages, areas, operators, fund } = await groundOf(tx, country);
  if (provinces.length < 3 || villages.length === 0 || !fund) return 0;
  let stored = 0;
  const store = async (definition: RecordDefinition, values: readonly RecordValues[]): Promise<string[]> => {
    const entered = values.map((each) => ({ country, values: each }));
    const made = await createRecords(tx, definition, entered, { accountId: null, now, reason: null, sample: true });
    stored += made.length;
    return made.map(({ id }) => id);
  };
  const year = now.getUTCFullYear();
  const turn = `${year - 4}-12-31`;
  const [agency = fund, embassy = fund] = await store(
    organisationDefinition,
    donors.map((donor) => ({ ...donor, type: "donor", activities: ["funding"] })),
  );
  const [programme = ""] = await store(programmeDefinition, [
    { names, currency: "USD", startedOn: `${year - 9}-01-01`, lead: fund },
  ]);
  const [one = "", two = ""] = await store(phaseDefinition, [
    { names: first, programme, startedOn: `${year - 9}-01-01`, endedOn: turn },
    { names: second, programme, startedOn: `${year - 3}-01-01` },
  ]);
  const operator = (n: number): RecordValues =>
    operators.length === 0 ? {} : { organisation: operators[n % operators.length] as string };
  const [early = "", later = "", beside = ""] = await store(projectDefinition, [
    { names: first, phase: one, startedOn: `${year - 9}-01-01`, endedOn: turn, ...operator(0) },
    { names: second, phase: two, startedOn: `${year - 3}-01-01`, ...operator(0) },
    {
      names: { en: "Schools and water", ...third },
      ...{ phase: two, startedOn: `${year - 3}-01-01`, ...operator(1) },
      purpose: "Land for schools and wells, with risk education in the same villages.",
    },
  ]);
  const [north = "", middle = "", south = ""] = provinces;
  const claim = (project: string, unit: string, share?: number): RecordValues => ({
    ...{ project, kind: "unit", unit },
    ...(share ? { share } : {}),
  });
  await store(coverageDefinition, [
    claim(early, north),
    claim(early, middle),
    claim(later, north),
    // Two pay for one province, each its part.
    claim(later, middle, 0.6),
    claim(beside, middle, 0.4),
    claim(beside, south),
  ]);
  const rated = (rate: number, on: string): RecordValues => ({
    ...{ receivedOn: on, rate, rateOn: on, rateSource: "Average of the month, invented" },
  });
  await store(contributionDefinition, [
    { project: early, donor: fund, amount: 2_400_000, currency: "USD", receivedOn: `${year - 8}-03-01` },
    { project: early, donor: agency, amount: 900_000, currency: "EUR", ...rated(1.12, `${year - 6}-05-01`) },
    { project: later, donor: fund, amount: 1_800_000, currency: "USD", receivedOn: `${year - 2}-02-01` },
    { project: later, donor: embassy, amount: 1_100_000, currency: "AUD", ...rated(0.66, `${year - 1}-04-01`) },
    { project: beside, donor: agency, amount: 450_000, currency: "EUR", ...rated(1.08, `${year - 2}-06-01`) },
  ]);
  await store(
    activityDefinition,
    villages.flatMap((unit, n) => {
      const [women, men, girls, boys] = [60 + n * 7, 55 + n * 6, 30 + n * 4, 33 + n * 4];
      const at = { unit, startedOn: dayBefore(now, 120 + n * 90) };
      const project = at.startedOn <= turn ? early : n % 3 === 0 ? beside : later;
      return [
        {
          ...{ ...at, project, kind: "land-release", women, men, girls, boys, withDisability: 4 + (n % 5) },
          ...{ indirectWomen: women * 4, indirectMen: men * 4, indirectGirls: girls * 4, indirectBoys: boys * 4 },
        },
        // The same villagers, in another activity: they are not counted again.
        { ...at, project, kind: "risk-education", women: 20 + n, men: 18 + n, girls: 25, boys: 27 },
      ];
    }),
  );
  await store(
    useDefinition,
    areas.map(({ id, squareMetres, on }, n) => ({
      ...{ area: id, squareMetres, seenOn: on, source: "Visit after handover" },
      landUse: landUses[(n * 3) % landUses.length] as string,
    })),
  );
  const methods = ["group-session", "house-to-house", "peer-to-peer", "safety-briefing"] as const;
  const audiences = ["school-children", "farmers", "general", "scrap-dealers"] as const;
  const sessions = villages.flatMap((unit, n) =>
    [0, 1, 2].map((k): RecordValues => {
      const [women, girls, men, boys] = [6 + ((n + k) % 9), 5 + ((n * 2 + k) % 8), 7 + (n % 6), 6 + ((n + 2 * k) % 7)];
      return {
        ...{ unit, heldOn: dayBefore(now, 20 + n * 13 + k * 365), kind: "interpersonal", ...operator(n + k) },
        ...{ women, girls, men, boys, withDisability: n % 3, firstTime: women + girls, materials: 30 },
        ...{ method: methods[(n + k) % 4] as string, audience: audiences[(n + 2 * k) % 4] as string },
      };
    }),
  );
  await store(sessionDefinition, [
    ...sessions,
    ...[north, south].map((unit, n) => ({
      ...{ unit, heldOn: dayBefore(now, 200 + n * 100), kind: "mass-media", method: "radio", audience: "general" },
      ...{ reach: 24_000 + n * 9000, ...operator(n) },
    })),
  ]);
  const share = { kind: "share", numerator: "results.released", denominator: "land.released", framework: "programme" };
  await store(indicatorDefinition, [
    {
      ...share,
      ...{ names: { en: "Part of the country's land release", km: "ចំណែកនៃការដោះលែងដីក្នុងប្រទេស" } },
      ...{ wording: "Land released by the programme as a part of all land released", validFrom: `${year - 9}-01-01` },
    },
    {
      ...{ names: { en: "People taught about risks", km: "មនុស្សបានអប់រំអំពីគ្រោះថ្នាក់" }, framework: "national" },
      ...{ wording: "People taught face to face in a year", kind: "count", numerator: "education.people" },
      ...{ validFrom: `${year - 9}-01-01` },
    },
    {
      ...{
        names: { en: "Casualties, as counted before", km: "ជនរងគ្រោះ ដូចដែលធ្លាប់រាប់" },
        framework: "national",
        kind: "count",
      },
      ...{ wording: "People killed or injured in a year, until the plan was renewed", numerator: "casualties.people" },
      ...{ validFrom: `${year - 9}-01-01`, validUntil: `${year - 6}-12-31` },
    },
  ]);
  return stored;
}

/**
 * Stores an invented programme with its projects, contributions, people, land use, risk education and indicators in two
 * countries of the sample region. Land is that of the region's own ledger.
 * @returns the number of records
 */
export async function loadResults(db: Database, now: Date): Promise<number> {
  let stored = 0;
  for (const programme of programmes)
    stored += await db.transaction(programClaims, (tx) => storeProgramme(tx, programme, now));
  return stored;
}
