import { hasSample } from "../../../sample-region/load.ts";
import { loadCountries } from "../../domains/places/reference.ts";
import { listCountries } from "../../domains/places/store.ts";
import { type Access, createAccess, nodeSecret, oidcProviders } from "../../platform/access/index.ts";
import { listRows, nodeContact, nodeName, readSetting } from "../../platform/administration/index.ts";
import { migrate } from "../../platform/database/migrate.ts";
import { openDatabase } from "../../platform/database/open.ts";
import { type Database, programClaims } from "../../platform/database/types.ts";
import { type Clock, systemClock } from "../../platform/kernel/clock.ts";
import { programVersion } from "../../platform/kernel/root.ts";
import { createVault, keyFile, type Vault } from "../../platform/vault/index.ts";
import { rights } from "./compose.ts";

/** Where a node keeps its data and how people reach it. */
export interface NodeSettings {
  /** PostgreSQL's address; the embedded database in `directory` when it is not set. */
  databaseUrl?: string;
  /** The node's folder: the embedded database, the key, uploaded files. */
  directory: string;
  publicAddress: string;
  clock?: Clock;
  clientAddress?: (request: Request) => string | null;
}

/** An open, migrated node with its accounts, without a server. */
export interface Node {
  database: Database;
  access: Access;
  secret: string;
  /** Seals identities with keys outside the database. */
  vault: Vault;
  settings: NodeSettings;
  clock: Clock;
  close(): Promise<void>;
}

/**
 * Opens a node: database, migrations, register of countries, key, accounts.
 * @throws Problem of the database (locked, newer than the program, unreachable) or of the key
 */
export async function openNode(settings: NodeSettings): Promise<Node> {
  const database = await openDatabase(
    settings.databaseUrl ? { url: settings.databaseUrl } : { directory: settings.directory },
  );
  try {
    return await prepareNode(database, settings);
  } catch (cause) {
    await database.close().catch(() => {});
    throw cause;
  }
}

/** Makes a node of an open database: migrations, register of countries, key, accounts. */
export async function prepareNode(database: Database, settings: NodeSettings): Promise<Node> {
  const clock = settings.clock ?? systemClock;
  await migrate(database);
  await database.transaction(programClaims, loadCountries);
  const secret = nodeSecret(process.env.SANTI_SECRET, settings.directory);
  const vault = createVault({ file: keyFile(process.env.SANTI_VAULT_KEYS, settings.directory), clock });
  let sample: { value: boolean; at: number } | null = null;
  const access: Access = createAccess({
    database,
    rights,
    secret,
    publicAddress: settings.publicAddress,
    clock,
    oidc: oidcProviders(process.env),
    ...(settings.clientAddress ? { clientAddress: settings.clientAddress } : {}),
    async describeSystem(context) {
      // Whether invented records are shown changes only by a command, so a few seconds of memory do no harm.
      if (!sample || clock().getTime() - sample.at > 5000) {
        sample = { value: await hasSample(context.tx), at: clock().getTime() };
      }
      // A country in which somebody holds a role is theirs to fill, before it has its first record.
      const granted = new Set(context.caller.account ? context.caller.grants.map(({ country }) => country) : []);
      const countries = (await listCountries(context.tx)).filter(({ code, active }) => active || granted.has(code));
      return {
        version: programVersion(),
        node: {
          name: await readSetting(context.tx, nodeName),
          contact: await readSetting(context.tx, nodeContact),
        },
        listRows: await readSetting(context.tx, listRows),
        sample: sample.value,
        database: database.kind,
        countries: countries.map(({ code, names }) => ({ code, names })),
        ...(sample.value ? { sampleAccounts: access.sampleAccounts(sampleCountry) } : {}),
      };
    },
  });
  return { database, access, secret, vault, settings, clock, close: () => database.close() };
}

/** The country of the sample accounts. */
export const sampleCountry = "KHM";
