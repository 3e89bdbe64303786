import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { IconButton } from "../../../platform/ui/IconButton.tsx";
import { FieldValue } from "../../../platform/ui/records/FieldValue.tsx";
import {
  clientOf,
  type RecordItem,
  type RecordSection,
  recordPath,
  recordTitle,
} from "../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import styles from "./map-page.module.css";

/** What a chosen feature is: its main fields, and the way to its page. */
export function ChosenRecord(props: { section: RecordSection; country: string; id: string; onClose: () => void }) {
  const text = useText();
  const { section, country, id } = props;
  const { type } = section;
  const answer = useQuery({
    queryKey: ["record", type.name, country, id],
    queryFn: ({ signal }) => clientOf(section).get({ params: { country, id } }, { signal }),
  });
  const record = answer.data?.record as RecordItem | undefined;
  return (
    <section className={styles.chosen} aria-live="polite" aria-label={text.t("app.map.chosen")}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <h2>{record ? recordTitle(section, record, text) : text.t(`record.${type.name}`)}</h2>
        <IconButton small icon="close" label={text.t("ui.close")} onClick={props.onClose} />
      </div>
      {answer.isPending && <Skeleton lines={3} />}
      {answer.isError && <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />}
      {record && (
        <>
          <dl>
            {Object.entries(type.fields)
              .filter(([name, field]) => field.column && name !== type.titleField)
              .map(([name]) => (
                <div key={name} style={{ display: "contents" }}>
                  <dt>{text.field(type.name, name)}</dt>
                  <dd>
                    <FieldValue type={type} name={name} record={record} tones={section.tones?.[name]} />
                  </dd>
                </div>
              ))}
          </dl>
          <AppLink to={recordPath(section, record)} className={buttonClass("primary", true)}>
            {text.t("app.map.open-record")}
          </AppLink>
        </>
      )}
    </section>
  );
}
