import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../../platform/ui/AppLink.tsx";
import { AttachmentList } from "../../../../platform/ui/attachments/AttachmentList.tsx";
import { attachments } from "../../../../platform/ui/attachments/client.ts";
import { ErrorState } from "../../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { documentUrl, reportPath } from "../client.ts";
import styles from "./area-panels.module.css";
import { type AreaKey, useAreaReports } from "./use-area.ts";

/** Kinds of report that the server makes a paper of. */
const withPaper: readonly string[] = ["completion", "handover"];

/** The papers of the area's completion and handover, and the files of its newest reports. */
export function DocumentsPanel(area: AreaKey) {
  const text = useText();
  const { t, format } = text;
  const queries = useQueryClient();
  const list = useAreaReports(area);
  const items = list.data?.items ?? [];
  const files = useQueries({
    queries: items.map(({ country, id }) => ({
      queryKey: ["attachments", "land.report", country, id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        attachments.list({ params: { type: "land.report", country, owner: id } }, { signal }),
    })),
  });
  const papers = items.filter(({ type, state }) => withPaper.includes(type) && state === "approved");
  const withFiles = items.flatMap((report, at) => {
    const found = files[at]?.data?.items ?? [];
    return found.length > 0 ? [{ report, found }] : [];
  });
  const waiting = list.isPending || files.some(({ isPending }) => isPending);
  const failed = list.isError ? list : files.find(({ isError }) => isError);
  return (
    <div className={`${surfaces.pad} ${surfaces.stack}`}>
      {papers.length > 0 && (
        <ul className={styles.list}>
          {papers.map((report) => (
            <li key={report.id}>
              <a href={documentUrl(report, text.language)}>
                {t("area-panels.documents.paper", {
                  type: text.code("report-type", report.type),
                  code: report.code,
                  date: report.effectiveOn ? format.date(report.effectiveOn) : t("ui.not-recorded"),
                })}
              </a>
            </li>
          ))}
        </ul>
      )}
      {withFiles.map(({ report, found }) => (
        <div key={report.id} className={styles.report}>
          <h3>
            <AppLink to={reportPath(report)}>{report.code}</AppLink>
          </h3>
          <AttachmentList
            items={found}
            onChanged={() =>
              void queries.invalidateQueries({ queryKey: ["attachments", "land.report", report.country, report.id] })
            }
          />
        </div>
      ))}
      {waiting && <Skeleton lines={3} />}
      {failed && <ErrorState problem={failed.error} onRetry={() => void failed.refetch()} />}
      {!waiting && !failed && papers.length === 0 && withFiles.length === 0 && (
        <p className={surfaces.muted}>{t("area-panels.documents.none")}</p>
      )}
    </div>
  );
}
