import { expect, it } from "vitest";
import { readMigrations, splitStatements } from "../../platform/database/migrate.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { unitDefinition } from "./index.ts";
import { loadCountries } from "./reference.ts";
import { listCountries } from "./store.ts";

describeEachDatabase("countries of a node", (context) => {
  it("become active with their first record, and those that had one before by the migration", async () => {
    const active = () =>
      context.db.transaction(programClaims, async (tx) =>
        (await listCountries(tx)).filter((country) => country.active).map(({ code }) => code),
      );
    await context.db.transaction(programClaims, loadCountries);
    expect(await active()).toEqual([]);
    const unit = (country: string) => ({ country, values: { code: "01", names: { en: "A" }, level: 1 } });
    const change = { accountId: null, now: new Date("2026-01-01T00:00:00Z"), reason: null };
    const create = (countries: readonly string[]) =>
      context.db.transaction(programClaims, (tx) => createRecords(tx, unitDefinition, countries.map(unit), change));
    await create([]);
    expect(await active()).toEqual([]);
    await create(["LAO", "COL"]);
    expect(await active()).toEqual(["COL", "LAO"]);
    await context.db.executeSql("update places_country set active = false");
    const migration = readMigrations().find(({ name }) => name === "countries-with-records")?.sql ?? "";
    for (const statement of splitStatements(migration)) await context.db.executeSql(statement);
    expect(await active()).toEqual(["COL", "LAO"]);
  });
});
