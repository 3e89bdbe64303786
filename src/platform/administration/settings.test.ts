import { expect, it } from "vitest";
import { recordType } from "../contract/record-type.ts";
import { describeEachDatabase } from "../database/testing.ts";
import { programClaims } from "../database/types.ts";
import type { RecordDefinition } from "../records/definition.ts";
import { newRecordLevels } from "../records/store.ts";
import type { SettingOutput } from "./contract-settings.ts";
import { createAdministration, listRows, readSetting } from "./index.ts";
import { type Send, serveAs } from "./testing.ts";

const definition: RecordDefinition = {
  type: recordType({ name: "things.thing", fields: {}, titleField: "code" }),
  table: "land_area",
  searchFields: [],
  codePrefix: "T",
  defaultLevel: 1,
  derive: () => ({}),
  check: () => [],
};

describeEachDatabase("settings", (context) => {
  const senders = () => {
    const jobs = { define: () => {}, enter: async () => "" };
    const serve = serveAs(context.db, [
      createAdministration({ database: context.db, jobs, definitions: [definition] }),
    ]);
    return {
      node: serve("ada", ["administrator", null]),
      khm: serve("kim", ["administrator", "KHM"]),
      manager: serve("minh", ["information-manager", "KHM"]),
      nobody: serve(null),
    };
  };
  const one = async (send: Send, name: string, query = "") => {
    const { body } = await send("GET", `/api/settings${query}`);
    const found = (body.items as SettingOutput[]).find((item) => item.name === name);
    if (!found) throw new Error(`No setting ${name}`);
    return found;
  };
  const put = (send: Send, name: string, country: string | null, value: unknown, expected: string | null) =>
    send("PUT", `/api/settings/${name}`, { country, value, expected });

  it("keeps a node's name, shows it to everybody, and says who chose it", async () => {
    const { node, nobody } = senders();
    const saved = await put(node, "node.name", null, { en: "Centre", km: "មជ្ឈមណ្ឌល" }, null);
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({ source: "node", value: { en: "Centre" }, changeable: true });
    expect((await nobody("GET", "/api/settings/values")).body).toMatchObject({
      values: { "node.name": { en: "Centre", km: "មជ្ឈមណ្ឌល" }, "lists.rows": 50 },
    });
    expect((await nobody("GET", "/api/settings/values")).body.values).not.toHaveProperty([
      "records.level.things.thing",
    ]);
  });

  it("lets a country differ from all, and takes the choice back", async () => {
    const { node, khm } = senders();
    const all = await put(node, "lists.rows", null, 20, null);
    const own = await put(khm, "lists.rows", "KHM", 30, null);
    expect(own.body).toMatchObject({ value: 30, source: "country" });
    const read = (country: string | null) =>
      context.db.transaction(programClaims, (tx) => readSetting(tx, listRows, country));
    expect([await read("KHM"), await read("LAO"), await read(null)]).toEqual([30, 20, 20]);
    const reset = await put(khm, "lists.rows", "KHM", null, own.body.changedAt as string);
    expect(reset.body).toMatchObject({ value: 20, source: "node", changedAt: null });
    await put(node, "lists.rows", null, null, all.body.changedAt as string);
    expect(await read("KHM")).toBe(50);
  });

  it("gives new records the level that a country chose", async () => {
    const { khm } = senders();
    const level = (country: string) =>
      context.db.transaction(programClaims, async (tx) =>
        (await newRecordLevels(tx, definition, [country])).get(country),
      );
    expect(await level("KHM")).toBe(1);
    expect((await put(khm, "records.level.things.thing", "KHM", "confidential", null)).status).toBe(200);
    expect([await level("KHM"), await level("LAO")]).toEqual([2, 1]);
    expect(await one(khm, "records.level.things.thing", "?country=KHM")).toMatchObject({
      key: "records.level",
      about: "things.thing",
      source: "country",
    });
  });

  it("refuses who may not, what is no value, and what was chosen meanwhile", async () => {
    const { node, khm, manager, nobody } = senders();
    expect((await put(khm, "node.name", null, { en: "Mine" }, null)).status).toBe(403);
    expect((await put(khm, "lists.rows", "LAO", 30, null)).status).toBe(403);
    expect((await put(manager, "lists.rows", "KHM", 30, null)).status).toBe(403);
    expect((await nobody("GET", "/api/settings")).status).toBe(401);
    expect((await put(node, "lists.rows", null, 5, null)).body).toMatchObject({
      code: "common.invalid-input",
      fields: [{ path: "value", code: "field.too-small", params: { minimum: 10 } }],
    });
    expect((await put(node, "node.contact", null, { xx: "a" }, null)).status).toBe(422);
    expect((await put(node, "node.language", "KHM", "km", null)).body).toMatchObject({
      code: "settings.not-by-country",
    });
    expect((await put(node, "no.such", null, 1, null)).status).toBe(404);
    const first = await put(node, "node.language", null, "km", null);
    expect(first.status).toBe(200);
    expect((await put(node, "node.language", null, "th", null)).body).toMatchObject({ code: "common.stale-revision" });
    expect(await one(node, "node.language")).toMatchObject({ value: "km", changedAt: first.body.changedAt });
  });

  it("writes the name of a setting into the log and never its value", async () => {
    const { rows } = await context.db.executeSql(
      "select type, country, payload from event where type like 'settings.%' order by seq",
    );
    expect(rows[0]).toEqual({ type: "settings.changed", country: null, payload: { name: "node.name" } });
    expect(JSON.stringify(rows)).not.toContain("Centre");
  });
});
