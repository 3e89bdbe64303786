import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { createClient } from "../../contract/client.ts";
import { routes } from "../contract.ts";

/** The client of the account routes. */
export const access = createClient(routes);

/** Who is signed in; the same entry of the cache that the shell reads. */
const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => access.session({}, { signal }),
  staleTime: 300_000,
});

/** Who is signed in and what they may do. */
export function useOwnSession() {
  return useQuery(sessionQuery);
}

/** Asks for the given entries of the cache again after a change. */
export function useRefresh(...keys: string[]): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
}
