import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useOwnSession } from "../../../platform/access/ui/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { ListCard } from "../../../platform/ui/ListCard.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { visit } from "../contract.ts";
import { codeLists, severities } from "../model.ts";
import { quality } from "./client.ts";
import { NonconformityItem } from "./NonconformityItem.tsx";

const states = codeLists["nonconformity-state"];

/** The value when it is one of those known, so that a stale link still opens. */
const oneOf = <T extends string>(values: readonly T[], value: string | undefined) =>
  values.find((each) => each === value);

/** Non-conformities, the nearest deadline first, with the steps that the reader may take. */
export function NonconformitiesPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const { home } = useRecords();
  const session = useOwnSession();
  const country = search.country ?? home ?? undefined;
  const { organisation, task } = search;
  const state = oneOf(states, search.state);
  const severity = oneOf(severities, search.severity);
  const query = {
    ...(country ? { country } : {}),
    ...(organisation ? { organisation } : {}),
    ...(task ? { task } : {}),
    ...(state ? { state } : {}),
    ...(severity ? { severity } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["quality", "nonconformities", query],
    placeholderData: keepPreviousData,
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      quality.nonconformities({ query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, { signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = list.data?.pages ?? [];
  const counts = pages[0]?.counts ?? {};
  const items = pages.flatMap((page) => page.items);
  const references = Object.assign({}, ...pages.map((page) => page.references));
  const field = visit.fields.organisation;
  const filtered = Boolean(organisation || task || state || severity);
  return (
    <>
      <PageHeader
        title={t("quality.nonconformities.title")}
        lead={t("quality.nonconformities.lead")}
        actions={
          session.data?.rights.includes("quality.inspect") && (
            <AppLink to="/quality/visits/new" className={buttonClass()}>
              <Icon name="add" />
              <span>{t("quality.new-visit")}</span>
            </AppLink>
          )
        }
      />
      <div className={surfaces.stack}>
        <search className={surfaces.gridTwo}>
          <Select
            label={t("quality.state")}
            value={state ?? ""}
            empty={t("quality.all-states")}
            onChange={(value) => setSearch(changeSearch(search, { state: value || undefined }))}
            options={states.map((each) => ({
              value: each,
              label: t("quality.state-count", {
                state: text.code("nonconformity-state", each),
                count: format.number(counts[each] ?? 0),
              }),
            }))}
          />
          <Select
            label={t("quality.severity")}
            value={severity ?? ""}
            empty={t("quality.all-severities")}
            onChange={(value) => setSearch(changeSearch(search, { severity: value || undefined }))}
            options={severities.map((each) => ({ value: each, label: text.code("nonconformity-severity", each) }))}
          />
          {field && (
            <RecordPicker
              label={text.field(visit.name, "organisation")}
              field={field}
              country={country}
              value={organisation ?? ""}
              onChange={(value) => setSearch(changeSearch(search, { organisation: value || undefined }))}
            />
          )}
        </search>
        <ListCard
          list={list}
          count={items.length}
          empty={
            <EmptyState icon="check" title={t(filtered ? "quality.none-match" : "quality.none")}>
              {t(filtered ? "ui.list.none-match.hint" : "quality.none.hint")}
            </EmptyState>
          }
        >
          <ul>
            {items.map((of) => (
              <NonconformityItem key={of.id} of={of} references={references} visitLink />
            ))}
          </ul>
        </ListCard>
      </div>
    </>
  );
}
