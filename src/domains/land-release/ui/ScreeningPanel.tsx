import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { reports } from "./client.ts";
import { Panel } from "./Panel.tsx";
import { ScreeningReasons } from "./ScreeningReasons.tsx";

/** Beside a report, for those who judge it: reasons to ask before deciding. */
export function ScreeningPanel(props: { country: string; id: string; revision: number }) {
  const { t, format } = useText();
  const { country, id, revision } = props;
  const screening = useQuery({
    queryKey: ["land-screening", country, id, revision],
    queryFn: ({ signal }) => reports.reportScreening({ params: { country, id } }, { signal }),
  });
  const found = screening.data;
  return (
    <Panel id="screening" title={t("land-reports.screening")}>
      {screening.isPending && <Skeleton lines={2} />}
      {screening.isError && <ErrorState problem={screening.error} onRetry={() => void screening.refetch()} />}
      {found && (
        <>
          {found.items.length === 0 ? (
            <p>{t("land-reports.screening.none")}</p>
          ) : (
            <ScreeningReasons reasons={found.items} own={id} />
          )}
          <p className={`${surfaces.muted} ${surfaces.small}`}>
            {t(found.items.length > 0 ? "land-reports.screening.note" : "land-reports.screening.looked", {
              count: found.looked,
              from: format.date(found.from),
              to: format.date(found.to),
            })}
          </p>
        </>
      )}
    </Panel>
  );
}
