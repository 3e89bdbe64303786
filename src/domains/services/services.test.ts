import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import type { Grant } from "../../platform/access/model.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { grant, type TestServer, testServer } from "../../platform/http/testing.ts";
import { aUnit } from "../../platform/records/testing.ts";
import "../places/index.ts";
import { anOrganisation } from "../quality/samples.ts";
import type { DirectoryEntry } from "./contract.ts";
import { implementations, rights } from "./index.ts";
import { isStale, monthsBefore, needKinds, serviceCodes, servicesFor, validOn } from "./model.ts";

const officer: readonly Grant[] = [grant("victim-assistance-officer", "KHM")];
const day = fc
  .date({ min: new Date("2000-01-31"), max: new Date("2040-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("what is known of a point", () => {
  it("is stale after the country's months, to the day, and when nobody ever looked", () => {
    expect(monthsBefore("2026-03-31", 1)).toBe("2026-02-28");
    expect(monthsBefore("2026-01-15", 13)).toBe("2024-12-15");
    expect(isStale("2025-11-23", "2026-11-23", 12)).toBe(false);
    expect(isStale("2025-11-22", "2026-11-23", 12)).toBe(true);
    expect(isStale(null, "2026-11-23", 12)).toBe(true);
  });

  it("never becomes fresh again by waiting", () => {
    fc.assert(
      fc.property(day, day, day, fc.integer({ min: 1, max: 60 }), (verified, one, two, months) => {
        const [early, late] = [one, two].sort() as [string, string];
        if (isStale(verified, early, months)) expect(isStale(verified, late, months)).toBe(true);
      }),
    );
  });

  it("holds on both ends of its days", () => {
    const span = { validFrom: "2026-01-01", validUntil: "2026-06-30" };
    expect(["2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01"].map((on) => validOn(span, on))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(validOn({ validFrom: "2026-01-01", validUntil: null }, "2050-01-01")).toBe(true);
  });

  it("answers every need by some service, and every service but those that help to reach one answers a need", () => {
    for (const need of needKinds) expect(servicesFor[need].length).toBeGreaterThan(0);
    const answering = new Set(Object.values(servicesFor).flat());
    expect(serviceCodes.filter((code) => !answering.has(code))).toEqual([]);
  });
});

describeEachDatabase("the directory", (context) => {
  let server: TestServer;
  let provider = "";
  const ids: Record<string, string> = {};
  type Found = { items: DirectoryEntry[]; total: number };
  const find = async (query: string, as?: readonly Grant[]) => {
    const { status, body } = (await server.get(`/api/services/directory?country=KHM&${query}`, as)) as {
      status: number;
      body: Found;
    };
    expect(status).toBe(200);
    return body.items.map(({ names }) => names.en);
  };
  const point = async (name: string, values: object, offers: readonly object[]) => {
    const made = (await server.post(
      "/api/services/points",
      { country: "KHM", values: { names: { en: name }, organisation: provider, validFrom: "2020-01-01", ...values } },
      officer,
    )) as { status: number; body: { record: { id: string; revision: number } } };
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    ids[name] = made.body.record.id;
    for (const offer of offers) {
      const body = { country: "KHM", values: { point: ids[name], validFrom: "2020-01-01", ...offer } };
      expect((await server.post("/api/services/offers", body, officer)).status).toBe(200);
    }
  };
  beforeAll(async () => {
    server = testServer(context.db, implementations, { rights, clock: () => new Date("2026-11-23T05:00:00Z") });
    provider = await anOrganisation(context.db, "Provider");
    const at = (longitude: number, latitude: number) => ({ type: "Point", coordinates: [longitude, latitude] });
    const common = { verifiedOn: "2026-06-01", languages: ["khmer"], accessibility: ["step-free", "female-staff"] };
    await point("North", { ...common, geometry: at(103.2, 13.1) }, [
      { service: "prosthesis-new", cost: "free" },
      { service: "physiotherapy" },
    ]);
    await point("South", { ...common, languages: ["khmer", "sign-language"], geometry: at(104.2, 10.6) }, [
      { service: "prosthesis-new" },
    ]);
    await point("Stale", { verifiedOn: "2024-01-01", geometry: at(103.3, 13.1) }, [{ service: "counselling" }]);
    await point("Ended", { ...common, validUntil: "2025-12-31" }, [{ service: "prosthesis-new" }]);
    await point("Stopped", common, [{ service: "prosthesis-new", validUntil: "2024-12-31" }, { service: "grant" }]);
    await point("Hidden", { ...common, sensitiveLocation: true, geometry: at(103.1, 13.2) }, [
      { service: "psychiatry" },
    ]);
  });

  it("finds by need, service, language and accessibility what is valid on the day", async () => {
    expect(await find("need=assistive-product")).toEqual(["North", "South"]);
    expect(await find("services=prosthesis-new&on=2024-06-01")).toEqual(["North", "South", "Ended", "Stopped"]);
    expect(await find("need=rehabilitation&services=physiotherapy")).toEqual(["North"]);
    expect(await find("languages=sign-language")).toEqual(["South"]);
    expect(await find("accessibility=step-free,female-staff&services=grant")).toEqual(["Stopped"]);
    expect(await find("accessibility=tactile")).toEqual([]);
    expect(await find("q=nort")).toEqual(["North"]);
    expect(await find("q=%25")).toEqual([]);
  });

  it("finds by place what is there, and what says that it serves the place", async () => {
    const [province, district, elsewhere] = [
      await aUnit(context.db, "KHM", "KH-90", 1),
      await aUnit(context.db, "KHM", "KH-9001", 2),
      await aUnit(context.db, "KHM", "KH-91", 1),
    ];
    await sql`update places_unit set parent = ${province} where id = ${district}`.execute(context.db.owner);
    const grantHere = [{ service: "legal-aid" }];
    await point("There", { unit: district }, grantHere);
    await point("Serves the province", { unit: elsewhere, catchmentUnits: [elsewhere, province] }, grantHere);
    await point("Serves another", { unit: elsewhere, catchmentUnits: [elsewhere] }, grantHere);
    const all = "services=legal-aid&unit=";
    expect(await find(`${all}${district}`)).toEqual(["There", "Serves the province"]);
    expect(await find(`${all}${province}`)).toEqual(["There", "Serves the province"]);
    expect(await find(`${all}${elsewhere}`)).toEqual(["Serves the province", "Serves another"]);
    const { body } = (await server.get(`/api/services/directory?country=KHM&${all}${district}`)) as unknown as {
      body: { items: { catchmentUnits: string[] }[]; references: Record<string, { code: string }> };
    };
    expect(body.items.map(({ catchmentUnits }) => catchmentUnits)).toEqual([[], [elsewhere, province]]);
    expect([elsewhere, province].map((id) => body.references[id]?.code)).toEqual(["KH-91", "KH-90"]);
  });

  it("serves no unit that does not exist", async () => {
    const values = { names: { en: "Nowhere" }, organisation: provider, validFrom: "2020-01-01" };
    const made = (await server.post(
      "/api/services/points",
      { country: "KHM", values: { ...values, catchmentUnits: [crypto.randomUUID()] } },
      officer,
    )) as { status: number; body: { code: string } };
    expect([made.status, made.body.code]).toEqual([422, "common.invalid-input"]);
  });

  it("orders by distance as the crow flies, and keeps within it", async () => {
    expect((await find("longitude=104.2&latitude=10.6&need=assistive-product"))[0]).toBe("South");
    expect(await find("longitude=103.2&latitude=13.1&within=20")).toEqual(["North", "Stale"]);
    const { body } = (await server.get(
      "/api/services/directory?country=KHM&longitude=103.2&latitude=13.1&q=stale",
    )) as unknown as { body: Found };
    // A tenth of a degree of longitude at 13.1° north is 10,830 m on the sphere.
    expect(body.items[0]).toMatchObject({ stale: true });
    expect(Math.abs((body.items[0]?.distanceMetres ?? 0) - 10_830)).toBeLessThan(30);
  });

  it("keeps a point of sensitive location, its name and its offers from everybody without the level", async () => {
    expect(await find("need=psychosocial")).toEqual(["Stale"]);
    expect(await find("need=psychosocial", officer)).toEqual(["Stale", "Hidden"]);
    for (const path of ["/api/services/points?country=KHM", "/api/services/offers?country=KHM"]) {
      const text = JSON.stringify((await server.get(path)).body);
      expect(text).toContain(ids.North);
      expect(text).not.toContain(ids.Hidden);
    }
    for (const path of [`directory/KHM/${ids.Hidden}`, `points/KHM/${ids.Hidden}`, `points/KHM/${ids.Hidden}/history`])
      expect((await server.get(`/api/services/${path}`)).status).toBe(404);
    // Marked later, it disappears at once; unmarked, it is back.
    const mark = (revision: number, sensitiveLocation: boolean) =>
      server.post(
        `/api/services/points/KHM/${ids.South}/correct`,
        { revision, reason: "Asked by the provider", changes: { sensitiveLocation } },
        officer,
      );
    expect((await mark(1, true)).status).toBe(200);
    expect(await find("need=assistive-product")).toEqual(["North"]);
    expect((await mark(1, false)).status).toBe(409);
    expect((await mark(2, false)).status).toBe(200);
    expect(await find("need=assistive-product")).toEqual(["North", "South"]);
  });

  it("refuses unknown codes, money without a currency, and offers outside the days of their point", async () => {
    const offer = async (values: object) => {
      const body = { country: "KHM", values: { point: ids.Ended, validFrom: "2021-01-01", ...values } };
      const answer = (await server.post("/api/services/offers", body, officer)) as {
        body: { fields?: { path: string; code: string }[] };
      };
      return answer.body.fields?.map(({ path, code }) => `${path} ${code}`);
    };
    expect(await offer({ service: "magic" })).toEqual(["service check.no-such-code"]);
    expect(await offer({ service: "grant", price: 5 })).toEqual(["currency check.currency-missing"]);
    expect(await offer({ service: "grant", validFrom: "2026-02-01" })).toEqual(["validFrom check.point-closed"]);
    expect(await offer({ service: "grant", validUntil: "2026-02-01" })).toEqual(["validUntil check.point-closed"]);
    expect((await server.post("/api/services/points", { country: "KHM", values: {} })).status).toBe(401);
    const donor = [grant("donor", "KHM")];
    expect((await server.post("/api/services/points", { country: "KHM", values: {} }, donor)).status).toBe(403);
  });
});
