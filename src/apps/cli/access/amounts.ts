import { defineProblems, Problem } from "../../../platform/kernel/problem.ts";
import type { PlacedService } from "./options.ts";

const amountProblems = defineProblems("travel", { "supply-missing": 422, "cost-missing": 422 });

/** The number that a property of each place holds, also where a file keeps numbers as text. */
function amountsIn(
  places: readonly PlacedService[],
  property: string,
  fits: (amount: number) => boolean,
  problem: keyof typeof amountProblems,
): number[] {
  const amounts = places.map(({ properties }) => {
    const said = properties[property];
    if (typeof said === "number") return said;
    return typeof said === "string" && said.trim() !== "" ? Number(said) : Number.NaN;
  });
  const without = places.filter((_, at) => !(Number.isFinite(amounts[at]) && fits(amounts[at] as number)));
  if (without.length > 0) {
    const names = without.slice(0, 5).map(({ name }) => name);
    throw new Problem(amountProblems[problem], { property, names: names.join(", "), count: without.length });
  }
  return amounts;
}

/** What each service can do. @throws Problem `travel.supply-missing` naming those that do not say it as a number of 0 or more */
export const supplyOf = (services: readonly PlacedService[], property: string | undefined): number[] =>
  property === undefined
    ? services.map(() => 1)
    : amountsIn(services, property, (amount) => amount >= 0, "supply-missing");

/** What each candidate costs. @throws Problem `travel.cost-missing` naming those that do not say it as a number above 0 */
export const costsOf = (candidates: readonly PlacedService[], property: string): number[] =>
  amountsIn(candidates, property, (amount) => amount > 0, "cost-missing");
