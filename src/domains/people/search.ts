import { defaultThreshold, nameMatcher, nameTokens } from "@santi/name-matching";
import type { Tx } from "../../platform/database/types.ts";
import type { OpenVault, Vault } from "../../platform/vault/index.ts";
import { type Acting, concludeSearch, openIdentity } from "../data-protection/index.ts";
import type { Hit, Identity } from "./contract.ts";
import { type Candidate, findCandidates, partPlace } from "./identity-store.ts";
import { displayName, mostShown, spellings } from "./model.ts";

/** The names of at most so many people are opened for one search. */
const mostCompared = 30;

/** The tokens of names for the blind index of a country, the most selective first and each once. */
export function tokensOf(vault: OpenVault, country: string, names: readonly string[]): string[] {
  return [...new Set(names.flatMap(nameTokens))].map((token) => vault.token(country, token));
}

/** A search by name. */
export interface PersonSearch {
  country: string;
  name: string;
  sex?: string | undefined;
  birthYear?: number | undefined;
  note?: string | undefined;
}

/** Years of birth this far apart may be one person's: ages are told from memory. */
const yearsApart = 2;

function hitOf(
  candidate: Candidate,
  asked: PersonSearch,
  names: NonNullable<Identity["names"]>,
  similarityTo: (name: string) => number,
): Hit {
  const { id, code, sex, birthYear, unit, organisation } = candidate;
  const best = Math.max(0, ...spellings(names).map(similarityTo));
  const { full, latin } = displayName(names);
  const differs: Hit["differs"] = [];
  if (asked.sex && asked.sex !== "unknown" && sex !== "unknown" && sex !== asked.sex) differs.push("sex");
  if (asked.birthYear && birthYear !== null && Math.abs(birthYear - asked.birthYear) > yearsApart)
    differs.push("birthYear");
  const similarity = Math.round(best * 1000) / 1000;
  return { id, code, sex, birthYear, unit, organisation, name: full, latin, similarity, differs };
}

/** How much less a part of a name tells than the whole. */
const partWeight = 0.9;

/**
 * Who is asked for by one word, as people are called by their given name alone, is found by each word of a name as well, after those
 * whose whole name it is.
 */
function orByPart(asked: string, compare: (name: string) => number): (name: string) => number {
  const words = (name: string) => name.trim().split(/\s+/);
  if (words(asked).length > 1) return compare;
  return (name) => {
    const parts = words(name).map(compare);
    const part = parts.length > 1 ? Math.max(...parts) : 0;
    return Math.max(compare(name), part >= defaultThreshold ? Math.max(part * partWeight, defaultThreshold) : 0);
  };
}

/** Candidates of a common name mostly have one and the same: it is compared once. */
function oncePerName(compare: (name: string) => number): (name: string) => number {
  const known = new Map<string, number>();
  return (name) => {
    const similarity = known.get(name) ?? compare(name);
    known.set(name, similarity);
    return similarity;
  };
}

/**
 * Finds people whose name may be a spelling of the given one, in any script, best first. The index holds keyed tokens
 * only; the names of the best candidates are opened for this search, which is on record as an opening with the purpose to
 * find somebody, with how many it met and whom it showed.
 * @param reached whether the caller's own grants reach a person that row-level security showed
 * @returns at most `mostShown` people, and whether there were more
 * @throws Problem `data-protection.too-many-openings`, and those of the vault
 */
export async function searchPeople(
  tx: Tx,
  vault: Vault,
  asked: PersonSearch,
  reached: (person: { organisation: string | null; assignee: string | null }) => boolean,
  by: Acting,
): Promise<{ hits: Hit[]; more: boolean }> {
  const { country, note } = asked;
  const opening = await openIdentity(tx, vault, { country, person: null, purpose: "find-person", note }, by);
  const tokens = tokensOf(opening.vault, country, [asked.name]);
  const candidates = (await findCandidates(tx, country, tokens, asked, mostCompared)).filter(reached);
  const best = new Map<string, Hit>();
  const similarityTo = oncePerName(orByPart(asked.name, nameMatcher(asked.name)));
  for (const candidate of candidates) {
    const { met, sealed } = candidate;
    if (!sealed) continue;
    const names = JSON.parse(opening.vault.open(partPlace({ country, person: met, part: "names" }), sealed));
    const hit = hitOf(candidate, asked, names, similarityTo);
    const known = best.get(hit.id);
    if (hit.similarity >= defaultThreshold && (!known || known.similarity < hit.similarity)) best.set(hit.id, hit);
  }
  const yearsOff = ({ birthYear }: Hit) => (asked.birthYear && birthYear ? Math.abs(birthYear - asked.birthYear) : 0);
  const ranked = [...best.values()].sort(
    (a, b) =>
      a.differs.length - b.differs.length ||
      b.similarity - a.similarity ||
      yearsOff(a) - yearsOff(b) ||
      (a.id < b.id ? -1 : 1),
  );
  const hits = ranked.slice(0, mostShown);
  await concludeSearch(
    tx,
    { country, id: opening.id },
    ranked.length,
    hits.map(({ id }) => id),
  );
  return { hits, more: ranked.length > hits.length };
}
