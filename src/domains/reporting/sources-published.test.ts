import { type CountTable, protects } from "@santi/safe-statistics";
import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant } from "../../platform/http/testing.ts";
import { aUnit } from "../../platform/records/testing.ts";
import {
  activityDefinition,
  phaseDefinition,
  programmeDefinition,
  projectDefinition,
  sessionDefinition,
} from "../results/definitions.ts";
import { someResults } from "../results/samples.ts";
import type { Cell, ResultTable } from "./model.ts";
import { manager, reportOf, reportServer, tableIn } from "./testing.ts";

const threshold = 5;

describeEachDatabase("results of donors' projects for everybody", (context) => {
  const server = () => reportServer(context.db);
  const period = "country=KHM&from=2024-01-01&to=2024-12-31";
  const run = (more: string, as = manager) => reportOf(server(), `${period}&${more}`, as);
  const column = (table: ResultTable, id: string) => {
    const at = table.block.columns.findIndex((each) => each.id === id);
    const cells = new Map(table.rows.map(({ key, cells }) => [key ?? "", cells[at] as Cell]));
    return { cells, total: table.total?.[at] as Cell };
  };

  /** Programmes of phases of projects, with the people whom each project reached, each in a village of its own. */
  const programmes = [
    [[120, 3], [40]],
    [
      [60, 2, 80],
      [7, 4, 1],
    ],
    [[500, 90]],
  ];
  const parents = { phase: new Map<string, string>(), programme: new Map<string, string>() };
  let small = "";

  beforeAll(async () => {
    const provinces = [await aUnit(context.db, "KHM", "01", 1), await aUnit(context.db, "KHM", "02", 1)];
    const days = { startedOn: "2020-01-01" };
    const count = programmes.flat(2).length;
    const villages: string[] = [];
    for (let n = 0; n < count; n++)
      villages.push(await aUnit(context.db, "KHM", `9${String(n).padStart(3, "0")}`, 2, provinces[n % 2]));
    for (const phases of programmes)
      await context.db.transaction(programClaims, async (tx) => {
        const make = async (definition: typeof programmeDefinition, values: object) =>
          (await someResults(tx, definition, "KHM", [{ names: { en: "One" }, ...days, ...values }]))[0] as string;
        const programme = await make(programmeDefinition, { currency: "USD" });
        for (const projects of phases) {
          const phase = await make(phaseDefinition, { programme });
          parents.programme.set(phase, programme);
          for (const people of projects) {
            const project = await make(projectDefinition, { phase });
            parents.phase.set(project, phase);
            if (people === 3) small = project;
            const unit = villages.pop() as string;
            await someResults(tx, activityDefinition, "KHM", [
              {
                ...{ project, kind: "land-release", unit, startedOn: "2024-03-01", women: people - 1, men: 1 },
                ...{ withDisability: people > 50 ? 2 : 0, indirectUnknown: people * 10 },
              },
            ]);
          }
        }
        await someResults(tx, sessionDefinition, "KHM", [
          {
            heldOn: "2024-05-01",
            unit: provinces[0] as string,
            kind: "interpersonal",
            women: 30,
            men: 2,
            withDisability: 3,
          },
          { heldOn: "2024-05-01", unit: provinces[1] as string, kind: "interpersonal", women: 20, men: 10 },
        ]);
      });
  }, 60_000);

  it("tell the people of programmes that reached many, and hide small counts alone and what gives them away", async () => {
    const exact = await run("definition=donor-results");
    const shown = await run("definition=donor-results&audience=public");
    for (const id of ["programmes", "phases", "projects", "provinces", "people"] as const) {
      const [own, open] = [column(tableIn(exact, id), "direct"), column(tableIn(shown, id), "direct")];
      // What is shown is right, and what is not says why.
      for (const [key, cell] of open.cells)
        expect([own.cells.get(key), { value: null, missing: "hidden" }], `${id} ${key}`).toContainEqual(cell);
      expect(open.total).toEqual(own.total);
    }
    const all = column(tableIn(exact, "projects"), "direct");
    expect(all.cells.get(small)).toEqual({ value: 3 });
    const projects = column(tableIn(shown, "projects"), "direct");
    expect(projects.cells.get(small)).toEqual({ value: null, missing: "hidden" });
    const large = [...projects.cells].filter(([key]) => (all.cells.get(key)?.value ?? 0) >= 500);
    expect(large.map(([, cell]) => cell.value)).toEqual([500]);
    const told = [...column(tableIn(shown, "programmes"), "direct").cells.values()].map(({ value }) => value);
    expect(told.filter((value) => value !== null)).toHaveLength(3);
    expect(column(tableIn(shown, "programmes"), "indirect").total.value).toBe(9070);
    // Money and casualties stay where they are.
    expect(column(tableIn(shown, "programmes"), "contributed").total.missing).toBe("withheld");
    expect(column(tableIn(shown, "casualties"), "before").total.missing).toBe("withheld");
    const figures = shown.blocks.find((block) => block.kind === "figures");
    expect(figures?.kind === "figures" && figures.cells[0]).toEqual({ value: 0 });
  });

  it("let no small count be worked out from programmes, phases, projects, and those with a disability", async () => {
    const shown = await run("definition=donor-results&audience=public");
    const at = (id: string) => column(tableIn(shown, id), "direct");
    const [projects, phases, tops] = [at("projects"), at("phases"), at("programmes")];
    /** A table of a cut within a coarser one, as whoever reads the edition would draw it up. */
    const drawn = (
      [outer, outerCells]: [string, Map<string, Cell>],
      [inner, innerCells]: [string, Map<string, Cell>],
      parent: ReadonlyMap<string, string>,
    ) => {
      const table: Pick<CountTable, "dimensions"> = {
        dimensions: [
          { name: outer, values: [...outerCells.keys()] },
          { name: inner, values: [...innerCells.keys()] },
        ],
      };
      const cells = [...outerCells].flatMap(([above, { value }]) => [
        { place: { [outer]: above }, count: value },
        ...[...innerCells].map(([below, cell]) => ({
          ...{ place: { [outer]: above, [inner]: below }, count: parent.get(below) === above ? cell.value : 0 },
        })),
      ]);
      return {
        table,
        cells: [...cells, ...[...innerCells].map(([key, { value }]) => ({ place: { [inner]: key }, count: value }))],
      };
    };
    const first = drawn(["programme", tops.cells], ["phase", phases.cells], parents.programme);
    const second = drawn(["phase", phases.cells], ["project", projects.cells], parents.phase);
    const known = new Map([...first.cells, ...second.cells].map((cell) => [JSON.stringify(cell.place), cell]));
    const check = protects(
      [first.table, second.table],
      [...known.values(), { place: {}, count: tops.total.value }],
      threshold,
    );
    expect(check).toEqual({ safe: true, derivable: [], small: [] });
    const disability = column(tableIn(shown, "provinces"), "disability");
    for (const { value } of [...disability.cells.values(), disability.total])
      expect(value === null || value === 0 || value >= threshold).toBe(true);
    // Those without one are not told of by what is left either.
    const people = column(tableIn(shown, "provinces"), "direct");
    for (const [key, { value }] of disability.cells) {
      const others = (people.cells.get(key)?.value ?? 0) - (value ?? 0);
      if (value !== null && others > 0) expect(others).toBeGreaterThanOrEqual(threshold);
    }
  });

  it("tell nothing to who is not cleared to count all of it, nor of people by cuts that are not hidden together", async () => {
    const donor = await run("definition=donor-results&audience=public", [grant("donor", "KHM")]);
    expect(column(tableIn(donor, "programmes"), "direct").total.missing).toBe("withheld");
    const block = (by: string, where: object) => ({
      ...{ kind: "table", id: "cut", words: { texts: { en: "A table" } }, by, total: true, where },
      columns: [{ kind: "measure", id: "direct", measure: "results.people-direct" }],
    });
    for (const [id, by, where] of [
      ["by-year", "year", {}],
      ["narrowed", "province", { donorProject: [small] }],
    ] as const) {
      const definition = { id, words: { texts: { en: "Own" } }, scope: "country", blocks: [block(by, where)] };
      const kept = await server().post("/api/reports/definitions", { country: "KHM", definition }, manager);
      expect(kept.status, JSON.stringify(kept.body)).toBe(200);
      const total = column(tableIn(await run(`definition=${id}&audience=public`), "cut"), "direct").total;
      expect(total).toEqual({ value: null, missing: "not-published" });
    }
  });

  it("tell risk education in treaty reports, small counts hidden", async () => {
    const shown = await run("definition=apmbc-article-7&audience=public");
    const people = column(tableIn(shown, "education-people"), shownColumn(tableIn(shown, "education-people")));
    expect(people.cells.get("women")).toEqual({ value: 150 });
    expect(people.total).toEqual({ value: 186 });
    const table = tableIn(shown, "education");
    const disability = table.block.columns.findIndex(
      (each) => each.kind === "measure" && each.measure === "education.disability",
    );
    for (const cell of [...table.rows.map(({ cells }) => cells[disability]), table.total?.[disability]])
      expect(cell?.value === null || cell?.value === 0 || (cell?.value ?? 0) >= threshold).toBe(true);
  });
});

const shownColumn = (table: ResultTable) => table.block.columns[0]?.id ?? "";
