import { type Caller, type Role, roleGroups } from "../../platform/access/model.ts";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";

type Asker = Pick<Caller, "grants" | "can" | "levelFor" | "account">;

const caring: readonly Role[] = roleGroups["victim-assistance"];

/** Whether the caller may know who people of a country are, each time for a purpose. */
export function mayKnow(caller: Asker, country: string): boolean {
  return (
    caller.can("people.identity", country) &&
    sensitivityRank(caller.levelFor(country)) >= sensitivityRank("strictly-confidential")
  );
}

/**
 * Whether the caller's own grants reach a person: a grant to care for people without an organisation reaches all of its
 * country, one for an organisation reaches its people, and an assignment reaches its person. A grant of another kind in an
 * organisation, such as surveying for it, reaches nobody.
 */
export function reaches(
  caller: Pick<Asker, "grants" | "account">,
  country: string,
  person: { organisation: string | null; assignee: string | null },
): boolean {
  if (person.assignee !== null && person.assignee === caller.account?.id) return true;
  return caller.grants.some(
    (grant) =>
      caring.includes(grant.role) &&
      (grant.country === null || grant.country === country) &&
      (grant.organisation === null || grant.organisation === person.organisation),
  );
}

/**
 * The organisation whose people the caller enters: none for who cares for all people of a country, else the one that the
 * caller works for.
 */
export function homeOrganisation(caller: Pick<Asker, "grants">, country: string): string | null {
  const own = caller.grants.filter(
    (grant) => caring.includes(grant.role) && (grant.country === null || grant.country === country),
  );
  return own.some(({ organisation }) => organisation === null) ? null : (own[0]?.organisation ?? null);
}
