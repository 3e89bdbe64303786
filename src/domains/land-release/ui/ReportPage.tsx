import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { usePathParts } from "../../../platform/ui/address.ts";
import { Attachments } from "../../../platform/ui/attachments/Attachments.tsx";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { ChangedFields } from "./ChangedFields.tsx";
import { documentUrl, nameOf, reportPath, reports } from "./client.ts";
import { DifferenceView } from "./DifferenceView.tsx";
import { FindingsList } from "./FindingsList.tsx";
import { Panel } from "./Panel.tsx";
import { ReportActions } from "./ReportActions.tsx";
import { ReportFacts } from "./ReportFacts.tsx";
import { ScreeningPanel } from "./ScreeningPanel.tsx";
import { Thread } from "./Thread.tsx";
import { stateTones } from "./tones.ts";
import { useReport } from "./use-report.ts";
import { useReporter } from "./use-reporter.ts";

const withPaper: readonly string[] = ["completion", "handover"];

/** One field report: its words, what approving it changes, its thread, and the steps that the reader may take. */
export function ReportPage() {
  const text = useText();
  const { t } = text;
  const { country = "", id = "" } = usePathParts();
  const reporter = useReporter(country);
  const answer = useReport(country, id);
  const report = answer.data?.report;
  const revision = report?.revision;
  const open = report !== undefined && !["approved", "withdrawn"].includes(report.state);
  const difference = useQuery({
    queryKey: ["land-difference", country, id, revision],
    enabled: report !== undefined && report.state !== "withdrawn",
    queryFn: ({ signal }) => reports.difference({ params: { country, id } }, { signal }),
  });
  const crumbs = [{ label: t("land-reports.title"), to: "/land/reports" }];
  if (!answer.data || !report)
    return (
      <>
        <PageHeader title={t("record.land.report")} crumbs={crumbs} />
        {answer.isError ? (
          <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </>
    );
  const { references } = answer.data;
  const link = (other: string | null, key: string) =>
    other && (
      <AppLink to={reportPath({ country, id: other })}>
        {t(key, { code: nameOf(text, references, other) || other.slice(0, 8) })}
      </AppLink>
    );
  const findings = open ? (difference.data?.findings ?? []) : [];
  const correctable = report.state === "approved" && report.correctedBy === null && reporter.may("land.report-enter");
  return (
    <>
      <PageHeader
        title={report.code}
        crumbs={[...crumbs, { label: report.code }]}
        lead={
          <span className={surfaces.row}>
            <span>{text.code("report-type", report.type)}</span>
            <StatusTag {...stateTones[report.state]}>{text.code("report-state", report.state)}</StatusTag>
            {report.sample && <StatusTag tone="neutral">{t("ui.sample")}</StatusTag>}
            {report.area && (
              <AppLink to={`/land/areas/${country}/${report.area}`}>
                {nameOf(text, references, report.area) || t("field.area")}
              </AppLink>
            )}
            {link(report.corrects, "land-reports.corrects")}
            {link(report.correctedBy, "land-reports.corrected-by")}
          </span>
        }
        actions={
          <>
            {withPaper.includes(report.type) && (
              <a className={buttonClass()} href={documentUrl(report, text.language)}>
                {t("land-reports.document")}
              </a>
            )}
            {correctable && (
              <AppLink
                to="/land/reports/new"
                search={{ country, type: report.type, corrects: report.id }}
                className={buttonClass()}
              >
                {t("land-reports.put-right")}
              </AppLink>
            )}
            <ReportActions answer={answer.data} difference={difference.data} />
          </>
        }
      />
      <div className={surfaces.split}>
        <div className={surfaces.stack}>
          {findings.length > 0 && (
            <Panel id="findings" title={t("land-reports.findings")}>
              <FindingsList findings={findings} />
            </Panel>
          )}
          {report.state !== "withdrawn" && (
            <Panel id="difference" title={t(open ? "land-reports.difference" : "land-reports.difference.made")}>
              {difference.isError && (
                <ErrorState problem={difference.error} onRetry={() => void difference.refetch()} />
              )}
              {difference.isPending && <Skeleton lines={6} />}
              {difference.data && <DifferenceView difference={difference.data} country={country} />}
            </Panel>
          )}
          {report.corrects && <ChangedFields answer={answer.data} corrects={report.corrects} />}
          <Panel id="words" title={t("land-reports.words")}>
            <ReportFacts answer={answer.data} />
          </Panel>
        </div>
        <div className={surfaces.stack}>
          {open && report.state !== "draft" && reporter.may("land.report-verify") && (
            <ScreeningPanel country={country} id={id} revision={report.revision} />
          )}
          <Panel id="thread" title={t("land-reports.thread")}>
            <Thread answer={answer.data} mayComment={reporter.may("land.report-enter")} />
          </Panel>
          <div className={`${surfaces.card} ${surfaces.pad}`}>
            <Attachments owner={{ type: "land.report", country, owner: id }} />
          </div>
        </div>
      </div>
    </>
  );
}
