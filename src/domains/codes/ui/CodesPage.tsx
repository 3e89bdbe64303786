import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { CodeListCard } from "./CodeListCard.tsx";
import { codes } from "./client.ts";
import { useListName } from "./list-name.ts";

/** The code lists with their standard codes, and the codes that a country uses on its own forms. */
export function CodesPage() {
  const { t } = useText();
  const [search, setSearch] = useAddress();
  const { countries, home } = useRecords();
  const listName = useListName();
  const [only] = countries.size === 1 ? countries.keys() : [];
  const country = search.country ?? home ?? only;
  const query = useQuery({
    queryKey: ["codes", country],
    enabled: country !== undefined,
    queryFn: ({ signal }) => codes.lists({ query: { country: country ?? "" } }, { signal }),
  });
  const [adding, setAdding] = useState(false);
  // Forms and files speak of what records hold; other lists are the program's own workings and have no name for people.
  const items = (query.data?.items ?? [])
    .filter(({ list, variants }) => listName(list) !== list || variants.length > 0)
    .sort((a, b) => listName(a.list).localeCompare(listName(b.list)));
  const shown =
    items.find(({ list }) => list === search.list) ?? items.find(({ variants }) => variants.length > 0) ?? items[0];
  const mayChange = query.data?.allowed.includes("change") ?? false;
  return (
    <>
      <PageHeader title={t("codes.title")} lead={t("codes.lead")} />
      <div className={surfaces.stack}>
        <div className={surfaces.gridTwo}>
          <CountrySelect
            label={t("codes.country")}
            value={country ?? ""}
            empty={t("codes.page.choose")}
            onChange={(value) => setSearch(changeSearch(search, { country: value || undefined }))}
          />
          {shown && (
            <Select
              label={t("codes.list")}
              value={shown.list}
              onChange={(list) => setSearch(changeSearch(search, { list }))}
              options={items.map(({ list, variants }) => ({
                value: list,
                label: t("codes.list.entry", { name: listName(list), count: variants.length }),
              }))}
            />
          )}
        </div>
        {country === undefined && <EmptyState icon="columns" title={t("codes.choose-country")} />}
        {country !== undefined && query.isPending && <Skeleton lines={8} />}
        {query.isError && <ErrorState problem={query.error} onRetry={() => void query.refetch()} />}
        {shown && country !== undefined && (
          <CodeListCard
            key={`${country}/${shown.list}`}
            country={country}
            item={shown}
            mayChange={mayChange}
            adding={adding}
            onAdding={setAdding}
          />
        )}
      </div>
    </>
  );
}
