import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { routes, type SessionInfo } from "../../platform/access/contract.ts";
import { createClient } from "../../platform/contract/client.ts";
import { type Sensitivity, sensitivityRank } from "../../platform/contract/sensitivity.ts";
import { dropDrafts } from "../../platform/ui/drafts.ts";
import { forgetReferences } from "../../platform/ui/records/section.ts";

/** The client of the access routes. */
export const access = createClient(routes);

const systemQuery = queryOptions({
  queryKey: ["system"],
  queryFn: ({ signal }) => access.system({}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => access.session({}, { signal }),
  staleTime: 300_000,
});

/** Asks who and where we are while the words are still loading. */
export function prefetchAccess(queries: QueryClient): void {
  void queries.prefetchQuery(systemQuery);
  void queries.prefetchQuery(sessionQuery);
}

/** What the node says about itself. */
export function useSystem() {
  return useQuery(systemQuery);
}

/** Who is signed in and what they may do. */
export function useSession() {
  return useQuery(sessionQuery);
}

/** The level of fields that a person may see in a country; without a country, the highest they have anywhere. */
export function clearanceIn(session: SessionInfo | undefined, country: string | undefined): Sensitivity {
  if (!session) return "public";
  const levels = country === undefined ? Object.values(session.clearances) : [session.clearances[country] ?? "public"];
  return [session.clearance, ...levels].reduce((a, b) => (sensitivityRank(b) > sensitivityRank(a) ? b : a));
}

/** The countries in which somebody holds a role; none when a role holds in all, or when there is no account. */
export function ownCountries(session: Pick<SessionInfo, "roles"> | undefined): string[] {
  const held = (session?.roles ?? []).map(({ country }) => country);
  return held.includes(null) ? [] : [...new Set(held.flatMap((country) => country ?? []))].sort();
}

/** Puts a new session in force: everything that was read under the old one is forgotten. */
export function adoptSession(queries: QueryClient, session: SessionInfo): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" && queryKey[0] !== "system" });
  forgetReferences();
  queries.setQueryData(sessionQuery.queryKey, session);
  // The node names more countries to those who hold a role in them.
  void queries.invalidateQueries({ queryKey: systemQuery.queryKey });
}

/** Signs out. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => access.signOut({}),
    onSuccess: async () => {
      // Drafts may hold what others who use this device may not see.
      dropDrafts();
      adoptSession(queries, await access.session({}));
    },
  });
}
