import { useQueryClient } from "@tanstack/react-query";
import type { RecordItem } from "../../../platform/ui/records/section.ts";

/** Reads an accident, its history and its report anew after something was done with it. */
export function useRefresh({ country, id }: RecordItem): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["record", "accidents.accident", country, id] }),
      queries.invalidateQueries({ queryKey: ["accident-report", country, id] }),
      queries.invalidateQueries({ queryKey: ["history"] }),
      queries.invalidateQueries({ queryKey: ["list"] }),
      queries.invalidateQueries({ queryKey: ["counts"] }),
    ]);
}
