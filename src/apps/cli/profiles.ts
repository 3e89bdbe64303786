import { readFileSync } from "node:fs";
import {
  listProfiles,
  type Profile,
  profileSchema,
  shippedProfile,
  shippedProfiles,
} from "../../domains/imports/index.ts";
import { type Database, programClaims } from "../../platform/database/types.ts";
import { validationProblem } from "../../platform/http/problems.ts";
import { defineProblems, Problem } from "../../platform/kernel/problem.ts";

const profileProblems = defineProblems("cli", {
  "unknown-profile": 404,
  "profile-not-json": 422,
});

/**
 * A profile by the id of a shipped one, or by the path of a JSON file; null for what may be the id of a saved one.
 * @throws Problem `cli.profile-not-json`, or with the fields that are wrong
 */
export function readProfile(text: string): Profile | null {
  const shipped = shippedProfile(text);
  if (shipped) return shipped;
  if (!text.endsWith(".json")) return null;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(text, "utf8"));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code) throw cause;
    throw new Problem(profileProblems["profile-not-json"], { profile: text });
  }
  const parsed = profileSchema.safeParse(value);
  if (!parsed.success) throw validationProblem(parsed.error);
  return parsed.data;
}

/** The profiles that a node has saved for a country. */
export function savedProfiles(database: Database, country: string): Promise<Profile[]> {
  return database.transaction(programClaims, (tx) => listProfiles(tx, country), { readOnly: true });
}

/** A profile that a node has saved for a country. @throws Problem `cli.unknown-profile` */
export async function savedProfile(database: Database, country: string, id: string): Promise<Profile> {
  const saved = await savedProfiles(database, country);
  const found = saved.find((profile) => profile.id === id);
  if (found) return found;
  const known = [...shippedProfiles(), ...saved].map((profile) => profile.id);
  throw new Problem(profileProblems["unknown-profile"], { profile: id, known: known.join(", ") });
}
