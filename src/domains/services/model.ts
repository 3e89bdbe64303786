/** What somebody can be given, after the scope of victim assistance in IMAS 13.10. Countries add their own names (`codes`). */
export const serviceCodes = [
  "emergency-medical",
  "surgery",
  "ongoing-medical",
  "prosthesis-new",
  "prosthesis-repair",
  "orthosis",
  "wheelchair",
  "walking-aid",
  "other-assistive-product",
  "physiotherapy",
  "occupational-therapy",
  "home-adaptation",
  "psychological-first-aid",
  "counselling",
  "psychiatry",
  "peer-support",
  "education-support",
  "vocational-training",
  "grant",
  "social-protection",
  "legal-aid",
  "transport-support",
  "accommodation-support",
] as const;
export type ServiceCode = (typeof serviceCodes)[number];

/** What somebody can need. A need has no cause in it: whoever has it, has it. */
export const needKinds = [
  "medical",
  "rehabilitation",
  "assistive-product",
  "psychosocial",
  "education",
  "economic",
  "social-inclusion",
  "rights",
] as const;
export type NeedKind = (typeof needKinds)[number];

/** Services that can answer a need. Transport and accommodation help to reach any of them. */
export const servicesFor: Readonly<Record<NeedKind, readonly ServiceCode[]>> = {
  medical: ["emergency-medical", "surgery", "ongoing-medical"],
  rehabilitation: ["physiotherapy", "occupational-therapy", "prosthesis-new", "prosthesis-repair", "orthosis"],
  "assistive-product": [
    "prosthesis-new",
    "prosthesis-repair",
    "orthosis",
    "wheelchair",
    "walking-aid",
    "other-assistive-product",
    "home-adaptation",
  ],
  psychosocial: ["psychological-first-aid", "counselling", "psychiatry", "peer-support"],
  education: ["education-support"],
  economic: ["vocational-training", "grant"],
  "social-inclusion": ["peer-support", "social-protection", "transport-support", "accommodation-support"],
  rights: ["legal-aid", "social-protection"],
};

export const serviceLanguages = [
  "khmer",
  "lao",
  "thai",
  "vietnamese",
  "burmese",
  "english",
  "french",
  "minority",
  "sign-language",
] as const;
export const accessibilityFeatures = [
  "step-free",
  "accessible-toilet",
  "wide-doors",
  "tactile",
  "sign-interpreter",
  "easy-language",
  "home-visits",
  "tele-service",
  "female-staff",
  "child-friendly",
] as const;
export const serviceCosts = ["free", "partly-free", "paid"] as const;
/** ISO 4217 codes of money in which services of the region are paid. */
export const currencies = ["KHR", "LAK", "MMK", "THB", "VND", "USD", "EUR"] as const;

/** The code lists of this area, for labels, forms and imports. */
export const codeLists: Readonly<Record<string, readonly string[]>> = {
  service: serviceCodes,
  "need-kind": needKinds,
  "service-language": serviceLanguages,
  "accessibility-feature": accessibilityFeatures,
  "service-cost": serviceCosts,
  currency: currencies,
};

/** A day some months earlier, as `yyyy-mm-dd`; the last of a shorter month. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}

/**
 * Whether what is known of a point is too old to be relied on: never verified, or longer ago than the months given.
 * @param verifiedOn the day of the last verification
 */
export function isStale(verifiedOn: string | null, today: string, months: number): boolean {
  return verifiedOn === null || verifiedOn < monthsBefore(today, months);
}

/** Whether a span of days holds a day. Both ends belong to it; an open end never comes. */
export function validOn(span: { validFrom: string; validUntil: string | null }, day: string): boolean {
  return span.validFrom <= day && (span.validUntil === null || day <= span.validUntil);
}
