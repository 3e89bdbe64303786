import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { statisticsRoutes } from "../contract-statistics.ts";
import { type Dimension, dimensions } from "../model-statistics.ts";
import { figures } from "./client.ts";
import { FiguresView } from "./FiguresView.tsx";
import { useYears, YearsPage } from "./YearsPage.tsx";

/** What years can be set against; the year itself and the country are not among them. */
const cuts = dimensions.filter((name) => name !== "year" && name !== "country");

/** Figures of casualties by year and one other property: charts, the table behind them, and both as a file. */
export function StatisticsPage() {
  const { t } = useText();
  const years = useYears();
  const { search, change } = years;
  const { country } = years.query;
  const by = cuts.find((name) => name === search.by) ?? ("outcome" satisfies Dimension);
  const knownOn = search.knownOn;
  const query = { by: `year,${by}`, ...years.query, ...(knownOn ? { knownOn } : {}) };
  const answer = useQuery({
    queryKey: ["accident-statistics", query],
    queryFn: ({ signal }) => figures.statistics({ query }, { signal }),
    placeholderData: keepPreviousData,
    enabled: country !== "",
  });
  const some = answer.data?.rows.some(({ casualties }) => casualties !== 0);
  return (
    <YearsPage
      name="accidents.statistics"
      under={{ label: t("records.accidents.accident"), to: "/accidents" }}
      years={years}
      file={some ? (format) => routeUrl(statisticsRoutes.statisticsFile, {}, { ...query, format }) : null}
      choices={
        <>
          <Select
            label={t("accidents.statistics.by")}
            value={by}
            onChange={(value) => change({ by: value })}
            options={cuts.map((value) => ({ value, label: t(`accidents.by.${value}`) }))}
          />
          <DateField
            label={t("accidents.statistics.known-on")}
            hint={t("accidents.statistics.known-on.hint")}
            value={knownOn ? { date: knownOn, precision: "day" } : null}
            onChange={(value) => change({ knownOn: value?.date })}
          />
        </>
      }
    >
      {answer.isError ? (
        <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.isPending ? (
        <Skeleton lines={10} />
      ) : some ? (
        <FiguresView answer={answer.data} by={by} country={country} />
      ) : (
        <EmptyState title={t("accidents.statistics.none")} />
      )}
    </YearsPage>
  );
}
