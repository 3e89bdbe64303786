import { queryOptions } from "@tanstack/react-query";
import { imports } from "./client.ts";
import type { Reading } from "./import-draft.ts";

/** What a sent file was found to be, read in a given way. */
export function detectQuery(file: string | null, reading: Reading) {
  return queryOptions({
    queryKey: ["import-file", file, reading],
    enabled: file !== null,
    staleTime: 600_000,
    queryFn: ({ signal }) => imports.detect({ params: { id: file ?? "" }, query: reading }, { signal }),
  });
}

/** The profiles by which files about a country can be read. */
export function profilesQuery(country: string) {
  return queryOptions({
    queryKey: ["import-profiles", country],
    enabled: country !== "",
    queryFn: ({ signal }) => imports.profiles({ query: { country } }, { signal }),
  });
}

/** Which column probably fills which field of a record type, and which profiles fit a file. */
export function suggestQuery(file: string | null, recordType: string, country: string) {
  return queryOptions({
    queryKey: ["import-suggestion", file, recordType, country],
    enabled: file !== null && recordType !== "" && country !== "",
    staleTime: 600_000,
    queryFn: ({ signal }) =>
      imports.suggest({ params: { id: file ?? "" }, query: { recordType, country } }, { signal }),
  });
}
