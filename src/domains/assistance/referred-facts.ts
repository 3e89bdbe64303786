import type { NeedKind, ServiceCode } from "../services/model.ts";
import type { Priority } from "./model.ts";
import type { ReferredPart } from "./model-referral.ts";
import type { StoredShared } from "./referral-store.ts";

/** What of a person may go with a referral: nothing that says who it is. */
export interface SharedPerson {
  sex: string;
  birthYear: number | null;
  unit: string | null;
}

/**
 * What a referral lets the provider know: the parts that were chosen, and nothing that a later change of the case brings.
 * @param from the organisation whose case it is
 */
export function sharedFrom(
  parts: readonly ReferredPart[],
  from: string | null,
  { sex, birthYear, unit }: SharedPerson,
  of: {
    needs: readonly { kind: NeedKind; priority: Priority }[];
    services: readonly { service: ServiceCode; givenOn: string; withdrawn: boolean }[];
  },
): StoredShared {
  const given = of.services.filter(({ withdrawn }) => !withdrawn);
  return {
    from,
    ...(parts.includes("case-facts") ? { sex, birthYear, unit } : {}),
    ...(parts.includes("needs") ? { needs: of.needs.map(({ kind, priority }) => ({ kind, priority })) } : {}),
    ...(parts.includes("services") ? { services: given.map(({ service, givenOn }) => ({ service, givenOn })) } : {}),
  };
}

/** What a disclosure calls the parts of a referral; the services asked for are always among them. */
export const disclosed = (parts: readonly ReferredPart[]): ReferredPart[] => [
  ...new Set<ReferredPart>([...parts, "services"]),
];
