import { useAddress } from "../../../platform/ui/address.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";

/** The country that the page is about: the one of the address, the reader's own, or the only one; else undefined. */
export function useCountry(): string | undefined {
  const [search] = useAddress();
  const { countries, home } = useRecords();
  if (search.country && countries.has(search.country)) return search.country;
  if (home && countries.has(home)) return home;
  return countries.size === 1 ? [...countries.keys()][0] : undefined;
}
