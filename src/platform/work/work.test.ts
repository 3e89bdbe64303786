import { expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { grant, testServer } from "../http/testing.ts";
import { rights } from "./contract.ts";
import { countedOnce, createWork, type WorkCounter } from "./index.ts";

const found: Record<string, { count: number; late: number | null }> = {
  KHM: { count: 3, late: 1 },
  LAO: { count: 2, late: null },
  VNM: { count: 0, late: null },
};
const counter = (kind: string, right: string): WorkCounter => ({
  kind,
  rights: [right],
  count: async (_, country) => found[country] ?? { count: 0, late: null },
});

describeEachDatabase("what waits for people", (context) => {
  const server = () =>
    testServer(
      context.db,
      [
        createWork([counter("to-check", "things.check"), counter("to-mend", "things.mend")], async () => [
          "LAO",
          "VNM",
        ]),
      ],
      { rights: { ...rights, "things.check": "verifiers", "things.mend": "reporters" } },
    );
  const items = async (grants: Parameters<ReturnType<typeof server>["get"]>[1], query = "") => {
    const { status, body } = await server().get(`/api/work${query}`, grants);
    expect(status).toBe(200);
    return (body as { items: unknown[] }).items;
  };

  it("is counted where the caller may do something about it, and nowhere else", async () => {
    expect(await items([grant("quality-officer", "KHM"), grant("operator", "LAO")])).toEqual([
      { kind: "to-check", count: 3, late: 1, countries: ["KHM"] },
      { kind: "to-mend", count: 2, late: null, countries: ["LAO"] },
    ]);
  });

  it("is added up over countries, and narrowed to one", async () => {
    const both = [grant("operator", "KHM"), grant("operator", "LAO"), grant("operator", "VNM")];
    expect(await items(both)).toEqual([{ kind: "to-mend", count: 5, late: 1, countries: ["KHM", "LAO"] }]);
    expect(await items(both, "?country=LAO")).toEqual([{ kind: "to-mend", count: 2, late: null, countries: ["LAO"] }]);
    expect(await items(both, "?country=THA")).toEqual([]);
  });

  it("is counted once a request and country where two kinds are read off the same counts", async () => {
    let asked: string[] = [];
    const counts = countedOnce(async (_, country) => {
      asked.push(country);
      return { open: 2, closed: 1 };
    });
    const read = (kind: "open" | "closed"): WorkCounter => ({
      kind,
      rights: ["things.mend"],
      count: async (of, country) => ({ count: (await counts(of, country))[kind], late: null }),
    });
    const once = testServer(context.db, [createWork([read("open"), read("closed")], async () => [])], {
      rights: { ...rights, "things.mend": "reporters" },
    });
    const grants = [grant("operator", "KHM"), grant("operator", "LAO")];
    for (const _ of ["first", "second"]) {
      asked = [];
      expect((await once.get("/api/work", grants)).body).toMatchObject({
        items: [
          { kind: "open", count: 4 },
          { kind: "closed", count: 2 },
        ],
      });
      expect(asked).toEqual(["KHM", "LAO"]);
    }
  });

  it("is asked for in every active country when a role holds everywhere, and is nothing for who only reads", async () => {
    expect(await items([grant("quality-officer", null)])).toEqual([
      { kind: "to-check", count: 2, late: null, countries: ["LAO"] },
    ]);
    expect(await items([grant("donor", "KHM")])).toEqual([]);
    expect((await server().get("/api/work", [])).status).toBe(403);
  });
});
