import { createClient } from "../../../platform/contract/client.ts";
import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import { routes } from "../contract.ts";

/** The client of the directory. */
export const directory = createClient(routes);

/** What an answer says about the records that it mentions by id. */
export type References = Readonly<Record<string, { code: string; names: Readonly<Record<string, string>> }>>;

/** What a mentioned record is called; empty when nothing or nothing known is mentioned. */
export function nameOf(text: Text, references: References, id: unknown): string {
  const known = typeof id === "string" ? references[id] : undefined;
  return known ? text.name(known.names) || known.code : "";
}
