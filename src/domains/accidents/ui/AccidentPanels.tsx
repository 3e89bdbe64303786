import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Timeline } from "../../../platform/ui/Timeline.tsx";
import { CasualtyList } from "./CasualtyList.tsx";
import { reports } from "./client.ts";
import { Steps } from "./Steps.tsx";
import { stateTones } from "./tones.ts";

/** What stands on an accident's page beside its fields: its casualties, what is doubtful, and how far the report has come. */
export function AccidentPanels({ record }: { record: RecordItem }) {
  const text = useText();
  const { t, format } = text;
  const { country, id, revision } = record;
  const answer = useQuery({
    queryKey: ["accident-report", country, id, revision],
    queryFn: ({ signal }) => reports.report({ params: { country, id } }, { signal }),
  });
  if (answer.isPending) return <Skeleton lines={6} />;
  if (answer.isError) return <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />;
  const report = answer.data;
  return (
    <>
      <section className={surfaces.card} aria-labelledby="casualties">
        <div className={surfaces.panelHead}>
          <h2 id="casualties">{t("records.accidents.casualty")}</h2>
        </div>
        <div className={surfaces.pad}>
          <CasualtyList accident={record} report={report} />
        </div>
      </section>
      <section className={surfaces.card} aria-labelledby="report">
        <div className={surfaces.panelHead}>
          <h2 id="report">{t("field.accidents.accident.state")}</h2>
          <StatusTag {...(stateTones[report.state] ?? { tone: "neutral" })}>
            {text.code("accident-state", report.state)}
          </StatusTag>
        </div>
        <div className={`${surfaces.pad} ${surfaces.stack}`}>
          {report.findings.length > 0 && (
            <ul>
              {report.findings.map((finding) => {
                const of = report.casualties.find((each) => each.id === finding.casualty);
                return (
                  <li key={`${finding.check} ${finding.field} ${finding.casualty}`}>
                    {of && <strong>{String(of.code ?? "")} </strong>}
                    {finding.field && text.field(of ? "accidents.casualty" : "accidents.accident", finding.field)}
                    {": "}
                    {t(`check.${finding.check}`, finding.params)}
                  </li>
                );
              })}
            </ul>
          )}
          <Steps accident={record} report={report} />
          <Timeline
            items={report.thread.toReversed().map((step) => ({
              id: step.position,
              content: (
                <>
                  <strong>{t(`accidents.step.${step.step}`)}</strong>{" "}
                  <span className={`${surfaces.muted} ${surfaces.small}`}>
                    {step.author ?? t("accidents.by-program")} ·{" "}
                    <time dateTime={step.at}>{format.dateTime(step.at)}</time>
                  </span>
                  {step.comment && <p>{step.comment}</p>}
                </>
              ),
            }))}
          />
        </div>
      </section>
    </>
  );
}
