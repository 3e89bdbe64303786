import { type IdentityPart, identityParts } from "../data-protection/model.ts";
import type { Identity } from "./contract.ts";

export const sexes = ["female", "male", "other", "unknown"] as const;
export const identityStates = ["none", "held", "erased"] as const;
/** What a name is to its bearer. */
export const nameKinds = ["official", "birth", "called", "former", "other"] as const;
export const contactKinds = ["phone", "messenger", "email", "through-somebody", "other"] as const;
export const documentKinds = [
  "national-identity-card",
  "family-book",
  "birth-certificate",
  "passport",
  "disability-card",
  "health-card",
  "other",
] as const;
/** The kinds of pictures that are kept of a face. */
export const photographTypes = ["image/jpeg", "image/png", "image/webp"] as const;
/** A photograph of a face has at most so many bytes: enough to know somebody by, and what a phone on a slow line can send. */
export const largestPhotograph = 250_000;
/** How exactly a day of birth is known. */
export const birthPrecisions = ["day", "month", "year", "estimated"] as const;

/** The code lists of this area, for labels, forms and imports. */
export const codeLists: Readonly<Record<string, readonly string[]>> = {
  sex: sexes,
  "identity-state": identityStates,
  "name-kind": nameKinds,
  "contact-kind": contactKinds,
  "document-kind": documentKinds,
  "birth-precision": birthPrecisions,
};

/** A search shows at most this many people, so that names are not collected by searching. */
export const mostShown = 20;

/** The parts of an identity that say something. */
export function heldParts(identity: Identity): IdentityPart[] {
  return identityParts.filter((part) => {
    const value = identity[part];
    return value !== undefined && value !== null && (!Array.isArray(value) || value.length > 0);
  });
}

/** Every spelling of a person's names under which somebody may look for it. */
export function spellings(names: NonNullable<Identity["names"]>): string[] {
  return [...new Set(names.flatMap(({ full, latin }) => (latin ? [full, latin] : [full])))];
}

/** How a person is called at the head of a page: the official name, else the first. */
export function displayName(names: NonNullable<Identity["names"]>): { full: string; latin: string | null } {
  const name = names.find(({ kind }) => kind === "official") ?? names[0];
  return { full: name?.full ?? "", latin: name?.latin ?? null };
}

/** The year in which somebody was born, as far as the identity says it. */
export function yearOfBirth(identity: Identity): number | null {
  const birth = identity.birth;
  if (!birth) return null;
  return birth.date ? Number(birth.date.slice(0, 4)) : (birth.year ?? null);
}
