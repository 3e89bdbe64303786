import { createClient } from "../../../platform/contract/client.ts";
import type { RouteOutput } from "../../../platform/contract/route.ts";
import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import { routes } from "../contract.ts";

/** The client of field reports and the national rules. */
export const reports = createClient(routes);

/** What an answer says about the records that it mentions by id. */
export type References = RouteOutput<typeof routes.list>["references"];

/** What a mentioned record is called; empty when nothing, or nothing known, is mentioned. */
export function nameOf(text: Text, references: References, id: string | null): string {
  const known = id === null ? undefined : references[id];
  return known ? text.name(known.names) || known.code : "";
}

/** The path of a report's page. */
export function reportPath({ country, id }: { country: string; id: string }): string {
  return `/land/reports/${country}/${id}`;
}

/** Where the server makes the paper of a report. */
export function documentUrl({ country, id }: { country: string; id: string }, language: string): string {
  return `/api/land/reports/${country}/${id}/document?language=${language}`;
}

/** Square metres in full, as ledgers write them: never in hectares, never rounded. */
export function squareMetresText({ t, format }: Text, squareMetres: number): string {
  return t("unit.m2", { value: format.number(squareMetres) });
}

/** The same with its sign, for what comes or goes. */
export function signedText(text: Text, squareMetres: number): string {
  const sign = squareMetres > 0 ? "+" : squareMetres < 0 ? "−" : "";
  return `${sign}${squareMetresText(text, Math.abs(squareMetres))}`;
}
