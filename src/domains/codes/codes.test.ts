import { describe, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { rights, type VariantOutput } from "./contract.ts";
import { createCodes, joinCodeLists, validVariants } from "./index.ts";

const lists = { "accident-cause": ["stepped-on", "handled"], "area-type": ["rural", "urban"] };
const manager = [grant("information-manager", "KHM")];
const variant = { country: "KHM", code: "7B", labels: { km: "ជាន់", en: "Trodden on" }, standard: "stepped-on" };

describe("joining code lists", () => {
  it("takes each list once and refuses two meanings of one name", () => {
    expect(joinCodeLists([{ a: ["x"] }, { a: ["x"], b: ["y"] }])).toEqual({ a: ["x"], b: ["y"] });
    expect(() => joinCodeLists([{ a: ["x"] }, { a: ["y"] }])).toThrow('"a"');
  });
});

describeEachDatabase("national codes", (context) => {
  const server = () => testServer(context.db, [createCodes(lists)], { rights });
  const add = (body: object, list = "accident-cause", as = manager) =>
    server().post(`/api/codes/${list}/variants`, body, as);
  const valid = (on: string) => context.db.transaction(programClaims, (tx) => validVariants(tx, "KHM", on));

  it("stand for a standard code from a day to a day, and are never rewritten", async () => {
    const { status, body } = await add({ ...variant, validFrom: "2020-01-01" });
    expect([status, body]).toMatchObject([200, { code: "7B", version: 1, validTo: null }]);
    const { id } = body as VariantOutput;
    expect((await valid("2019-12-31")).length).toBe(0);
    expect((await valid("2020-01-01")).map(({ standard }) => standard)).toEqual(["stepped-on"]);

    const retire = (version: number, validTo: string) =>
      server().post(`/api/codes/variants/KHM/${id}/retire`, { version, validTo }, manager);
    expect((await retire(1, "2019-01-01")).status).toBe(422);
    expect((await retire(1, "2024-12-31")).body).toMatchObject({ validTo: "2024-12-31", version: 2 });
    expect((await retire(1, "2025-12-31")).body).toMatchObject({ code: "common.stale-revision" });

    expect((await add({ ...variant, standard: "handled", validFrom: "2025-01-01" })).status).toBe(200);
    expect((await valid("2024-12-31")).map(({ standard }) => standard)).toEqual(["stepped-on"]);
    expect((await valid("2025-06-01")).map(({ standard }) => standard)).toEqual(["handled"]);

    const { body: shown } = await server().get("/api/codes?country=KHM", manager);
    const { items, allowed } = shown as {
      items: { list: string; values: string[]; variants: object[] }[];
      allowed: string[];
    };
    expect(items.map(({ list, values, variants }) => [list, values.length, variants.length])).toEqual([
      ["accident-cause", 2, 2],
      ["area-type", 2, 0],
    ]);
    expect(allowed).toEqual(["change"]);
  });

  it("are refused when list or standard code is unknown, the code is taken, or the right is missing", async () => {
    expect((await add(variant, "no-list")).body).toMatchObject({ code: "codes.unknown-list" });
    expect((await add({ ...variant, standard: "flown" })).body).toMatchObject({ code: "codes.unknown-standard" });
    expect((await add({ ...variant, code: "9" })).status).toBe(200);
    expect((await add({ ...variant, code: "9" })).body).toMatchObject({ code: "codes.code-taken" });
    expect((await add(variant, "accident-cause", [grant("data-entry", "KHM")])).status).toBe(403);
    expect((await add({ ...variant, country: "LAO" })).status).toBe(403);
  });
});
