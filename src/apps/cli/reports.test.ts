import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "../../platform/kernel/ids.ts";
import { aNode, type TestNode } from "./testing.ts";

let node: TestNode;
const santi = (...args: string[]) => node.santi(...args);
beforeAll(async () => {
  node = await aNode();
});
afterAll(() => node.remove());

it("schedules of reports are listed and issued from the command line", { timeout: 120_000 }, async () => {
  expect(await santi("reports", "schedule", "list")).toMatchObject({ code: 0, out: "No report is scheduled.\n" });
  const { access, close, database } = await node.open();
  const { id: owner } = await access.createAccount({
    ...{ name: "Manager", email: "manager@example.org" },
    grants: [{ role: "information-manager", country: "KHM", organisation: null }],
  });
  await sql`insert into reporting_schedule (country, id, definition, words, countries, every, day, period, language, formats,
      area_unit, audience, folder, recipients, next_on, owner, recorded_at)
    values ('KHM', ${newId()}::uuid, 'operator-tables', '{"key":"reporting.definition.operator-tables"}', '{KHM}', 'monthly', 1, 'ended',
      'en', '{json}', 'km2', 'own', true, '{}', '2020-01-01', ${owner}, '2019-12-01')`.execute(database.owner);
  await close();
  const listed = await santi("reports", "schedule", "list");
  expect(listed).toMatchObject({ err: "", code: 0, out: "KHM operator-tables: every month, next on 2020-01-01\n" });
  const issued = await santi("reports", "schedule", "run", "--json");
  expect(issued.code).toBe(0);
  expect(issued.json()).toMatchObject([{ country: "KHM", state: "done" }]);
  const folder = join(node.data, "reports", "KHM");
  expect(existsSync(folder) && readdirSync(folder)).toHaveLength(1);
  expect(await santi("reports", "schedule", "run")).toMatchObject({ code: 0, out: "No report is due.\n" });
});
