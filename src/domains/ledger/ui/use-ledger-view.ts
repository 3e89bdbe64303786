import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { type Search, useAddress } from "../../../platform/ui/address.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import type { TableOutput } from "../contract.ts";
import { type Cut, codeListOf, cuts, type LedgerQuery } from "./columns.ts";
import { type AreaUnit, areaText, areaUnits } from "./units.ts";

/** The ways to look at the ledger. */
export const views = ["table", "charts", "statement", "compare"] as const;
export type LedgerViewName = (typeof views)[number];

/** What the address says about the ledger that is shown. */
export interface LedgerView {
  view: LedgerViewName;
  country: string | undefined;
  by: Cut;
  unit: AreaUnit;
  /** What every table of the page is asked by. */
  query: LedgerQuery;
  today: string;
  search: Search;
  /** Changes the address; a figure that is open stays open unless said otherwise. */
  change: (changes: Search) => void;
  /** Whole square metres in the unit shown. */
  amount: (squareMetres: number) => string;
}

/** Reads the ledger's view from the address; country, cut, period and unit have defaults. */
export function useLedgerView(): LedgerView {
  const { format } = useText();
  const [search, setSearch] = useAddress();
  const { countries, home } = useRecords();
  const today = new Date().toISOString().slice(0, 10);
  const country = [search.country, home].find((each) => each && countries.has(each)) ?? [...countries.keys()][0];
  const unit = areaUnits.find((each) => each === search.in) ?? "km2";
  const { from, knownOn } = search;
  return {
    view: views.find((each) => each === search.view) ?? "table",
    country,
    by: cuts.find((each) => each === search.by) ?? "province",
    unit,
    query: {
      country: country ?? "",
      to: search.to ?? today,
      ...(from ? { from } : {}),
      ...(knownOn ? { knownOn } : {}),
    },
    today,
    search,
    change: (changes) => setSearch({ ...search, ...changes }),
    amount: (squareMetres) => areaText(format, unit, squareMetres),
  };
}

/** What the key of a table's row is called. */
export function useRowName(by: Cut, references: TableOutput["references"]): (key: string | null) => string {
  const text = useText();
  return (key) => {
    if (by === "none") return text.t("ledger.by.none");
    if (key === "all") return text.t("ledger.total");
    if (key === null || key === "none") return text.t("ledger.not-known");
    const known = references[key];
    if (known) return text.name(known.names) || known.code;
    const list = codeListOf[by];
    if (!list) return key;
    return text.format.list(key.split("+").map((code) => text.code(list, code)));
  };
}
