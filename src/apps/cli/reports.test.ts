import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { embeddedCopy } from "../../platform/database/testing.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { openNode } from "../server/node.ts";
import { runProgram } from "./program.ts";

let data: string;
beforeAll(async () => {
  data = await embeddedCopy();
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** Runs a command on the test's node. */
async function santi(...args: string[]): Promise<{ code: number; out: string }> {
  let out = "";
  const stream = {
    write(text: string) {
      out += text;
    },
  };
  const code = await runProgram([...args, "--data", data], { stdout: stream, stderr: stream });
  return { code, out };
}

it("schedules of reports are listed and issued from the command line", { timeout: 120_000 }, async () => {
  expect(await santi("reports", "schedule", "list")).toEqual({ code: 0, out: "No report is scheduled.\n" });
  const node = await openNode({ directory: data, publicAddress: "http://localhost:8600" });
  const { id: owner } = await node.access.createAccount({
    ...{ name: "Manager", email: "manager@example.org" },
    grants: [{ role: "information-manager", country: "KHM", organisation: null }],
  });
  await sql`insert into reporting_schedule (country, id, definition, words, countries, every, day, period, language, formats,
      area_unit, audience, folder, recipients, next_on, owner, recorded_at)
    values ('KHM', ${newId()}::uuid, 'operator-tables', '{"key":"reporting.definition.operator-tables"}', '{KHM}', 'monthly', 1, 'ended',
      'en', '{json}', 'km2', 'own', true, '{}', '2020-01-01', ${owner}, '2019-12-01')`.execute(node.database.owner);
  await node.close();
  const listed = await santi("reports", "schedule", "list");
  expect(listed).toEqual({ code: 0, out: "KHM operator-tables: every month, next on 2020-01-01\n" });
  const issued = await santi("reports", "schedule", "run", "--json");
  expect(issued.code).toBe(0);
  expect(JSON.parse(issued.out)).toMatchObject([{ country: "KHM", state: "done" }]);
  const folder = join(data, "reports", "KHM");
  expect(existsSync(folder) && readdirSync(folder)).toHaveLength(1);
  expect(await santi("reports", "schedule", "run")).toEqual({ code: 0, out: "No report is due.\n" });
});
