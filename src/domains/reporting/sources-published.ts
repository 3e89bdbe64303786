import { type CountTable, suppress } from "@santi/safe-statistics";
import type { Context } from "../../platform/http/handler.ts";
import { type Cell, none, type Series } from "./model.ts";
import type { Dimension } from "./model-measures.ts";
import { findProjectTree, type ProjectPlace } from "./results-store.ts";
import { smallestCount } from "./settings.ts";
import { answerEducation, answerResults, type ResultsAsked } from "./sources-results.ts";

/** Measures that count land or events: nobody can be recognised by them. */
const ofNobody: readonly string[] = [
  "results.released",
  "results.share",
  "results.land-use",
  "education.sessions",
  "education.reach",
];
/** What counts some of the people whom another measure counts. */
const overlays: Readonly<Record<string, string>> = {
  "results.people-disability": "results.people-direct",
  "education.disability": "education.people",
  "education.first-time": "education.people",
};
const people: readonly string[] = [
  "results.people-direct",
  "results.people-indirect",
  "education.people",
  ...Object.keys(overlays),
];

/** The cuts by which people are published. Further ones would have to be hidden together with these. */
const treeCuts = ["programme", "phase", "donorProject"] as const;
const plainCuts = ["province", "peopleGroup"] as const;
/** Larger tables are not published: hiding in them takes too long. */
const mostCells = 20_000;

type Counts = ReadonlyMap<string, number>;
type Answer = (measure: string, by: Dimension | null) => Promise<Series>;

const countsOf = ({ rows }: Series): Counts =>
  new Map([...rows].flatMap(([key, { value }]) => (value === null ? [] : [[key ?? "", value] as const])));

/** Counts of people, and of those among them whom an overlay counts. */
interface Counted {
  base: Counts;
  over: Counts | null;
}

const parts = ({ base, over }: Counted, key: string): number[] => {
  const all = base.get(key) ?? 0;
  if (over === null) return [all];
  const some = Math.min(all, over.get(key) ?? 0);
  return [some, all - some];
};
const overlay = ({ over }: Counted) => (over === null ? [] : [{ name: "overlay", values: ["some", "others"] }]);

/** A table of one cut; null when nobody was counted. */
function cutTable(name: string, counted: Counted): CountTable | null {
  const values = [...counted.base.keys()];
  if (values.length === 0) return null;
  return { dimensions: [{ name, values }, ...overlay(counted)], counts: values.flatMap((key) => parts(counted, key)) };
}

/** A table of a cut within a coarser one: each value of the finer has its people in one value of the coarser. */
function nestedTable(outer: string, inner: string, counted: Counted, parent: (key: string) => string): CountTable {
  const inside = [...counted.base.keys()];
  const outside = [...new Set(inside.map(parent))];
  return {
    dimensions: [{ name: outer, values: outside }, { name: inner, values: inside }, ...overlay(counted)],
    counts: outside.flatMap((each) =>
      inside.flatMap((key) => (parent(key) === each ? parts(counted, key) : parts(counted, key).map(() => 0))),
    ),
  };
}

const summed = (counts: Counts, parent: (key: string) => string): Counts => {
  const sums = new Map<string, number>();
  for (const [key, count] of counts) sums.set(parent(key), (sums.get(parent(key)) ?? 0) + count);
  return sums;
};

/** Projects in phases in programmes, as tables that are hidden together; without projects where they are too many. */
function treeTables({ base, over }: Counted, tree: ReadonlyMap<string, ProjectPlace>): CountTable[] {
  if (base.size === 0) return [];
  const phaseOf = (project: string) => tree.get(project)?.phase ?? "";
  const programmes = new Map([...tree.values()].map(({ phase, programme }) => [phase, programme]));
  const phases: Counted = { base: summed(base, phaseOf), over: over && summed(over, phaseOf) };
  const tables = [nestedTable("programme", "phase", phases, (phase) => programmes.get(phase) ?? "")];
  if (base.size * phases.base.size <= mostCells)
    tables.push(nestedTable("phase", "donorProject", { base, over }, phaseOf));
  return tables;
}

/** Which cells of tables are hidden so that no small count follows from the others; whole cells and those of the overlay. */
function hiddenCells(tables: readonly CountTable[], threshold: number): (place: Record<string, string>) => boolean {
  if (tables.length === 0) return () => false;
  const key = (place: Readonly<Record<string, string>>) =>
    JSON.stringify(Object.entries(place).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { cells } = suppress(tables, { threshold });
  const shown = new Set(cells.filter(({ count }) => count !== null).map(({ place }) => key(place)));
  return (place) => !shown.has(key(place));
}

/**
 * People of one measure as they may be published: small counts are hidden, and so much beside them that they follow from
 * nothing that is shown, in all cuts of the measure together, whichever of them a report has.
 */
async function publishedPeople(context: Context, of: ResultsAsked, answer: Answer): Promise<Series> {
  const { measure, by, country } = of;
  const cuts: readonly (Dimension | null)[] = [null, ...plainCuts, ...(measure.startsWith("results.") ? treeCuts : [])];
  // Figures that are narrowed could be set against those that are not.
  if (Object.keys(of.where).length > 0 || !cuts.includes(by)) return { rows: new Map(), total: none("not-published") };
  const threshold = await smallestCount(context.tx, country);
  const baseMeasure = overlays[measure] ?? measure;
  const overMeasures =
    measure === baseMeasure ? Object.keys(overlays).filter((each) => overlays[each] === measure) : [measure];
  const asked = await answer(measure, by);
  const hides: ((place: Record<string, string>) => boolean)[] = [];
  const series = async (name: string, cut: Dimension) => countsOf(await answer(name, cut));
  // Groups are told of everybody alone.
  const groups = cutTable("peopleGroup", { base: await series(baseMeasure, "peopleGroup"), over: null });
  for (const name of overMeasures.length === 0 ? [null] : overMeasures) {
    const counted = async (cut: Dimension): Promise<Counted> => ({
      base: await series(baseMeasure, cut),
      over: name === null ? null : await series(name, cut),
    });
    const provinces = cutTable("province", await counted("province"));
    hides.push(
      hiddenCells(
        [provinces, groups].filter((table) => table !== null),
        threshold,
      ),
    );
    if (!measure.startsWith("results.")) continue;
    const projects = await counted("donorProject");
    const tables = treeTables(projects, await findProjectTree(context.tx, country));
    if (by === "donorProject" && tables.length === 1) return { rows: new Map(), total: none("not-published") };
    const hidden = hiddenCells(tables, threshold);
    hides.push((place) => ("province" in place || "peopleGroup" in place ? false : hidden(place)));
  }
  const overlayPlace: Record<string, string> = measure === baseMeasure ? {} : { overlay: "some" };
  const inPlain = (place: Record<string, string>) => !treeCuts.some((cut) => cut in place);
  const published = (cell: Cell, place: Record<string, string>): Cell => {
    if (cell.value === null || cell.value === 0) return cell;
    const whole = { ...place, ...overlayPlace };
    // Provinces and groups stand in the first system of each pair, the tree in the second.
    const wanted = hides.filter((_, n) => {
      const plain = !measure.startsWith("results.") || n % 2 === 0;
      return Object.keys(place).length === 0 || plain === inPlain(place);
    });
    return cell.value < threshold || wanted.some((hide) => hide(whole)) ? none("hidden") : cell;
  };
  return {
    rows: new Map([...asked.rows].map(([key, cell]) => [key, published(cell, by === null ? {} : { [by]: key ?? "" })])),
    total: published(asked.total, {}),
  };
}

/**
 * Figures of projects and of risk education as a country may tell everybody: land and sessions as they are, people without
 * small counts, nothing of money and casualties. Counted by who is cleared to count all of it.
 */
export async function publishedResults(context: Context, of: ResultsAsked): Promise<Series> {
  const source = of.measure.startsWith("education.") ? answerEducation : answerResults;
  if (ofNobody.includes(of.measure)) return source(context, of);
  if (!people.includes(of.measure)) return { rows: new Map(), total: none("withheld") };
  return publishedPeople(context, of, (measure, by) => source(context, { ...of, measure, by, where: {} }));
}
