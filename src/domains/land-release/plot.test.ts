import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { readCatalogue } from "../../platform/i18n/node.ts";
import { createTranslator } from "../../platform/i18n/translator.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { loadCountries } from "../places/reference.ts";
import { rights } from "./contract.ts";
import { createLandRelease } from "./routes.ts";
import { aBox, aPart } from "./samples.ts";
import { aMinefield, approved, country, day, field } from "./workflow.test-helper.ts";

const english = readCatalogue("en");
const implementation = createLandRelease((language) =>
  createTranslator(language, readCatalogue(language), { fallback: english }),
);
const officer = [grant("quality-officer", "KHM")];
const donor = [grant("donor", "KHM")];
/** A plot somewhere in the cell of a hundredth of a degree in which the minefield lies, and not on it. */
const beside = aBox(103.008, 13.008, 103.0081, 13.0081);
const faraway = aBox(103.05, 13.05, 103.051, 13.051);

describeEachDatabase("what is told about a plot", (context) => {
  const server = () => testServer(context.db, [implementation], { rights, clock: () => day(20) });
  const ask = async (geometry: unknown, as: ReturnType<typeof grant>[]) =>
    (await server().post("/api/land/plot", { country, geometry }, as)) as {
      status: number;
      body: {
        areas: { id: string; squareMetres: number }[];
        released: Record<string, unknown>[];
        published: { level: string; open: { areas: number; newest: string | null } | null } | null;
        complete: boolean;
      };
    };
  const publish = (level: string) =>
    sql`insert into setting (country, name, value) values (${country}, 'land.published', ${JSON.stringify(level)}::jsonb)
      on conflict (country, name) do update set value = excluded.value`.execute(context.db.owner);
  let area: string;
  let report: { id: string; code: string };
  const [lowest] = field.strips;

  beforeAll(() =>
    context.db.transaction(programClaims, async (tx) => {
      let organisation: string;
      ({ area, organisation } = await aMinefield(tx));
      const part = { ...aPart(3, { outcome: "cleared", geometry: lowest, depthCentimetres: 20 }), id: newId() };
      report = await approved(tx, {
        ...{ type: "clearance", effectiveOn: "2026-02-20", area, organisation, body: { parts: [part] } },
      });
    }),
  );

  it("is nothing at all when the plot is unsound, without extent or in another country", async () => {
    await context.db.transaction(programClaims, loadCountries);
    const ring = (...corners: [number, number][]) => ({ type: "Polygon", coordinates: [corners] });
    const crossed = ring([103, 13], [103.001, 13.001], [103.001, 13], [103, 13.001], [103, 13]);
    for (const [plot, code] of [
      [crossed, "plot-unsound"],
      [{ type: "MultiPolygon", coordinates: [] }, "plot-unsound"],
      [aBox(103, 13, 103.000001, 13.000001), "plot-unsound"],
      [aBox(102, 15, 102.001, 15.001), "plot-outside"],
      [aBox(0, 0, 0.001, 0.001), "plot-outside"],
    ] as const)
      expect(await ask(plot, officer)).toMatchObject({ status: 422, body: { code: `land-release.${code}` } });
  });

  it("leads whoever may see places to the report and the area", async () => {
    const { body } = await ask(field.whole, officer);
    expect(body).toMatchObject({
      areas: [{ id: area }],
      released: [{ report: report.id, reportCode: report.code, area, effectiveOn: "2026-02-20" }],
      published: null,
      complete: true,
    });
  });

  it("is nothing to others unless the country publishes, and then no more than that", async () => {
    const nothing = { areas: [], released: [], complete: false };
    for (const as of [[], donor])
      expect((await ask(field.whole, as)).body).toMatchObject({
        ...nothing,
        published: { level: "nothing", open: null },
      });
    await publish("released");
    const told = { kind: "cleared", depthCentimetres: 20, effectiveOn: "2026-02-20", reportCode: report.code };
    for (const as of [[], donor]) {
      const { body } = await ask(field.whole, as);
      expect(body).toMatchObject({ areas: [], published: { level: "released", open: null }, complete: false });
      expect(body.released).toMatchObject([{ ...told, report: null, area: null, areaCode: null }]);
    }
    expect((await ask(beside, [])).body.released).toEqual([]);
  });

  it("tells open areas by their number about the plot only, wherever in a cell it lies", async () => {
    await publish("released-and-open");
    const open = async (geometry: unknown) => (await ask(geometry, [])).body;
    for (const plot of [beside, field.whole]) {
      const { areas, published } = await open(plot);
      expect(areas).toEqual([]);
      expect(published).toMatchObject({ level: "released-and-open", open: { areas: 1, newest: "2026-02-20" } });
    }
    expect((await open(faraway)).published?.open).toEqual({ areas: 0, newest: null });
    await context.db.executeSql("update land_area set sensitivity = 2");
    expect(await open(field.whole)).toMatchObject({ released: [], published: { open: { areas: 0, newest: null } } });
    await context.db.executeSql("update land_area set sensitivity = 1");
  });
});
