import { useQuery } from "@tanstack/react-query";
import { reports } from "../client.ts";

/** Which hazardous area the panels are about. */
export interface AreaKey {
  country: string;
  id: string;
}

/** Reports that a panel shows; a link leads to the others. */
export const shownReports = 20;

/** The newest field reports about an area, in any state that the reader may see. */
export function useAreaReports({ country, id }: AreaKey) {
  return useQuery({
    queryKey: ["land-reports", "of-area", country, id],
    queryFn: ({ signal }) => reports.list({ query: { country, area: id, limit: shownReports } as never }, { signal }),
  });
}
