import { useQuery } from "@tanstack/react-query";
import type { RecordType } from "../../contract/record-type.ts";
import { type Text, useText } from "../../i18n/I18nProvider.tsx";
import type { Search } from "../address.ts";
import { type Bar, BarChart } from "../BarChart.tsx";
import { Skeleton } from "../Skeleton.tsx";
import surfaces from "../surfaces.module.css";
import { changeSearch, filterPart, filterValues, yearFilter } from "./list-search.ts";
import { clientOf, type RecordSection } from "./section.ts";

/** What stands for "no value" in a filter. */
const noValue = "-";

interface CountRow {
  keys: (string | null)[];
  count: number;
}

/** Counts of a section's records by one field, under the filters of an address. */
export function useCounts(section: RecordSection, by: string | undefined, search: Search) {
  const query = { ...filterPart(search), ...(search.country ? { country: search.country } : {}), by: by ?? "" };
  return useQuery({
    queryKey: ["counts", section.type.name, query],
    enabled: by !== undefined,
    queryFn: ({ signal }) => clientOf(section).counts({ query: query as never }, { signal }),
  });
}

/**
 * Bars by year, with the years in between that count nothing, so that gaps are seen.
 * @param last at most this many years, counted back from the latest
 */
export function yearBars(section: RecordSection, rows: readonly CountRow[], search: Search, last = 30): Bar[] {
  const field = section.type.dateField;
  if (!field) return [];
  const counts = new Map(
    rows.flatMap((row) => (row.keys[0] ? [[Number(row.keys[0].slice(0, 4)), row.count]] : [])) as [number, number][],
  );
  if (counts.size === 0) return [];
  const latest = Math.max(...counts.keys());
  const earliest = Math.max(Math.min(...counts.keys()), latest - last + 1);
  const chosen = search[`filter.${field}.from`]?.slice(0, 4);
  return Array.from({ length: latest - earliest + 1 }, (_, step) => {
    const year = String(earliest + step);
    return {
      id: year,
      label: year,
      count: counts.get(earliest + step) ?? 0,
      to: section.path,
      search: changeSearch(search, yearFilter(field, year)),
      chosen: chosen === year && search[`filter.${field}.to`]?.slice(0, 4) === year,
    };
  });
}

/** Bars by the value of a code field, largest first; records without a value are counted as "not recorded". */
export function codeBars(
  section: RecordSection,
  name: string,
  rows: readonly CountRow[],
  search: Search,
  text: Text,
): Bar[] {
  const field = section.type.fields[name];
  const chosen = filterValues(search, name);
  return rows
    .map((row) => ({ row, value: row.keys[0] ?? noValue }))
    .toSorted((a, b) => b.row.count - a.row.count)
    .map(({ row, value }) => ({
      id: value,
      label: value === noValue ? text.t("ui.not-recorded") : text.code(field?.list ?? "", value),
      count: row.count,
      to: section.path,
      search: changeSearch(search, { [`filter.${name}`]: value }),
      chosen: chosen.includes(value),
    }));
}

/** The fields by which a list counts itself: its year and its main code. */
export function countFields(type: RecordType, countBy: string | undefined): string[] {
  const date = type.dateField && type.fields[type.dateField]?.filter ? [type.dateField] : [];
  return countBy ? [...date, countBy] : date;
}

/** The strip above a list: how many records by year and by kind, each bar a filter. */
export function CountsStrip({ section, search }: { section: RecordSection; search: Search }) {
  const text = useText();
  const date =
    section.type.dateField && section.type.fields[section.type.dateField]?.filter ? section.type.dateField : undefined;
  const years = useCounts(section, date, search);
  const kinds = useCounts(section, section.countBy, search);
  const frame = `${surfaces.card} ${surfaces.pad}`;
  if ((years.isPending && date) || (kinds.isPending && section.countBy)) {
    return (
      <div className={frame}>
        <Skeleton lines={3} />
      </div>
    );
  }
  const byYear = yearBars(section, (years.data?.rows ?? []) as CountRow[], search);
  const byKind = section.countBy
    ? codeBars(section, section.countBy, (kinds.data?.rows ?? []) as CountRow[], search, text).slice(0, 6)
    : [];
  if (byYear.length < 2 && byKind.length < 2) return null;
  const records = text.t(`records.${section.type.name}`);
  return (
    <div className={`${frame} ${surfaces.strip}`}>
      {byYear.length > 1 && (
        <BarChart
          upright
          captioned
          title={text.t("ui.counts.by-year", { records })}
          bars={byYear}
          countLabel={text.t("ui.count")}
        />
      )}
      {byKind.length > 1 && section.countBy && (
        <BarChart
          captioned
          title={text.t("ui.counts.by", { records, field: text.field(section.type.name, section.countBy) })}
          bars={byKind}
          countLabel={text.t("ui.count")}
        />
      )}
    </div>
  );
}
