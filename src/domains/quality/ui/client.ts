import { createClient } from "../../../platform/contract/client.ts";
import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import { routes } from "../contract.ts";

/** The client of visits and non-conformities. */
export const quality = createClient(routes);

/** What an answer says about the records that it mentions by id. */
export type References = Readonly<Record<string, { code: string; names: Readonly<Record<string, string>> }>>;

/** What a mentioned record is called; empty when nothing or nothing known is mentioned. */
export function nameOf(text: Text, references: References, id: unknown): string {
  const known = typeof id === "string" ? references[id] : undefined;
  return known ? text.name(known.names) || known.code : "";
}

/** A question of a checklist: a national one says itself, a shipped one is in the catalogue. */
export function questionOf(text: Text, item: { code: string; names?: unknown }): string {
  return text.name(item.names) || text.first([`quality.question.${item.code}`, item.code]);
}
