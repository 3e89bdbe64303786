import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { useAddress } from "../../../platform/ui/records/use-address.ts";
import { Select } from "../../../platform/ui/Select.tsx";

/** The country that the page is about: the one of the address, or the only one there is. */
export function useCountry(): string | undefined {
  const [search] = useAddress();
  const { countries } = useRecords();
  if (search.country) return search.country;
  return countries.size === 1 ? [...countries.keys()][0] : undefined;
}

/** The choice of the country; it stands in the address. */
export function CountryChoice({ label }: { label: string }) {
  const text = useText();
  const [search, setSearch] = useAddress();
  const { countries } = useRecords();
  const country = useCountry() ?? "";
  const options = [...countries].map(([value, names]) => ({ value, label: text.name(names) || value }));
  return (
    <Select
      label={label}
      value={country}
      onChange={(value) => setSearch(changeSearch(search, { country: value || undefined }))}
      options={options}
      {...(country === "" ? { empty: "–" } : {})}
    />
  );
}
