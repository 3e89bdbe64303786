import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ListCard } from "../../../platform/ui/ListCard.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { alertStates } from "../model.ts";
import { AlertItem } from "./AlertItem.tsx";
import { useCleared } from "./clearance.ts";
import { assessments } from "./client.ts";
import { NotCleared } from "./Screening.tsx";

/** Safety alerts, those that wait longest first. It looks for new ones by itself each minute. */
export function AlertsPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const { countries, home } = useRecords();
  const [only] = countries.keys();
  const country = search.country ?? home ?? only ?? "";
  const state = alertStates.find((each) => each === search.state);
  const mine = search.mine === "true";
  const cleared = useCleared(country);
  const list = useQuery({
    queryKey: ["assessments", "alerts", country, state ?? "", mine],
    enabled: country !== "" && cleared === true,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    queryFn: ({ signal }) =>
      assessments.alerts(
        { query: { country, ...(state ? { state } : {}), ...(mine ? { mine: "true" } : {}) } },
        { signal },
      ),
  });
  const counts = list.data?.counts;
  return (
    <>
      <PageHeader title={t("assessments.alerts.title")} lead={t("assessments.alerts.lead")} />
      <div className={surfaces.stack}>
        <search className={surfaces.gridTwo}>
          {countries.size > 1 && (
            <CountrySelect
              label={text.field("people.person", "country")}
              value={country}
              onChange={(value) => setSearch(changeSearch(search, { country: value }))}
            />
          )}
          <Select
            label={t("assessments.column.state")}
            value={state ?? ""}
            empty={t("assessments.alerts.all")}
            onChange={(value) => setSearch(changeSearch(search, { state: value || undefined }))}
            options={alertStates.map((each) => ({ value: each, label: text.code("alert-state", each) }))}
          />
          <Checkbox
            label={t("assessments.alerts.only-mine")}
            checked={mine}
            onChange={(checked) => setSearch(changeSearch(search, { mine: checked ? "true" : undefined }))}
          />
        </search>
        {counts && (
          <p role="status">
            {t("assessments.alerts.counts", {
              open: format.number(counts.open),
              overdue: format.number(counts.overdue),
              taken: format.number(counts.taken),
              closed: format.number(counts.closed),
            })}
          </p>
        )}
        {cleared === false ? (
          <div className={surfaces.card}>
            <NotCleared />
          </div>
        ) : (
          <ListCard
            list={list}
            count={list.data?.items.length ?? 0}
            empty={
              <EmptyState icon="check" title={t("assessments.alerts.none")}>
                {t("assessments.alerts.none.text")}
              </EmptyState>
            }
          >
            <ul>
              {list.data?.items.map((of) => (
                <AlertItem key={of.id} of={of} linked />
              ))}
            </ul>
          </ListCard>
        )}
      </div>
    </>
  );
}
