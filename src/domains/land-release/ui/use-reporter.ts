import { useOwnSession } from "../../../platform/access/ui/client.ts";

/** What the signed-in person may do in a country, and for which organisations they speak. */
export function useReporter(country: string | undefined) {
  const session = useOwnSession().data;
  const here = (session?.roles ?? []).filter((grant) => grant.country === null || grant.country === country);
  const organisations = [...new Set(here.flatMap(({ organisation }) => organisation ?? []))];
  return {
    known: session !== undefined,
    account: session?.account?.id ?? "",
    rights: session?.rights ?? [],
    /** The only organisation they work for; null when there is none or a choice. */
    organisation: organisations.length === 1 ? (organisations[0] ?? null) : null,
    may: (right: string) => session?.rights.includes(right) ?? false,
  };
}
