import type { RecordType } from "../../contract/record-type.ts";
import type { Search } from "../address.ts";

const own = ["country", "q", "sort", "cursor", "page", "bbox", "columns", "view"] as const;
/** Parts of the address that only the page reads; the server is not asked with them. */
const pageOnly = new Set<string>(["page", "columns", "view"]);

/** Splits `filter.<field>`, `filter.<field>.from` and `filter.<field>.to`; null for any other name. */
export function filterField(name: string): { field: string; end: "from" | "to" | null } | null {
  const match = /^filter\.(\w+)(?:\.(from|to))?$/.exec(name);
  return match?.[1] ? { field: match[1], end: (match[2] as "from" | "to" | undefined) ?? null } : null;
}

/**
 * Validates the address of a list: keeps what the page knows, drops the rest, so that a stale or mistyped link still
 * opens. Unknown columns and sort fields are dropped too.
 */
export function listSearch(type: RecordType, raw: Readonly<Record<string, unknown>>): Search {
  const search: Search = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined || value === null || value === "") continue;
    const text = String(value);
    const filter = filterField(name);
    if (filter) {
      if (type.fields[filter.field]?.filter) search[name] = text;
      continue;
    }
    if (!(own as readonly string[]).includes(name)) continue;
    if (name === "sort" && !type.fields[text.replace(/^-/, "")]) continue;
    if (name === "page" && !/^[1-9]\d{0,6}$/.test(text)) continue;
    if (name === "columns") {
      const known = text.split(",").filter((column) => type.fields[column]);
      if (known.length > 0) search.columns = known.join(",");
      continue;
    }
    search[name] = text;
  }
  return search;
}

/** What the server is asked, from the address; sorted by the record's date, newest first, unless the address says. */
export function listQueryOf(type: RecordType, search: Search): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && !pageOnly.has(name)) query[name] = value;
  }
  query.sort ??= type.dateField ? `-${type.dateField}` : type.titleField;
  return query;
}

/** The part of the address that says which records: filters, words and country, without paging and columns. */
export function filterPart(search: Search): Search {
  return Object.fromEntries(
    Object.entries(search).filter(([name]) => name === "q" || name === "bbox" || filterField(name) !== null),
  );
}

/** The address with some parts changed; a change starts again at the first page. An undefined value removes its part. */
export function changeSearch(search: Search, changes: Search): Search {
  const next: Search = { ...search, cursor: undefined, page: undefined, ...changes };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== ""));
}

/** The values of a comma-separated filter. */
export function filterValues(search: Search, field: string): string[] {
  return (search[`filter.${field}`] ?? "").split(",").filter((value) => value !== "");
}

/** Adds a value to a filter or takes it out. */
export function toggleFilter(search: Search, field: string, value: string): Search {
  const values = filterValues(search, field);
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  return changeSearch(search, { [`filter.${field}`]: next.join(",") });
}

/** The filter that a year in a chart stands for. */
export function yearFilter(field: string, year: string): Search {
  return { [`filter.${field}.from`]: `${year}-01-01`, [`filter.${field}.to`]: `${year}-12-31` };
}
