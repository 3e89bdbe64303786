import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Grant } from "../../platform/access/model.ts";
import type { Database } from "../../platform/database/types.ts";
import type { Log } from "../../platform/http/log.ts";
import { grant, type TestServer, testServer } from "../../platform/http/testing.ts";
import { createVault, keyFile, type Vault } from "../../platform/vault/index.ts";
import { createDataProtection, rights as dataProtectionRights } from "../data-protection/index.ts";
import { createPeople, rights } from "./index.ts";

/** The day on which tests of people happen. */
export const testNow = new Date("2026-11-23T05:00:00Z");

export const officer: readonly Grant[] = [grant("victim-assistance-officer", "KHM")];
export const overseer: readonly Grant[] = [grant("information-manager", "KHM")];

/** A server of people and data protection with a vault of its own, and everything that it wrote into its log. */
export interface PeopleServer extends TestServer {
  vault: Vault;
  logged(): string;
  /** Enters a person without asking for duplicates. @returns its record */
  aPerson(of: {
    name?: string;
    sex?: string;
    birthYear?: number;
    organisation?: string;
    country?: string;
    identity?: object;
    as?: readonly Grant[];
  }): Promise<{ id: string; code: string; revision: number }>;
  stop(): void;
}

/** Serves people and data protection over a test's database. */
export function peopleServer(db: Database): PeopleServer {
  const folder = mkdtempSync(join(tmpdir(), "santi-people-"));
  const vault = createVault({ file: keyFile(undefined, folder), clock: () => testNow });
  const lines: string[] = [];
  const write = (fields: Record<string, unknown>, message: string) =>
    void lines.push(JSON.stringify({ fields, message }));
  const log: Log = { info: write, warn: write, error: write };
  const server = testServer(db, [...createPeople(vault), createDataProtection(vault)], {
    rights: { ...rights, ...dataProtectionRights },
    clock: () => testNow,
    log,
    limits: { normal: { burst: 1e9, perMinute: 1e9 }, heavy: { burst: 1e9, perMinute: 1e9 } },
  });
  return {
    ...server,
    vault,
    logged: () => lines.join("\n"),
    async aPerson({ name, identity, country = "KHM", as = officer, ...values }) {
      const { status, body } = await server.post(
        "/api/people/register",
        {
          country,
          values: { sex: "female", ...values },
          identity: { ...(name ? { names: [{ full: name }] } : {}), ...identity },
          distinct: true,
        },
        as,
      );
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return (body as { record: { id: string; code: string; revision: number } }).record;
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}
