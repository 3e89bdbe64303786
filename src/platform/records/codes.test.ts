import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { implement } from "../http/handler.ts";
import { grant, type TestServer, testServer } from "../http/testing.ts";
import { createRecords } from "./actions.ts";
import { registerCodeLists } from "./codes.ts";
import { recordHandlers } from "./handlers.ts";
import { findByKeys } from "./store.ts";
import { createThings, thingDefinition, thingRights, thingRoutes } from "./testing.ts";

const manager = [grant("information-manager")];
const now = new Date("2026-05-06T07:08:09.010Z");
const change = { accountId: null, now, reason: null };

describeEachDatabase("codes of records", (context) => {
  let server: TestServer;
  const create = async (values: object) =>
    (await server.post("/api/things", { country: "KHM", values }, manager)) as {
      status: number;
      body: { record: { id: string; revision: number }; fields: object[] };
    };
  const refused = (field: string, value: string) => [{ path: field, code: "check.code-unknown", params: { value } }];

  beforeAll(async () => {
    registerCodeLists({ "thing-kind": ["big", "small"], "thing-mark": ["red", "blue"] });
    await createThings(context.db);
    const rights = { read: "things.read", correct: "things.correct" };
    const implementation = implement(thingRoutes, recordHandlers(thingDefinition, rights));
    server = testServer(context.db, [implementation], { rights: thingRights, clock: () => now });
  });

  it("are those of the field's list, in every value of a field with several", async () => {
    const made = await create({ code: "C-1", kind: "big", marks: ["red", "blue"] });
    expect(made.status).toBe(200);
    const wrong = await create({ code: "C-2", kind: "huge", marks: ["red", "green"] });
    expect(wrong.status).toBe(422);
    expect(wrong.body.fields).toEqual([...refused("kind", "huge"), ...refused("marks", "green")]);
    const { id, revision } = made.body.record;
    const body = { revision, reason: "seen in the field", changes: { marks: ["red", "green"] } };
    const corrected = await server.post(`/api/things/KHM/${id}/correct`, body, manager);
    expect(corrected).toMatchObject({ status: 422, body: { fields: refused("marks", "green") } });
  });

  it("are refused by the engine itself, and nothing of the batch is stored", () =>
    context.rollback(async (tx) => {
      const things = [
        { country: "KHM", values: { code: "C-3", kind: "big" } },
        { country: "KHM", values: { code: "C-4", kind: "huge" } },
      ];
      await expect(createRecords(tx, thingDefinition, things, change)).rejects.toMatchObject({
        code: "common.invalid-input",
        fields: refused("kind", "huge"),
      });
      expect(await findByKeys(tx, thingDefinition, "KHM", "code", ["C-3", "C-4"])).toEqual([]);
    }));

  it("of before the list stay when another field is corrected", async () => {
    const made = await create({ code: "C-5", kind: "small" });
    await context.db.executeSql("update test_thing set kind = 'old' where code = 'C-5'");
    const { id, revision } = made.body.record;
    const correct = (changes: object) =>
      server.post(`/api/things/KHM/${id}/correct`, { revision, reason: "seen in the field", changes }, manager);
    expect((await correct({ kind: "older" })).status).toBe(422);
    expect((await correct({ weight: 5 })).status).toBe(200);
  });
});
