import { useCallback, useMemo } from "react";
import { useLocation, useParams, useSearch } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";

/** The address of a page: the filters and choices after the question mark, all texts. */
export type Search = Record<string, string | undefined>;

/** How an address is entered: in place of the one before, and with what the history keeps beside it. */
export interface GoOptions {
  replace?: boolean;
  state?: object;
}

/** Reads the part of an address after the question mark; of a name that stands there twice, the last counts. */
export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Puts a path and a search together: `/accidents?country=KHM&filter.status=open,closed`. What is not set is left out. */
export function addressOf(path: string, search: Search = {}): string {
  const set = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined);
  // Commas separate the values of a filter; written plainly they keep the link readable.
  const text = new URLSearchParams(set).toString().replaceAll("%2C", ",");
  return text === "" ? path : `${path}?${text}`;
}

/** The search of a link: every link carries the country scope along, unless it names one itself. */
export function keepCountry(before: Search, search: Search): Search {
  return { ...(before.country ? { country: before.country } : {}), ...search };
}

/** The path of the page that is shown. */
export function usePath(): string {
  return useLocation()[0];
}

/** Goes to another page of the application; the address may hold a search. */
export function useGo(): (address: string, options?: GoOptions) => void {
  return useLocation()[1];
}

/** The parts of the path that the page's own path names, as `id` in `/imports/$id`. */
export function usePathParts(): Readonly<Record<string, string | undefined>> {
  return useParams();
}

/** The query of the address as texts, and a way to change it. */
export function useAddress(): [Search, (next: Search, options?: GoOptions) => void] {
  const [path, go] = useLocation();
  const text = useSearch();
  const search = useMemo(() => parseSearch(text), [text]);
  const set = useCallback((next: Search, options?: GoOptions) => go(addressOf(path, next), options), [path, go]);
  return [search, set];
}

/** What the history keeps beside the address; an empty object when it keeps nothing. */
export function useKeptState(): Readonly<Record<string, unknown>> {
  const state = useHistoryState<unknown>();
  return typeof state === "object" && state !== null ? (state as Record<string, unknown>) : {};
}
