import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import type { Search } from "../../../platform/ui/address.ts";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Pagination } from "../../../platform/ui/Pagination.tsx";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { screeningRules } from "../../quality/model.ts";
import { reports } from "./client.ts";
import { pickers } from "./pickers.ts";
import styles from "./reports.module.css";
import { ScreeningReasons } from "./ScreeningReasons.tsx";

const pageSize = 30;

/** Reports of the last twelve months that are worth a second look, with the reasons. */
export function ScreeningTab(props: { country: string; search: Search; onChange: (changes: Search) => void }) {
  const { t, format } = useText();
  const { country, search, onChange } = props;
  const page = Math.max(1, Number.parseInt(search.page ?? "1", 10) || 1);
  const rule = screeningRules.find((each) => each === search.rule);
  const { organisation } = search;
  const query = {
    country,
    ...(rule ? { rule } : {}),
    ...(organisation ? { organisation } : {}),
    limit: pageSize,
    offset: (page - 1) * pageSize,
  };
  const list = useQuery({
    queryKey: ["land-screening", query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => reports.screening({ query: query as never }, { signal }),
  });
  const found = list.data;
  return (
    <div className={styles.tabContent}>
      <p className={surfaces.muted}>{t("land-reports.screening.lead")}</p>
      <search className={styles.filters}>
        <Select
          label={t("land-reports.screening.rule")}
          empty={t("land-reports.any")}
          value={rule ?? ""}
          onChange={(value) => onChange({ rule: value || undefined })}
          options={screeningRules.map((value) => ({ value, label: t(`land-reports.screening.rule.${value}`) }))}
        />
        <RecordPicker
          label={t("land-reports.field.organisation")}
          field={pickers.organisation}
          country={country}
          value={organisation ?? ""}
          onChange={(value) => onChange({ organisation: value || undefined })}
        />
      </search>
      <div className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-busy={list.isFetching}>
        {list.isPending && <Skeleton lines={6} />}
        {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
        {found && (
          <p className={surfaces.muted}>
            {t(found.items.length > 0 ? "land-reports.screening.note" : "land-reports.screening.looked", {
              count: found.looked,
              from: format.date(found.from),
              to: format.date(found.to),
            })}
          </p>
        )}
        {found && found.items.length === 0 && (
          <EmptyState icon="check" title={t("land-reports.screening.nothing")}>
            {t("land-reports.screening.nothing.hint")}
          </EmptyState>
        )}
        {found && found.items.length > 0 && <ScreeningReasons reasons={found.items} />}
        {found && found.total > pageSize && (
          <Pagination
            from={(page - 1) * pageSize + 1}
            to={(page - 1) * pageSize + found.items.length}
            total={found.total}
            onPrevious={page > 1 ? () => onChange({ page: String(page - 1) }) : undefined}
            onNext={page * pageSize < found.total ? () => onChange({ page: String(page + 1) }) : undefined}
          />
        )}
      </div>
    </div>
  );
}
