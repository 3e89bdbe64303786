import { useQuery } from "@tanstack/react-query";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Diff } from "../Diff.tsx";
import { EmptyState } from "../EmptyState.tsx";
import { ErrorState } from "../ErrorState.tsx";
import { Skeleton } from "../Skeleton.tsx";
import surfaces from "../surfaces.module.css";
import { Timeline } from "../Timeline.tsx";
import { FieldValue } from "./FieldValue.tsx";
import { clientOf, type RecordItem, type RecordSection } from "./section.ts";

/** Everything that happened to a record, newest first: who, when, why, and each value before and after. */
export function History({ section, record }: { section: RecordSection; record: RecordItem }) {
  const text = useText();
  const { t, format } = text;
  const { type } = section;
  const history = useQuery({
    queryKey: ["history", type.name, record.country, record.id],
    queryFn: ({ signal }) =>
      clientOf(section).history({ params: { country: record.country, id: record.id } }, { signal }),
  });
  if (history.isPending) return <Skeleton lines={4} />;
  if (history.isError) return <ErrorState problem={history.error} onRetry={() => void history.refetch()} />;
  const revisions = history.data.revisions.toSorted((a, b) => b.revision - a.revision);
  if (revisions.length === 0) return <EmptyState icon="history" title={t("ui.history.none")} />;
  const shown = (name: string, value: unknown) =>
    value === null || value === undefined ? null : (
      <FieldValue type={type} name={name} record={{ ...record, withheld: [], [name]: value }} />
    );
  return (
    <Timeline
      items={revisions.map((revision) => ({
        id: revision.revision,
        content: (
          <>
            <div className={surfaces.row}>
              <strong>{t(`ui.history.action.${revision.action}`)}</strong>
              <time dateTime={revision.recordedAt} className={`${surfaces.muted} ${surfaces.small}`}>
                {format.dateTime(revision.recordedAt)}
              </time>
            </div>
            <p className={`${surfaces.small} ${surfaces.muted}`}>
              {revision.author
                ? t("ui.history.by", { author: revision.author, revision: revision.revision })
                : t("ui.history.revision", { revision: revision.revision })}
            </p>
            {revision.reason && <p>{revision.reason}</p>}
            {revision.changes.length > 0 && revision.action !== "created" && (
              <Diff
                changes={revision.changes
                  .filter((change) => type.fields[change.field])
                  .map((change) => ({
                    field: change.field,
                    label: text.field(type.name, change.field),
                    before: shown(change.field, change.before),
                    after: shown(change.field, change.after),
                  }))}
              />
            )}
          </>
        ),
      }))}
    />
  );
}
