import type { Caller, Grant } from "./model.ts";

/** Whether the caller administers a country, or the whole node when `country` is null. */
export function administers(caller: Pick<Caller, "grants">, country: string | null): boolean {
  return caller.grants.some(
    (grant) => grant.role === "administrator" && (grant.country === null || grant.country === country),
  );
}

/**
 * Whether the caller may change an account: only when every grant it holds lies where the caller administers. Otherwise
 * an administrator of one country could take over the account of one who administers all.
 */
export function mayManage(caller: Pick<Caller, "grants">, grants: readonly Pick<Grant, "country">[]): boolean {
  return (
    caller.grants.some((grant) => grant.role === "administrator") &&
    grants.every((grant) => administers(caller, grant.country))
  );
}

/** Whether the caller sees an account in the list: it is active where the caller administers, or holds nothing yet. */
export function maySee(caller: Pick<Caller, "grants">, grants: readonly Pick<Grant, "country">[]): boolean {
  return administers(caller, null) || grants.length === 0 || grants.some((grant) => administers(caller, grant.country));
}
