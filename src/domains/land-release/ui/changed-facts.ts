/** One thing that two reports say differently; null where one of them does not say it. */
export interface ChangedFact {
  name: string;
  before: string | null;
  after: string | null;
}

/** What two lists of facts say differently, in the order of the newer one, what only the older says last. */
export function changedFacts(
  before: readonly (readonly [string, string])[],
  after: readonly (readonly [string, string])[],
): ChangedFact[] {
  const [old, now] = [new Map(before), new Map(after)];
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((name) => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null }))
    .filter((fact) => fact.before !== fact.after);
}
