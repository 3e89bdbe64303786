import { createClient } from "../../../platform/contract/client.ts";
import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import { routes } from "../contract.ts";
import { explorerRoutes } from "../contract-explorer.ts";

/** The clients of analyses and of the explorer. */
export const access = createClient(routes);
export const explorer = createClient(explorerRoutes);

/** What an answer says about the units that it mentions by id. */
export type References = Readonly<Record<string, { code: string; names: Readonly<Record<string, string>> }>>;

/** What a unit is called; the words for ground outside all units when there is none. */
export function unitName(text: Text, references: References, unit: string | null): string {
  const known = unit === null ? undefined : references[unit];
  return known ? text.name(known.names) || known.code : text.t("access-to-care.no-unit");
}

/** People as whole numbers in the reader's digits. */
export const peopleText = (text: Text, people: number): string => text.format.number(Math.round(people));
