import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { routeUrl } from "../../../platform/contract/client.ts";
import { type ImportOutput, routes } from "../contract.ts";
import { imports } from "./client.ts";

/** Whether nothing more will happen to an import by itself. */
export function isOver(status: ImportOutput["status"] | undefined): boolean {
  return status !== undefined && status !== "waiting" && status !== "running";
}

const pauseMs = 1500;

/**
 * An import, followed until nothing more happens to it.
 * @param id the batch; undefined when there is none yet
 */
export function useImport(id: string | undefined) {
  const queries = useQueryClient();
  // A stream that breaks off, as some proxies make it do, is made up for by asking.
  const [broken, setBroken] = useState(false);
  const query = useQuery<ImportOutput>({
    queryKey: ["import", id],
    enabled: id !== undefined,
    retry: false,
    refetchInterval: ({ state }) => (broken && !isOver(state.data?.status) ? pauseMs : false),
    queryFn: ({ signal }) => imports.get({ params: { id: id as string } }, { signal }),
  });
  const over = isOver(query.data?.status);
  useEffect(() => {
    if (id === undefined || over) return;
    const source = new EventSource(routeUrl(routes.events, { id }));
    source.onerror = () => setBroken(true);
    source.addEventListener("import", (event) => {
      const value = JSON.parse((event as MessageEvent<string>).data) as ImportOutput;
      queries.setQueryData(["import", id], value);
      if (!isOver(value.status)) return;
      source.close();
      void queries.invalidateQueries({ queryKey: ["import-findings", id] });
    });
    return () => source.close();
  }, [id, over, queries]);
  return query;
}
