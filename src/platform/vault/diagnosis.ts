import { sql } from "kysely";
import type { Database } from "../database/types.ts";
import { Problem } from "../kernel/problem.ts";
import type { Vault } from "./index.ts";
import { vaultStatus } from "./rotation.ts";

/** What whoever runs a node should know of its keys: bad when what was sealed cannot be opened. */
export async function diagnoseVault(
  database: Database,
  vault: Vault,
): Promise<{
  name: "vault";
  state: "good" | "warning" | "bad";
  params: { file: string; keys: string; waiting: number };
}> {
  const said = (keys: string, state: "good" | "warning" | "bad", waiting = 0) => ({
    name: "vault" as const,
    state,
    params: { file: vault.file, keys, waiting },
  });
  // A node of an older version has no vault yet.
  const { rows } = await sql<{ there: boolean }>`select to_regclass('public.vault_key') is not null as there`.execute(
    database.owner,
  );
  if (!rows[0]?.there) return said("none", "good");
  try {
    const { state, waiting } = await vaultStatus(database, vault);
    if (state === "missing") return said("missing", "bad", waiting);
    return said(state, waiting > 0 ? "warning" : "good", waiting);
  } catch (cause) {
    if (cause instanceof Problem) return said("damaged", "bad");
    throw cause;
  }
}
