import { type Caller, type Role, roleGroups } from "../../platform/access/model.ts";

/**
 * Whether the caller may enter progress for an organisation's team: staff of the programme for any, an operator whose
 * account belongs to an organisation for that one alone.
 */
export function mayReportFor(caller: Pick<Caller, "grants">, country: string, organisation: string): boolean {
  const reporters: readonly Role[] = roleGroups.reporters;
  return caller.grants.some(
    (grant) =>
      reporters.includes(grant.role) &&
      (grant.country === null || grant.country === country) &&
      (grant.role !== "operator" || grant.organisation === null || grant.organisation === organisation),
  );
}
