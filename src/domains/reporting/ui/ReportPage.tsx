import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { routes } from "../contract.ts";
import { reporting } from "./client.ts";
import { EditionList } from "./EditionList.tsx";
import { EntryDialog } from "./EntryDialog.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import { ReportFilters } from "./ReportFilters.tsx";
import { ReportView, type WrittenBlock } from "./ReportView.tsx";
import { ScheduleList } from "./ScheduleList.tsx";
import { useReportAddress } from "./use-report.ts";

const formats = ["pdf", "xlsx", "csv", "json"] as const;

/** Any report over live figures: every number leads to its records; downloads, publishing, and what was published. */
export function ReportPage() {
  const { t, language } = useText();
  const [search] = useAddress();
  const { countries, home } = useRecords();
  const of = search.country && countries.has(search.country) ? search.country : home;
  const [writing, setWriting] = useState<WrittenBlock | null>(null);
  const [publishing, setPublishing] = useState(false);
  const [scheduling, setScheduling] = useState(false);
  const offered = useQuery({
    queryKey: ["reports-offered", of],
    queryFn: ({ signal }) => reporting.definitions({ query: of ? { country: of } : {} }, { signal }),
  });
  const address = useReportAddress(offered.data?.items.map(({ definition }) => definition) ?? []);
  const { asked, definition } = address;
  const one = definition?.scope === "country";
  const made = useQuery({
    queryKey: ["report", asked],
    enabled: definition !== undefined && asked.country !== "",
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => reporting.run({ query: asked }, { signal }),
  });
  const editions = useQuery({
    queryKey: ["report-editions", asked.country, asked.definition],
    enabled: one,
    queryFn: ({ signal }) =>
      reporting.editions({ query: { country: asked.country, definition: asked.definition } }, { signal }),
  });
  const written = useQuery({
    queryKey: ["report-entries", asked.country, asked.definition, asked.to.slice(0, 4)],
    enabled: one,
    queryFn: ({ signal }) =>
      reporting.entries(
        { query: { country: asked.country, definition: asked.definition, year: asked.to.slice(0, 4) } },
        { signal },
      ),
  });
  const mayWrite = one && written.data?.allowed.includes("write");
  return (
    <>
      <PageHeader
        title={t("reporting.title")}
        lead={t("reporting.lead")}
        actions={
          definition && (
            <>
              {offered.data?.allowed.includes("write") && (
                <AppLink className={buttonClass()} to="/reports/new">
                  {t("reporting.builder.title")}
                </AppLink>
              )}
              {formats.map((format) => (
                <a
                  key={format}
                  className={buttonClass()}
                  href={routeUrl(routes.file, {}, { ...asked, format, language })}
                  download
                >
                  {t(`reporting.download.${format}`)}
                </a>
              ))}
              {offered.data?.allowed.includes("schedule") && (
                <Button onClick={() => setScheduling(true)}>{t("reporting.schedule")}</Button>
              )}
              {one && editions.data?.allowed.includes("publish") && (
                <Button tone="primary" onClick={() => setPublishing(true)}>
                  {t("reporting.publish")}
                </Button>
              )}
            </>
          )
        }
      />
      <div className={surfaces.stack}>
        {offered.isError && <ErrorState problem={offered.error} onRetry={() => void offered.refetch()} />}
        {offered.data && (
          <ReportFilters address={address} definitions={offered.data.items.map((each) => each.definition)} />
        )}
        {made.isError ? (
          <ErrorState problem={made.error} onRetry={() => void made.refetch()} />
        ) : made.data ? (
          <div aria-busy={made.isFetching}>
            <ReportView result={made.data.result} links onWrite={mayWrite ? setWriting : undefined} />
          </div>
        ) : (
          <Skeleton lines={10} />
        )}
        {definition && of && offered.data?.allowed.includes("schedule") && (
          <ScheduleList asked={asked} country={of} making={scheduling} onMade={() => setScheduling(false)} />
        )}
        {one && editions.data && <EditionList editions={editions.data.items} />}
      </div>
      {writing && (
        <EntryDialog
          block={writing}
          asked={asked}
          version={
            written.data?.items.find(
              ({ block, year }) => block === writing.block.id && year === Number(asked.to.slice(0, 4)),
            )?.version ?? 0
          }
          cover={definition?.cover ?? false}
          onClose={() => setWriting(null)}
        />
      )}
      {publishing && <PublishDialog asked={asked} onClose={() => setPublishing(false)} />}
    </>
  );
}
