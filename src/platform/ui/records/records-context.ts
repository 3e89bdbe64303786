import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Sensitivity } from "../../contract/sensitivity.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { clientOf, type RecordItem, type RecordSection, recordTitle, referenceOf } from "./section.ts";

/** What the record pages know about the whole application. */
export interface RecordsWorld {
  /** All record types, by name. */
  sections: ReadonlyMap<string, RecordSection>;
  /** The record type that fields of the kinds `unit` and `organisation` point to. */
  kinds: { unit: string; organisation: string };
  /** Names of countries by ISO 3166-1 alpha-3 code. */
  countries: ReadonlyMap<string, Readonly<Record<string, string>>>;
  clearance: Sensitivity;
  /** The country in which the reader holds every role; null when there are several, all or none. */
  home: string | null;
  /** How many records a list shows at once, unless a country chose otherwise. */
  listRows: number;
}

/** Set by the application, which alone knows all domains. */
export const RecordsContext = createContext<RecordsWorld | null>(null);

/** The record types, countries and clearance around a page. */
export function useRecords(): RecordsWorld {
  const world = useContext(RecordsContext);
  if (!world) throw new Error("useRecords outside RecordsContext");
  return world;
}

/** The section of the records that a field points to; undefined when no domain offers it. */
export function useTarget(field: { kind: string; of?: string | undefined }): RecordSection | undefined {
  const { sections, kinds } = useRecords();
  const name = ["unit", "units"].includes(field.kind)
    ? kinds.unit
    : field.kind === "organisation"
      ? kinds.organisation
      : field.of;
  return name === undefined ? undefined : sections.get(name);
}

/** The country's name in the reader's language; its code when it has none. */
export function useCountryName(): (code: string) => string {
  const { countries } = useRecords();
  const text = useText();
  return (code) => text.name(countries.get(code)) || code;
}

/**
 * What a referred record is called: from the names that came along with an answer, else asked for once and kept for ten
 * minutes.
 */
export function useRecordTitle(section: RecordSection | undefined, country: string, id: string | null) {
  const text = useText();
  const known = id === null ? undefined : referenceOf(id);
  const query = useQuery({
    queryKey: ["record", section?.type.name, country, id],
    enabled: section !== undefined && id !== null && country !== "" && known === undefined,
    staleTime: 600_000,
    queryFn: ({ signal }) => {
      if (!section || id === null) throw new Error("asked for nothing");
      return clientOf(section).get({ params: { country, id } }, { signal });
    },
  });
  if (known) return { title: text.name(known.names) || known.code, failed: false };
  const record = query.data?.record as RecordItem | undefined;
  return { title: section && record ? recordTitle(section, record, text) : null, failed: query.isError };
}
