import { type Caller, type Role, roleGroups } from "../../platform/access/model.ts";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";

type Asker = Pick<Caller, "grants" | "can" | "levelFor" | "account">;

const caring: readonly Role[] = roleGroups.carers;
/** Roles in which somebody answers referrals for an organisation. */
const answering: readonly Role[] = ["service-provider", "victim-assistance-officer"];

/** Whose cases somebody reaches in a country, for the statement that reads them. */
export interface Reach {
  /** All of the country. */
  all: boolean;
  organisations: string[];
  /** The account, whose assigned cases it reaches always. */
  account: string | null;
}

/**
 * Whom the caller's own grants reach, as `reaches` of people says it for one: a grant to care for people without an
 * organisation reaches all of a country, one for an organisation its cases, an assignment its case. Row-level security
 * narrows it further.
 */
export function reachOf(caller: Pick<Asker, "grants" | "account">, country: string): Reach {
  const own = caller.grants.filter(
    (grant) => caring.includes(grant.role) && (grant.country === null || grant.country === country),
  );
  return {
    all: own.some(({ organisation }) => organisation === null),
    organisations: own.map(({ organisation }) => organisation).filter((id) => id !== null),
    account: caller.account?.id ?? null,
  };
}

/** Whether the caller may work with cases of a country at all: the right, and clearance for strictly confidential facts. */
export function mayCare(caller: Asker, right: string, country: string): boolean {
  return (
    caller.can(right, country) && sensitivityRank(caller.levelFor(country)) >= sensitivityRank("strictly-confidential")
  );
}

/** The organisations for which the caller answers referrals, in a country or (left out) anywhere. */
export function answersFor(caller: Pick<Asker, "grants">, country?: string): string[] {
  const own = caller.grants.filter(
    (grant) =>
      answering.includes(grant.role) && (country === undefined || grant.country === null || grant.country === country),
  );
  return [...new Set(own.map(({ organisation }) => organisation).filter((id) => id !== null))];
}
