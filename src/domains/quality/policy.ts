import { type Caller, type Role, roleGroups } from "../../platform/access/model.ts";
import type { VisitKind } from "./model.ts";

type Holder = Pick<Caller, "grants">;

const covers = (grantCountry: string | null, country: string) => grantCountry === null || grantCountry === country;

/** Whether an account belongs to an organisation in a country, in whatever role. */
export function belongsTo(caller: Holder, country: string, organisation: string): boolean {
  return caller.grants.some((grant) => grant.organisation === organisation && covers(grant.country, country));
}

/** Whether the caller may record a visit: nobody inspects the own organisation from outside. */
export function mayInspect(caller: Holder, country: string, kind: VisitKind, organisation: string): boolean {
  return kind === "qa-internal" || !belongsTo(caller, country, organisation);
}

/** Whether the caller may say that an organisation has corrected: its own people, or staff of the programme. */
export function mayRespondFor(caller: Holder, country: string, organisation: string): boolean {
  const reporters: readonly Role[] = roleGroups.reporters;
  return caller.grants.some(
    (grant) =>
      reporters.includes(grant.role) &&
      covers(grant.country, country) &&
      (grant.role !== "operator" || grant.organisation === null || grant.organisation === organisation),
  );
}

/** Whether the caller may verify a correction: not the inspected organisation, and not who said it was corrected. */
export function mayVerify(
  caller: Holder & { account: { id: string } | null },
  country: string,
  nonconformity: { organisation: string; correctedBy: string | null },
): boolean {
  const self = caller.account !== null && caller.account.id === nonconformity.correctedBy;
  return !self && !belongsTo(caller, country, nonconformity.organisation);
}
