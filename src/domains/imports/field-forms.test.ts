import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { readSetting } from "../../platform/administration/index.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { listTables, readLines } from "../../platform/operations/tables.ts";
import { findByKeys } from "../../platform/records/store.ts";
import { aUnit } from "../../platform/records/testing.ts";
import {
  accidentDefinition,
  implementations as accidentImplementations,
  rights as accidentRights,
  casualtyDefinition,
} from "../accidents/index.ts";
import { settings as accidentSettings } from "../accidents/settings.ts";
import { findFindings } from "./finding-store.ts";
import type { Profile } from "./profile.ts";
import { aFile, runImport } from "./samples.ts";
import { shippedProfile } from "./shipped.ts";

const now = new Date("2026-11-23T05:00:00Z");
const profile = (id: string): Profile => {
  const found = shippedProfile(id);
  if (!found) throw new Error(`The profile ${id} comes with the program`);
  return found;
};

type Row = Record<string, string | number>;

/** A table as the forms' server writes it: every question a column, what was not asked empty. */
function csv(columns: readonly string[], rows: readonly Row[]): string {
  const cell = (value: string | number | undefined) => (value === undefined ? "" : `"${String(value)}"`);
  return `${[columns.join(","), ...rows.map((row) => columns.map((name) => cell(row[name])).join(","))].join("\n")}\n`;
}

const accidentColumns =
  "report_id,date_known,accident_date,admin1,admin2,admin3,admin4,neighbourhood,gps_safe,latitude,longitude,gps_accuracy,location_accuracy,idp_camp,casualties,killed,injured,casualties_total,suspected_device,suspected_cause,area_type,marked_before,marked_after,cleared_before,cleared_after,informant,sketch,circumstances,verified_by,accepted,im_status".split(
    ",",
  );
const victimColumns =
  "victim_id,accident_id,informant,contact,name,gender,birth_date,education,nationality,age_at_accident,occupation,victim_status,displacement,activity,place_frequency,knew_danger,saw_item,touched_item,had_re,wound_head_neck,wound_chest,wound_back,wound_pelvis_buttocks,wound_upper_limbs,wound_lower_above_knee,wound_lower_below_knee,medical_help,facility,transport,direct_consequence,place_of_death,later_consequence,death_date,permanent_impairment,loss_eyesight,loss_hearing,loss_hand_finger,loss_upper_limb,loss_foot_toe,loss_below_knee,loss_above_knee,loss_whole_lower_limb,marital_status,head_of_household,referral_made,referral_id".split(
    ",",
  );

const one = "MAG-ACC-20240317-0930";
const two = "MAG-ACC-20240602-1410";
const unsafe = "HALO-ACC-20250110-0800";
const here = { admin1: "SY01", admin2: "SY0102", latitude: "13.061234", longitude: "103.201234", gps_accuracy: 4 };
const accidents: Row[] = [
  {
    ...here,
    report_id: one,
    date_known: "yes",
    accident_date: "2024-03-17",
    gps_safe: "yes",
    killed: 1,
    injured: 3,
    casualties_total: 4,
    suspected_device: "landmine_ap",
    suspected_cause: "stepped",
    area_type: "rural",
    marked_before: "no",
    cleared_before: "dont_know",
    informant: "Canary Informant",
  },
  {
    ...here,
    report_id: two,
    date_known: "no",
    gps_safe: "yes",
    killed: 0,
    injured: 2,
    suspected_device: "erw",
    suspected_cause: "tampering",
    area_type: "urban",
    marked_before: "yes",
    cleared_before: "no",
  },
  // No position could safely be recorded: the form fills in the centre of the community.
  {
    ...here,
    report_id: unsafe,
    accident_date: "2025-01-10",
    gps_safe: "no",
    killed: 1,
    injured: 0,
    area_type: "rural",
  },
  { ...here, report_id: "BAD-ACC-1", accident_date: "2024-02-31", gps_safe: "yes", killed: 1 },
  { ...here, report_id: "BAD-ACC-2", accident_date: "2024-05-01", gps_safe: "yes", killed: "some" },
  // A device nobody foresaw is a finding; the accident is stored all the same.
  { ...here, report_id: "ODD-ACC-1", accident_date: "2024-05-02", gps_safe: "yes", suspected_device: "sea mine" },
];
const victim = (accident: string, n: number, more: Row): Row => ({
  victim_id: `${accident}-VA-0${n}`,
  accident_id: accident,
  name: `Canary Survivor ${n}`,
  contact: "099-CANARY",
  birth_date: "1990-04-05",
  informant: "Canary Neighbour",
  gender: "male",
  victim_status: "civilian",
  direct_consequence: "injured",
  ...more,
});
const victims: Row[] = [
  victim(one, 1, { direct_consequence: "killed", age_at_accident: 34, activity: "farming" }),
  // The trap: a limb is lost, and the form counts the person among the injured.
  victim(one, 2, {
    age_at_accident: 12,
    wound_lower_below_knee: "yes",
    wound_chest: "no",
    wound_upper_limbs: "yes",
    permanent_impairment: "yes",
    loss_below_knee: "yes",
    loss_hearing: "yes",
    loss_eyesight: "no",
    had_re: "no",
    knew_danger: "dont_know",
  }),
  victim(one, 3, { gender: "female", age_at_accident: 41, loss_hand_finger: "yes" }),
  victim(one, 4, { gender: "female", age_at_accident: 7, activity: "playing", had_re: "yes" }),
  victim(two, 1, { age_at_accident: 19, touched_item: "yes", activity: "scrap_metal" }),
  // Later died of it: the form still says injured, the death counts.
  victim(two, 2, { age_at_accident: 23, death_date: "2024-07-01" }),
  victim(unsafe, 1, { direct_consequence: "killed", gender: "unknown" }),
  victim("MAG-ACC-19990101-0000", 1, { age_at_accident: 20 }),
  victim(one, 5, { age_at_accident: 212 }),
  victim(one, 6, { direct_consequence: "vanished" }),
];

describeEachDatabase("field forms of accidents and victims", (context) => {
  const files = () => [aFile(csv(accidentColumns, accidents), "acc.csv"), aFile(csv(victimColumns, victims), "va.csv")];
  const found = (definition: typeof accidentDefinition, codes: string[]) =>
    context.db.transaction(programClaims, async (tx) =>
      Object.fromEntries(
        (await findByKeys(tx, definition, "KHM", "code", codes)).map((record) => [
          String(record.values.code),
          record.values,
        ]),
      ),
    );
  const outcomes = async () => {
    const server = testServer(context.db, accidentImplementations, { rights: accidentRights, clock: () => now });
    const as = [grant("information-manager", "KHM")];
    const { status, body } = (await server.get("/api/accidents/statistics?country=KHM&by=outcome", as)) as unknown as {
      status: number;
      body: { rows: { keys: (string | null)[]; casualties: number }[] };
    };
    expect(status).toBe(200);
    return Object.fromEntries(body.rows.map(({ keys, casualties }) => [keys[0] ?? "total", casualties]));
  };
  let imported: string[] = [];
  let district = "";
  beforeAll(async () => {
    const province = await aUnit(context.db, "KHM", "SY01", 1);
    district = await aUnit(context.db, "KHM", "SY0102", 2, province);
    const [acc, va] = files() as [string, string];
    const first = await runImport(context.db, [acc], { profile: profile("field-forms-accidents") });
    // Every row is stored or refused with a finding that says why.
    expect(first).toMatchObject({ read: 6, stored: 4, refused: 2, unchanged: 0 });
    expect(first.byCheck).toMatchObject({ "date.impossible": 1, "number.malformed": 1, "unknown-code": 1 });
    const second = await runImport(context.db, [va], { profile: profile("field-forms-casualties") });
    expect(second).toMatchObject({ read: 10, stored: 7, refused: 3, unchanged: 0 });
    expect(second.byCheck).toMatchObject({ "record-unknown": 1, "out-of-range": 1, "unknown-code": 1 });
    imported = [first.importId, second.importId];
  });

  it("keep what each question says, the place only where it was safe, and a date only where it is known", async () => {
    const stored = await found(accidentDefinition, [one, two, unsafe]);
    expect(stored[one]).toMatchObject({
      occurredOn: "2024-03-17",
      device: "ap-mine",
      cause: "stepped-on",
      areaType: "rural",
      areaMarked: false,
      killed: 1,
      injured: 3,
      unit: district,
      fixedBy: "gps",
      accuracyMetres: 4,
      safeToRecord: true,
      geometry: { type: "Point" },
    });
    expect([stored[one]?.areaCleared ?? null, stored[one]?.amputated ?? null, stored[two]?.occurredOn ?? null]).toEqual(
      [null, null, null],
    );
    expect(stored[unsafe]).toMatchObject({ safeToRecord: false, fixedBy: "unit-centroid", unit: district });
    expect([stored[unsafe]?.geometry ?? null, stored[unsafe]?.coordinatesAsTyped ?? null]).toEqual([null, null]);
  });

  it("count somebody who lost a limb once, as the form counts, and never infer an amputation", async () => {
    const survivors = await found(casualtyDefinition, [`${one}-VA-02`, `${one}-VA-03`, `${two}-VA-02`]);
    expect(survivors[`${one}-VA-02`]).toMatchObject({
      outcome: "injured",
      ageGroup: "child",
      impairments: ["hearing", "below-knee"],
      bodyRegions: ["upper-limbs", "lower-limbs-below-knee"],
      hadRiskEducation: false,
    });
    expect(survivors[`${one}-VA-02`]?.knewDanger ?? null).toBeNull();
    expect(survivors[`${one}-VA-03`]).toMatchObject({ outcome: "injured", impairments: ["hand-or-finger"] });
    expect(survivors[`${two}-VA-02`]).toMatchObject({ outcome: "killed", diedOn: "2024-07-01" });
    expect(await outcomes()).toEqual({ killed: 3, injured: 4, total: 7 });
  });

  it("count apart or among the injured those whom a form calls amputated, and the total stays", async () => {
    const more = [victim(unsafe, 2, { direct_consequence: "amputated", loss_above_knee: "yes", gender: "female" })];
    const file = aFile(csv(victimColumns, more), "more.csv");
    expect(await runImport(context.db, [file], { profile: profile("field-forms-casualties") })).toMatchObject({
      stored: 1,
    });
    expect(await outcomes()).toEqual({ killed: 3, injured: 4, amputated: 1, total: 8 });
    const way = accidentSettings.find(({ name }) => name === "accidents.amputated");
    if (!way) throw new Error("the setting is there");
    await sql`insert into setting (country, name, value) values ('KHM', ${way.name}, '"within-injured"')`.execute(
      context.db.owner,
    );
    expect(await context.db.transaction(programClaims, (tx) => readSetting(tx, way as never, "KHM"))).toBe(
      "within-injured",
    );
    expect(await outcomes()).toEqual({ killed: 3, injured: 5, total: 8 });
  });

  it("change nothing when they come again, and leave no name, contact or date of birth anywhere", async () => {
    const [acc, va] = files() as [string, string];
    const again = await runImport(context.db, [va], { profile: profile("field-forms-casualties") });
    expect(again).toMatchObject({ read: 10, stored: 0, unchanged: 7, refused: 3 });
    expect(await runImport(context.db, [acc], { profile: profile("field-forms-accidents") })).toMatchObject({
      stored: 0,
      unchanged: 4,
      refused: 2,
    });
    const kept = await context.db.transaction(programClaims, (tx) =>
      findFindings(tx, "KHM", imported[1] ?? "", { severity: "error" }, { limit: 10 }),
    );
    expect(kept.map(({ fields }) => fields?.victim_id)).toContain(`${one}-VA-06`);
    const lines: string[] = [];
    await context.db.owner.transaction().execute(async (tx) => {
      for (const table of await listTables(tx)) for await (const some of readLines(tx, table)) lines.push(...some);
    });
    const whole = lines.join("\n");
    expect(whole).toContain(`${one}-VA-02`);
    for (const canary of ["Canary", "099-CANARY", "1990-04-05"]) expect(whole).not.toContain(canary);
  });
});
