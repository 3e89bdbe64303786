import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createClient } from "../../../platform/contract/client.ts";
import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { study, studyRoutes } from "../contract.ts";
import { boardRoutes } from "../contract-board.ts";
import { type Sheet, workRoutes } from "../contract-work.ts";
import { codeLists } from "../model.ts";
import { studiesPath } from "./index.ts";

/** The client of a study's work. */
export const work = createClient(workRoutes);
/** The client of the board. */
export const boards = createClient(boardRoutes);

/** Studies in the forms, corrections and histories that all records share. Lists and pages are their own. */
export const studySection: RecordSection = {
  type: study,
  routes: studyRoutes,
  path: studiesPath,
  icon: "file",
  group: "assistance",
  codeLists,
};

/** A record as it stands in a sheet: what the reader is cleared for. */
export type Item = Readonly<Record<string, unknown>> & { id: string; country: string; revision: number };

/** A record of a sheet with the fields that every record has. */
export const itemOf = (record: object): Item => record as Item;

/** A study of which something is shown or entered. */
export interface OfStudy {
  country: string;
  id: string;
}

/** What an answer says about the records that it mentions by id. */
export type References = Readonly<Record<string, { code: string; names: Readonly<Record<string, string>> }>>;

export type FullRecommendation = Sheet["recommendations"][number];

/** What a mentioned record is called; empty when nothing or nothing known is mentioned. */
export function nameOf(text: Text, references: References, id: unknown): string {
  const known = typeof id === "string" ? references[id] : undefined;
  return known ? text.name(known.names) || known.code : "";
}

/** Whom a recommendation addresses: the organisation, else the sector. */
export function addresseeOf(text: Text, references: References, of: Readonly<Record<string, unknown>>): string {
  return (
    nameOf(text, references, of.addressee) ||
    (typeof of.sector === "string" ? text.code("study-sector", of.sector) : "")
  );
}

/** Who owns an action: the organisation, else the office as it was written. */
export function ownerOf(text: Text, references: References, of: Readonly<Record<string, unknown>>): string {
  return nameOf(text, references, of.owner) || (typeof of.ownerAsWritten === "string" ? of.ownerAsWritten : "");
}

/** An amount with its currency, e.g. `12,000 US dollar`; empty when none is known. */
export function costOf(text: Text, of: Readonly<Record<string, unknown>>): string {
  if (typeof of.cost !== "number") return "";
  const currency = typeof of.currency === "string" ? text.code("currency", of.currency) : "";
  return text.t("studies.amount", { amount: text.format.number(of.cost), currency });
}

/** A study with everything that belongs to it. */
export function useSheet(of: OfStudy) {
  return useQuery({
    queryKey: ["studies", "sheet", of.country, of.id],
    queryFn: ({ signal }) => work.sheet({ params: of }, { signal }),
  });
}

/** Asks again for everything about studies after a change. */
export function useRefreshStudies(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ["studies"] }),
      queries.invalidateQueries({ queryKey: ["record", study.name] }),
      queries.invalidateQueries({ queryKey: ["history", study.name] }),
    ]);
  };
}
