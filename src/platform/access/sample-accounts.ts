import { createHmac } from "node:crypto";
import type { Database } from "../database/types.ts";
import { programClaims } from "../database/types.ts";
import { recordEvent } from "../events/index.ts";
import { addAccount } from "./accounts.ts";
import { grantableRoles } from "./contract-administration.ts";
import type { Core } from "./core.ts";
import { elevated } from "./elevated.ts";
import type { Role } from "./model.ts";
import { hashPassword } from "./passwords.ts";
import { deleteSampleAccounts, findAccount, setPasswordHash } from "./store.ts";

/** An account of the sample region, with the password that everybody may know. */
export interface SampleAccount {
  email: string;
  password: string;
  role: Role;
  country: string | null;
}

/** Roles that the sample accounts hold in all countries; the others hold theirs in one. */
const everywhere: readonly Role[] = ["administrator", "regional-analyst", "donor"];

/** Letters and digits that cannot be mistaken for each other. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/**
 * The password of all sample accounts of a node: made of the node's secret, so that it differs from node to node, can be
 * shown again at any time, and is stored nowhere.
 */
export function samplePassword(secret: string): string {
  const bytes = createHmac("sha256", secret).update("password of the sample accounts").digest();
  const letters = [...bytes.subarray(0, 12)].map((byte) => alphabet[byte % alphabet.length]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8, 12)}`;
}

/** Which accounts a sample region in a country has: one for each role that can be granted. */
export function sampleAccounts(secret: string, country: string): SampleAccount[] {
  const password = samplePassword(secret);
  return grantableRoles.map((role) => ({
    email: `${role.replaceAll("-", ".")}@sample.santi`,
    password,
    role,
    country: everywhere.includes(role) ? null : country,
  }));
}

/**
 * Makes the sample accounts; those that are there already are left alone.
 * @param options `organisations` may name, per role, the organisation on whose behalf the account acts; `nameOf` what a
 * person of a role is called
 */
export async function createSampleAccounts(
  core: Core,
  options: {
    country: string;
    organisations?: Partial<Record<Role, string>>;
    nameOf?: (role: Role) => string;
  },
): Promise<SampleAccount[]> {
  const accounts = sampleAccounts(core.secret, options.country);
  const nameOf = options.nameOf ?? ((role: Role) => role.replaceAll("-", " "));
  await core.database.transaction(programClaims, (tx) =>
    elevated(tx, async () => {
      const now = core.clock();
      for (const { email, password, role, country } of accounts) {
        if (role === "public" || (await findAccount(tx, { email }))) continue;
        const id = await addAccount(
          tx,
          {
            name: nameOf(role),
            email,
            language: null,
            grants: [{ role, country, organisation: options.organisations?.[role] ?? null }],
          },
          { accountId: null, now, sample: true },
        );
        await setPasswordHash(tx, id, await hashPassword(password), now);
      }
    }),
  );
  return accounts;
}

/** Removes the sample accounts with their grants, sessions and tokens. @returns how many there were */
export function removeSampleAccounts(database: Database, now: Date): Promise<number> {
  return database.transaction(programClaims, (tx) =>
    elevated(tx, async () => {
      const removed = await deleteSampleAccounts(tx);
      if (removed > 0)
        await recordEvent(tx, { type: "access.sample-accounts-removed", accountId: null, now, payload: { removed } });
      return removed;
    }),
  );
}
