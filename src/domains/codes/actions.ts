import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { codeProblems } from "./contract.ts";
import type { CodeLists } from "./model.ts";
import { endVariant, insertVariant, lockVariant, type StoredVariant } from "./store.ts";

/** Who changes codes, and when. */
export interface CodeChange {
  accountId: string | null;
  now: Date;
}

/**
 * Gives a country a code of its own for a standard one.
 * @throws Problem `codes.unknown-list`, `codes.unknown-standard`, `codes.code-taken`
 */
export async function addVariant(
  tx: Tx,
  lists: CodeLists,
  input: Pick<StoredVariant, "country" | "list" | "code" | "labels" | "standard" | "validFrom">,
  { accountId, now }: CodeChange,
): Promise<StoredVariant> {
  const values = lists[input.list];
  if (!values) throw new Problem(codeProblems["unknown-list"], { list: input.list });
  if (!values.includes(input.standard))
    throw new Problem(codeProblems["unknown-standard"], { list: input.list, standard: input.standard });
  const variant: StoredVariant = { ...input, id: newId(), validTo: null, version: 1, changedAt: now.toISOString() };
  if (!(await insertVariant(tx, variant, accountId)))
    throw new Problem(codeProblems["code-taken"], { list: input.list, code: input.code });
  await recordEvent(tx, {
    type: "codes.variant-added",
    country: input.country,
    subject: { type: "code-variant", id: variant.id },
    accountId,
    now,
    payload: { list: input.list, code: input.code, standard: input.standard },
  });
  return variant;
}

/**
 * Takes a national code out of use after a day; it stays known for what it meant.
 * @throws Problem `common.not-found`, `common.stale-revision`
 */
export async function retireVariant(
  tx: Tx,
  target: { country: string; id: string; version: number; validTo: string },
  { accountId, now }: CodeChange,
): Promise<StoredVariant> {
  const variant = await lockVariant(tx, target.country, target.id);
  if (!variant) throw new Problem(commonProblems["not-found"]);
  if (variant.version !== target.version)
    throw new Problem(commonProblems["stale-revision"], { expected: target.version, found: variant.version });
  if (variant.validFrom !== null && target.validTo < variant.validFrom)
    throw new Problem(commonProblems["invalid-input"], {}, [{ path: "validTo", code: "check.dates-out-of-order" }]);
  const retired = { ...variant, validTo: target.validTo, version: variant.version + 1, changedAt: now.toISOString() };
  await endVariant(tx, retired, accountId);
  await recordEvent(tx, {
    type: "codes.variant-retired",
    country: target.country,
    subject: { type: "code-variant", id: target.id },
    accountId,
    now,
    payload: { list: variant.list, code: variant.code, validTo: target.validTo },
  });
  return retired;
}
