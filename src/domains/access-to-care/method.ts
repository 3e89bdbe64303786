import type { Parameters, Results } from "./contract.ts";
import { needThreshold } from "./needs.ts";

/** Words of one language. */
interface Words {
  t(key: string, params?: Readonly<Record<string, string | number>>): string;
}

/** What the method of a run depends on. */
export interface MethodFacts {
  parameters: Parameters;
  terrain: string;
  results: Pick<Results, "grid" | "services"> | null;
}

/**
 * How the figures of a run came about, in sentences of one language with the works that they rest on, from the
 * parameters that the run had. Limits come last: they belong to the method.
 */
export function methodText({ parameters, terrain, results }: MethodFacts, { t }: Words): string[] {
  const key = (name: string, params?: Readonly<Record<string, string | number>>) =>
    t(`access-to-care.method.${name}`, params);
  const list = (values: readonly string[], code: string) =>
    values.map((value) => t(`code.${code}.${value}`)).join(", ");
  const { threshold, thresholds, uncertainty, siting } = parameters;
  const said = [
    key("ground", {
      terrain,
      columns: results?.grid.columns ?? 0,
      rows: results?.grid.rows ?? 0,
      cell: Math.round(results?.grid.cellWidth ?? 0),
      known: results ? "yes" : "no",
    }),
    key(`mode.${parameters.mode}`),
    key("season", { season: t(`code.season.${parameters.season}`), speeds: parameters.speeds ? "own" : "usual" }),
    key("search"),
    key("services", { services: list(parameters.services, "service"), snap: parameters.snapMetres }),
    parameters.demand === "needs"
      ? key("needs", {
          kinds: parameters.needs.length === 0 ? key("needs.all") : list(parameters.needs, "need-kind"),
          threshold: needThreshold,
        })
      : key("population"),
    key("coverage", { threshold, thresholds: thresholds.join(", ") }),
    key(`score.${parameters.method}`),
  ];
  if (parameters.hazards) said.push(key("hazards"));
  if (uncertainty > 0) said.push(key("uncertainty", { percent: uncertainty }));
  if (siting > 0) {
    said.push(key(`siting.${parameters.sitingSearch}`, { count: siting, kind: parameters.sitingKind }));
    if (parameters.budget !== null || parameters.costNew !== null || parameters.costUpgrade !== null)
      said.push(
        key("budget", {
          limited: parameters.budget === null ? "no" : "yes",
          budget: parameters.budget ?? 0,
          fresh: parameters.costNew ?? 1,
          upgrade: parameters.costUpgrade ?? 1,
        }),
      );
  }
  if (parameters.coarsen > 1) said.push(key("coarsen", { factor: parameters.coarsen }));
  if (parameters.proposals.length > 0) said.push(key("proposals", { count: parameters.proposals.length }));
  said.push(key("limits"));
  return said;
}
