import { useQuery } from "@tanstack/react-query";
import { reports } from "./client.ts";

/** One report with its thread and what the reader may do with it. */
export function useReport(country: string, id: string | undefined) {
  return useQuery({
    queryKey: ["land-report", country, id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => reports.get({ params: { country, id: id ?? "" } }, { signal }),
  });
}
