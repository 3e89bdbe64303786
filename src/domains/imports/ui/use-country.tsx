import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";

/** The country that the page is about: the one of the address when the node knows it, the reader's, or the only one. */
export function useCountry(): string | undefined {
  const [search] = useAddress();
  const { countries, home } = useRecords();
  if (search.country && countries.has(search.country)) return search.country;
  if (home && countries.has(home)) return home;
  return countries.size === 1 ? [...countries.keys()][0] : undefined;
}

/** The choice of the country; it stands in the address. */
export function CountryChoice({ label }: { label: string }) {
  const { t } = useText();
  const [search, setSearch] = useAddress();
  const country = useCountry() ?? "";
  return (
    <CountrySelect
      label={label}
      value={country}
      onChange={(value) => setSearch(changeSearch(search, { country: value || undefined }))}
      {...(country === "" ? { empty: t("imports.page.choose") } : {})}
    />
  );
}
