import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { reporting } from "./client.ts";
import { ReportView } from "./ReportView.tsx";

const definition = "donor-results";

/** What a project came to in its days, until today: the donors' report narrowed to it, each number open to its records. */
export function ProjectPanel({ record }: { record: RecordItem }) {
  const { t, format } = useText();
  const today = new Date().toISOString().slice(0, 10);
  const from = String(record.startedOn);
  const ended = typeof record.endedOn === "string" && record.endedOn < today ? record.endedOn : today;
  // A project that has yet to begin has no days to count.
  const to = ended < from ? from : ended;
  const asked = { definition, country: record.country, from, to, in: "km2" as const };
  const made = useQuery({
    queryKey: ["report", "project", record.id, asked],
    queryFn: ({ signal }) => reporting.run({ query: { ...asked, project: record.id } }, { signal }),
  });
  return (
    <section className={surfaces.stack} aria-labelledby="project-results">
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <h2 id="project-results">{t("reporting.project-panel.title")}</h2>
        <AppLink to="/reports" search={asked} className={buttonClass()}>
          {t("reporting.project-panel.whole")}
        </AppLink>
      </div>
      <p className={surfaces.muted}>
        {t("reporting.project-panel.lead", { from: format.date(from), to: format.date(to) })}
      </p>
      {made.isError ? (
        <ErrorState problem={made.error} onRetry={() => void made.refetch()} />
      ) : made.data ? (
        <ReportView result={made.data.result} links />
      ) : (
        <Skeleton lines={8} />
      )}
    </section>
  );
}
