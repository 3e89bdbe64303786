/** The parts of an identity, each sealed by itself. */
export const identityParts = [
  "names",
  "birth",
  "contacts",
  "documents",
  "household",
  "residence",
  "photograph",
] as const;
export type IdentityPart = (typeof identityParts)[number];

/** For what an identity is opened. */
export const openingPurposes = [
  "find-person",
  "contact",
  "case-work",
  "referral",
  "compare-duplicates",
  "correct-record",
  "urgent-help",
  "answer-request",
  "erasure",
  "other",
] as const;
export type OpeningPurpose = (typeof openingPurposes)[number];

const all: readonly IdentityPart[] = identityParts;

/** What a purpose needs, and therefore opens: no purpose opens more than this. */
export const partsFor: Readonly<Record<OpeningPurpose, readonly IdentityPart[]>> = {
  "find-person": ["names"],
  contact: ["names", "contacts", "residence"],
  "case-work": all,
  referral: ["names", "birth", "contacts", "residence"],
  "compare-duplicates": ["names", "birth", "documents", "photograph"],
  "correct-record": all,
  "urgent-help": ["names", "contacts", "residence", "household"],
  "answer-request": all,
  erasure: all,
  other: ["names"],
};

/** Purposes that people choose when they open the identity of one person; the others belong to acts of their own. */
export const chosenPurposes = openingPurposes.filter(
  (purpose) => purpose !== "find-person" && purpose !== "erasure" && purpose !== "correct-record",
) as readonly Exclude<OpeningPurpose, "find-person" | "erasure" | "correct-record">[];

/** Purposes of which one must say more. */
export const explainedPurposes: readonly OpeningPurpose[] = ["urgent-help", "other"];

/** For what people are asked to agree that facts about them are used or passed on. */
export const consentPurposes = [
  "case-management",
  "referral",
  "service-planning",
  "statistics",
  "treaty-reporting",
  "research",
  "publicity",
] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/** Kinds of recipients. */
export const recipientClasses = [
  "national-authority",
  "health-services",
  "rehabilitation-services",
  "social-services",
  "non-governmental",
  "regional-centre",
  "donor",
  "public",
] as const;
export type RecipientClass = (typeof recipientClasses)[number];

export const consentDecisions = ["given", "refused"] as const;
/** How somebody said it. */
export const consentMethods = ["signature", "thumbprint", "spoken", "recorded", "sign-language"] as const;
export const consentDeciders = ["person", "guardian"] as const;
/** On what ground facts left. */
export const disclosureGrounds = ["consent", "vital-interest", "law"] as const;
/** What was passed on: parts of the identity, and kinds of facts. */
export const disclosedParts = [...identityParts, "case-facts", "needs", "services", "assessments"] as const;
export type DisclosedPart = (typeof disclosedParts)[number];

export const requestKinds = ["access", "correction", "erasure"] as const;
export const requestAskers = ["person", "guardian", "representative"] as const;
export const requestStates = ["open", "granted", "refused", "done"] as const;
export type RequestState = (typeof requestStates)[number];

/** The code lists of this area, for labels, forms and imports. */
export const codeLists: Readonly<Record<string, readonly string[]>> = {
  "identity-part": identityParts,
  "opening-purpose": openingPurposes,
  "consent-purpose": consentPurposes,
  "recipient-class": recipientClasses,
  "consent-decision": consentDecisions,
  "consent-method": consentMethods,
  "consent-decider": consentDeciders,
  "disclosure-ground": disclosureGrounds,
  "disclosed-part": disclosedParts,
  "data-request-kind": requestKinds,
  "data-request-asker": requestAskers,
  "data-request-state": requestStates,
};

/** Years at which somebody decides alone, unless a country says otherwise. */
export const adultAge = 18;

/**
 * Whether somebody is surely a child on a date: the birthday of the age has not come in whatever month it is.
 * @param birthYear null when it is not known, which alone is no ground to ask for a guardian
 */
export function isChild(birthYear: number | null, on: string, adultFrom: number = adultAge): boolean {
  return birthYear !== null && Number(on.slice(0, 4)) - birthYear < adultFrom;
}

/** A day some days later, as `yyyy-mm-dd`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
