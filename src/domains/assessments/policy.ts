import { type Caller, type Role, roleGroups } from "../../platform/access/model.ts";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";

const caring: readonly Role[] = roleGroups.carers;

/** Whether the caller may use a right on assessments in a country: results are strictly confidential. */
export function mayAssess(caller: Pick<Caller, "can" | "levelFor">, right: string, country: string): boolean {
  return (
    caller.can(right, country) && sensitivityRank(caller.levelFor(country)) >= sensitivityRank("strictly-confidential")
  );
}

/** Whose people the caller's own grants reach: everybody's, or those of some organisations, and always those assigned to the caller. */
export interface Reach {
  everybody: boolean;
  organisations: readonly string[];
  account: string | null;
}

/** The reach of the caller's grants to care for people in a country; grants of other kinds reach nobody. */
export function reachOf(caller: Pick<Caller, "grants" | "account">, country: string): Reach {
  const own = caller.grants.filter(
    (grant) => caring.includes(grant.role) && (grant.country === null || grant.country === country),
  );
  return {
    everybody: own.some(({ organisation }) => organisation === null),
    organisations: own.flatMap(({ organisation }) => (organisation === null ? [] : [organisation])),
    account: caller.account?.id ?? null,
  };
}
