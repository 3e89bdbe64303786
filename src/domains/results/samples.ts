import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { createRecords } from "../../platform/records/actions.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { phaseDefinition, programmeDefinition, projectDefinition } from "./definitions.ts";

const change = { accountId: null, now: new Date("2026-11-23T05:00:00Z"), reason: null };

/** Stores records of results as tests need them. @returns their ids, in order */
export async function someResults(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  values: readonly RecordValues[],
): Promise<string[]> {
  const made = await createRecords(
    tx,
    definition,
    values.map((each) => ({ country, values: each })),
    change,
  );
  return made.map(({ id }) => id);
}

/** A programme of one phase with projects of the days given. @returns the ids of programme, phase and projects */
export async function aProgramme(
  tx: Tx,
  country: string,
  projects: readonly { name: string; from: string; to?: string; organisation?: string }[],
  currency = "USD",
): Promise<{ programme: string; phase: string; projects: string[] }> {
  const startedOn = projects.map(({ from }) => from).sort()[0] ?? "2000-01-01";
  const [programme = ""] = await someResults(tx, programmeDefinition, country, [
    { names: { en: "Land for people" }, currency, startedOn },
  ]);
  const [phase = ""] = await someResults(tx, phaseDefinition, country, [
    { names: { en: "Phase one" }, programme, startedOn },
  ]);
  const ids = await someResults(
    tx,
    projectDefinition,
    country,
    projects.map(({ name, from, to, organisation }) => ({
      ...{ names: { en: name }, phase, startedOn: from },
      ...(to ? { endedOn: to } : {}),
      ...(organisation ? { organisation } : {}),
    })),
  );
  return { programme, phase, projects: ids };
}
