import { type Search, useAddress } from "../../../platform/ui/address.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { type AreaUnit, areaUnits } from "../model.ts";
import type { Definition } from "../model-definition.ts";

/** What a report is asked for by, as the address has it. */
export interface ReportQuery {
  definition: string;
  country: string;
  from: string;
  to: string;
  in: AreaUnit;
  knownOn?: string;
  form?: string;
}

/** What the address says of the report that is shown. */
export interface ReportAddress {
  definition: Definition | undefined;
  asked: ReportQuery;
  change: (changes: Search) => void;
}

/** Reads the report from the address: the last whole year of one's own country unless it says otherwise. */
export function useReportAddress(definitions: readonly Definition[]): ReportAddress {
  const [search, setSearch] = useAddress();
  const { countries, home } = useRecords();
  const lastYear = new Date().getFullYear() - 1;
  const definition = definitions.find(({ id }) => id === search.definition) ?? definitions[0];
  const one = [search.country, home].find((each) => each && countries.has(each)) ?? [...countries.keys()][0] ?? "";
  const country = definition?.scope === "region" ? [...countries.keys()].slice(0, 20).join(",") : one;
  return {
    definition,
    asked: {
      ...{ definition: definition?.id ?? "", country },
      ...{ from: search.from ?? `${lastYear}-01-01`, to: search.to ?? `${lastYear}-12-31` },
      in: areaUnits.find((each) => each === search.in) ?? "km2",
      ...(search.knownOn ? { knownOn: search.knownOn } : {}),
      ...(search.form ? { form: search.form } : {}),
    },
    change: (changes) => setSearch({ ...search, ...changes }),
  };
}
