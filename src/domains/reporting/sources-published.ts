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

/** The cuts by which people are published beside provinces and groups; further ones would have to be hidden with these. */
const treeCuts = ["programme", "phase", "donorProject"] as const;
/** Larger tables are not published: hiding in them takes too long. */
const mostCells = 10_000;

type Counts = ReadonlyMap<string, number>;
type Answer = (measure: string, by: Dimension | null) => Promise<Series>;

const countsOf = ({ rows }: Series): Counts =>
  new Map([...rows].flatMap(([key, { value }]) => (value === null ? [] : [[key ?? "", value] as const])));

type Place = Readonly<Record<string, string>>;
type Hides = (place: Place) => boolean;

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
function nestedTable(outer: string, inner: string, counts: Counts, parent: (key: string) => string): CountTable {
  const inside = [...counts.keys()];
  const outside = [...new Set(inside.map(parent))];
  return {
    dimensions: [
      { name: outer, values: outside },
      { name: inner, values: inside },
    ],
    counts: outside.flatMap((each) => inside.map((key) => (parent(key) === each ? (counts.get(key) ?? 0) : 0))),
  };
}

const wholeOf = (counts: Counts) => [...counts.values()].reduce((sum, count) => sum + count, 0);
const summed = (counts: Counts, parent: (key: string) => string): Counts => {
  const sums = new Map<string, number>();
  for (const [key, count] of counts) sums.set(parent(key), (sums.get(parent(key)) ?? 0) + count);
  return sums;
};

/** Projects in phases in programmes, as tables that are hidden together; without projects where they are too many. */
function treeTables(projects: Counts, tree: ReadonlyMap<string, ProjectPlace>): CountTable[] {
  if (projects.size === 0) return [];
  const phaseOf = (project: string) => tree.get(project)?.phase ?? "";
  const programmes = new Map([...tree.values()].map(({ phase, programme }) => [phase, programme]));
  const phases = summed(projects, phaseOf);
  const tables = [nestedTable("programme", "phase", phases, (phase) => programmes.get(phase) ?? "")];
  if (projects.size * phases.size <= mostCells) tables.push(nestedTable("phase", "donorProject", projects, phaseOf));
  return tables;
}

/** Which cells of tables are hidden so that no small count follows from the others; whole cells and those of the overlay. */
function hiddenCells(tables: readonly CountTable[], threshold: number): Hides {
  if (tables.length === 0) return () => false;
  const key = (place: Place) => JSON.stringify(Object.entries(place).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { cells } = suppress(tables, { threshold });
  const shown = new Set(cells.filter(({ count }) => count !== null).map(({ place }) => key(place)));
  return (place) => !shown.has(key(place));
}

/** What is hidden of a measure, in all its cuts. */
interface Hidden {
  threshold: number;
  /** Provinces and groups, once for each overlay that is told beside them. */
  plain: readonly Hides[];
  /** Programmes, phases and projects. */
  nested: Hides;
  /** Whether projects are among them. */
  projects: boolean;
}

const hasTree = (measure: string) => measure.startsWith("results.") && !(measure in overlays);

/** Works out what is hidden of a measure; null when its cuts do not come to one whole, so that they cannot be hidden together. */
async function hiddenOf({ tx }: Context, { measure, country }: ResultsAsked, answer: Answer): Promise<Hidden | null> {
  const base = overlays[measure] ?? measure;
  const threshold = await smallestCount(tx, country);
  const counts = async (name: string, cut: Dimension) => countsOf(await answer(name, cut));
  const provinces = await counts(base, "province");
  const byGroup = await counts(base, "peopleGroup");
  if (wholeOf(provinces) !== wholeOf(byGroup)) return null;
  const groups = cutTable("peopleGroup", { base: byGroup, over: null });
  const some = measure === base ? Object.keys(overlays).filter((each) => overlays[each] === base) : [measure];
  const plain: Hides[] = [];
  for (const name of some.length === 0 ? [null] : some) {
    const over = name === null ? null : await counts(name, "province");
    const tables = [cutTable("province", { base: provinces, over }), groups];
    plain.push(
      hiddenCells(
        tables.filter((table) => table !== null),
        threshold,
      ),
    );
  }
  const tree = hasTree(measure)
    ? treeTables(await counts(base, "donorProject"), await findProjectTree(tx, country))
    : [];
  return { threshold, plain, nested: hiddenCells(tree, threshold), projects: tree.length !== 1 };
}

/** What was worked out for one report, by the answers that its columns share. */
const worked = new WeakMap<object, Map<string, Promise<Hidden | null>>>();

/**
 * People of one measure as they may be published: small counts are hidden, and so much beside them that they follow from
 * nothing that is shown, in all cuts of the measure together, whichever of them a report has. Some among the people, such as
 * those with a disability, are told of the country and its provinces.
 */
async function publishedPeople(context: Context, of: ResultsAsked, answer: Answer): Promise<Series> {
  const { measure, by, from, to, country } = of;
  const notPublished: Series = { rows: new Map(), total: none("not-published") };
  const inTree = hasTree(measure);
  const cuts: readonly (Dimension | null)[] = [
    ...[null, "province" as const],
    ...(measure in overlays ? [] : ["peopleGroup" as const]),
    ...(inTree ? treeCuts : []),
  ];
  // Figures that are narrowed could be set against those that are not.
  if (Object.keys(of.where).length > 0 || !cuts.includes(by)) return notPublished;
  const shared = worked.get(of.known) ?? new Map<string, Promise<Hidden | null>>();
  worked.set(of.known, shared);
  const key = [country, measure, from, to].join(" ");
  const working = shared.get(key) ?? hiddenOf(context, of, answer);
  shared.set(key, working);
  const hidden = await working;
  if (!hidden || (by === "donorProject" && !hidden.projects)) return notPublished;
  const { threshold, plain, nested } = hidden;
  const published = (cell: Cell, place: Place, hides: readonly Hides[]): Cell => {
    if (cell.value === null || cell.value === 0) return cell;
    const whole = measure in overlays ? { ...place, overlay: "some" } : place;
    return cell.value < threshold || hides.some((hide) => hide(whole)) ? none("hidden") : cell;
  };
  const asked = await answer(measure, by);
  const ofTree = treeCuts.some((cut) => cut === by);
  const rows = [...asked.rows].map(
    ([name, cell]) => [name, published(cell, { [by ?? ""]: name ?? "" }, ofTree ? [nested] : plain)] as const,
  );
  return { rows: new Map(rows), total: published(asked.total, {}, inTree ? [...plain, nested] : plain) };
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
