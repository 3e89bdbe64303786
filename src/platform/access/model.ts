import type { Language } from "../contract/fields.ts";
import { type Sensitivity, sensitivityLevels, sensitivityOfRank } from "../contract/sensitivity.ts";
import type { Claims } from "../database/types.ts";

/** What a person is in the programme. `public` is everybody without an account. */
export const roles = [
  "administrator",
  "information-manager",
  "data-entry",
  "operator",
  "quality-officer",
  "victim-assistance-officer",
  "service-provider",
  "regional-analyst",
  "donor",
  "public",
] as const;
export type Role = (typeof roles)[number];

/** A role given to an account, in one country or (null) in all, and on behalf of an organisation or (null) none. */
export interface Grant {
  role: Role;
  country: string | null;
  organisation: string | null;
}

/**
 * The level of records and fields that a role opens, as a default that a node may change. An administrator manages
 * accounts and settings and is not thereby a reader of confidential records.
 */
export const roleLevels: Readonly<Record<Role, Sensitivity>> = {
  administrator: "restricted",
  "information-manager": "confidential",
  "data-entry": "confidential",
  operator: "restricted",
  "quality-officer": "restricted",
  "victim-assistance-officer": "strictly-confidential",
  "service-provider": "public",
  "regional-analyst": "restricted",
  donor: "public",
  public: "public",
};

/** Names for the sets of roles to which contracts give rights. `open` includes callers without an account. */
export const roleGroups = {
  open: roles,
  everyone: roles.filter((role) => role !== "public"),
  editors: ["information-manager", "data-entry"],
  managers: ["information-manager"],
  /** Who writes studies and follows up on what they recommend. */
  analysts: ["information-manager", "regional-analyst"],
  /** Who enters field reports and daily progress. */
  reporters: ["information-manager", "data-entry", "operator"],
  /** Who checks field reports and inspects. */
  verifiers: ["information-manager", "quality-officer"],
  administrators: ["administrator"],
  auditors: ["administrator", "information-manager"],
  "victim-assistance": ["information-manager", "victim-assistance-officer"],
  /** Who works on cases and sees what people were asked; managing the information is no reason to. */
  carers: ["victim-assistance-officer"],
  /** Who answers what is referred to their organisation. */
  providers: ["service-provider", "victim-assistance-officer"],
} as const satisfies Record<string, readonly Role[]>;
export type RoleGroup = keyof typeof roleGroups;

/** Rights by name and who has them, as a contract declares them. */
export type Rights = Readonly<Record<string, RoleGroup>>;

/** Roles in which records of a country may be written. */
const writingRoles: readonly Role[] = [
  "administrator",
  "information-manager",
  "data-entry",
  "operator",
  "quality-officer",
  "victim-assistance-officer",
  "service-provider",
];

/** An account as others may see it. */
export interface AccountSummary {
  id: string;
  name: string;
  email: string;
  language: Language | null;
}

/** Who sends a request, and what follows from it. */
export interface Caller {
  account: AccountSummary | null;
  grants: readonly Grant[];
  claims: Claims;
  /** Scopes of the API token that was used, or null for a session. A token can do what its account can and its scopes name. */
  scopes: readonly string[] | null;
  /** Every right that the caller has in some country. */
  rights: ReadonlySet<string>;
  /** Whether the caller has a right, in a country when one is given. */
  can(right: string, country?: string): boolean;
  /** The level of fields that the caller may see in a country. */
  levelFor(country: string): Sensitivity;
}

const rank = (level: Sensitivity) => sensitivityLevels.indexOf(level);

/** What row-level security must know about an account with these grants. */
export function claimsOf(accountId: string | null, grants: readonly Grant[]): Claims {
  const countryLevels: Record<string, number> = {};
  let baseLevel = rank(roleLevels.public);
  const organisations = new Set<string>();
  const writes = new Set<string>();
  let administers = false;
  for (const { role, country, organisation } of grants) {
    const level = rank(roleLevels[role]);
    if (country === null) baseLevel = Math.max(baseLevel, level);
    else countryLevels[country] = Math.max(countryLevels[country] ?? 0, level);
    if (organisation) organisations.add(organisation);
    if (writingRoles.includes(role)) writes.add(country ?? "*");
    if (role === "administrator" && country === null) administers = true;
  }
  return { accountId, baseLevel, countryLevels, organisations: [...organisations], writes: [...writes], administers };
}

/**
 * Makes a caller from an account and its grants.
 * @param rights every right that the program's contracts declare
 */
export function callerOf(
  account: AccountSummary | null,
  grants: readonly Grant[],
  rights: Rights,
  scopes: readonly string[] | null = null,
): Caller {
  const held = account === null ? [{ role: "public", country: null, organisation: null } as Grant] : grants;
  const claims = claimsOf(account?.id ?? null, account === null ? [] : grants);
  const allowed = (right: string, country?: string) => {
    const group = rights[right];
    if (!group) return false;
    if (scopes && !scopes.includes(right) && group !== "open") return false;
    if (group === "open") return true;
    const members: readonly Role[] = roleGroups[group];
    return held.some(
      (grant) =>
        members.includes(grant.role) && (country === undefined || grant.country === null || grant.country === country),
    );
  };
  return {
    account,
    grants: held,
    claims,
    scopes,
    rights: new Set(Object.keys(rights).filter((right) => allowed(right))),
    can: allowed,
    levelFor: (country) => sensitivityOfRank(Math.max(claims.baseLevel, claims.countryLevels[country] ?? 0)),
  };
}
