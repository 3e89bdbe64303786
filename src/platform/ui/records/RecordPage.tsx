import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { GeometryValue } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { usePathParts } from "../address.ts";
import { Button } from "../Button.tsx";
import { ErrorState } from "../ErrorState.tsx";
import { PageHeader } from "../PageHeader.tsx";
import { Skeleton } from "../Skeleton.tsx";
import { StatusTag } from "../StatusTag.tsx";
import surfaces from "../surfaces.module.css";
import { FieldValue } from "./FieldValue.tsx";
import { History } from "./History.tsx";
import styles from "./record-page.module.css";
import { useCountryName } from "./records-context.ts";
import { clientOf, fieldGroups, type RecordItem, type RecordSection, recordTitle } from "./section.ts";

const CorrectDialog = lazy(() => import("./CorrectDialog.tsx").then((m) => ({ default: m.CorrectDialog })));
const RecordMap = lazy(() => import("./RecordMap.tsx").then((m) => ({ default: m.RecordMap })));

/** Program-kept fields that say nothing to a reader of the page. */
const unshown = new Set(["id", "sample", "importId", "datumOperation", "coordinateFormat"]);

/** One record: its fields in groups, where it is, what may be done with it and everything that happened to it. */
export function RecordPage({ section }: { section: RecordSection }) {
  const text = useText();
  const { t } = text;
  const { type } = section;
  const { country = "", id = "" } = usePathParts();
  const countryName = useCountryName();
  const [correcting, setCorrecting] = useState(false);
  const answer = useQuery({
    queryKey: ["record", type.name, country, id],
    queryFn: ({ signal }) => clientOf(section).get({ params: { country, id } }, { signal }),
  });
  const crumbs = [
    { label: t(`records.${type.name}`), to: section.path },
    { label: countryName(country), to: section.path, search: { country } },
  ];
  if (answer.isPending || answer.isError) {
    return (
      <>
        <PageHeader title={t(`record.${type.name}`)} crumbs={crumbs} />
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          {answer.isPending ? (
            <Skeleton lines={10} />
          ) : (
            <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />
          )}
        </div>
      </>
    );
  }
  const record = answer.data.record as RecordItem;
  const title = recordTitle(section, record, text);
  const code = record[type.titleField];
  const geometry = type.geometryField ? (record[type.geometryField] as GeometryValue | null | undefined) : undefined;
  const allowed = answer.data.allowed;
  const toned = Object.keys(section.tones ?? {}).filter((name) => record[name]);
  const groups = fieldGroups(type).map((group) => ({
    ...group,
    fields: group.fields.filter((name) => !unshown.has(name)),
  }));

  return (
    <>
      <PageHeader
        title={title}
        crumbs={[...crumbs, { label: typeof code === "string" ? code : title }]}
        lead={
          <span className={surfaces.row}>
            <span>{t(`record.${type.name}`)}</span>
            {toned.map((name) => (
              <FieldValue key={name} type={type} name={name} record={record} tones={section.tones?.[name]} />
            ))}
            {record.sample === true && <StatusTag tone="neutral">{t("ui.sample")}</StatusTag>}
          </span>
        }
        actions={
          allowed.includes("correct") && (
            <Button icon="edit" onClick={() => setCorrecting(true)}>
              {t("ui.correct")}
            </Button>
          )
        }
      />
      <div className={surfaces.split}>
        <div className={surfaces.stack}>
          {groups.map((group) => (
            <section key={group.id} className={surfaces.card} aria-labelledby={`group-${group.id}`}>
              <div className={surfaces.panelHead}>
                <h2 id={`group-${group.id}`}>{t(`ui.group.${group.id}`)}</h2>
              </div>
              <dl className={`${surfaces.fields} ${surfaces.pad}`}>
                {group.fields.map((name) => (
                  <div key={name}>
                    <dt>{text.field(type.name, name)}</dt>
                    <dd>
                      <FieldValue type={type} name={name} record={record} tones={section.tones?.[name]} link />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <div className={surfaces.stack}>
          {geometry && section.mapLayer && (
            <section className={surfaces.card} aria-label={t("ui.record.map")}>
              <Suspense
                fallback={
                  <div className={surfaces.pad}>
                    <Skeleton lines={5} />
                  </div>
                }
              >
                <RecordMap geometry={geometry} section={section} record={record} />
              </Suspense>
            </section>
          )}
          <section className={surfaces.card} aria-labelledby="history">
            <div className={surfaces.panelHead}>
              <h2 id="history">{t("ui.history")}</h2>
            </div>
            <div className={surfaces.pad}>
              <History section={section} record={record} />
            </div>
          </section>
        </div>
      </div>
      {section.Panels && (
        <div className={styles.panels}>
          <Suspense fallback={<Skeleton lines={6} />}>
            <section.Panels key={id} record={record} />
          </Suspense>
        </div>
      )}
      {correcting && (
        <Suspense fallback={null}>
          <CorrectDialog section={section} record={record} onClose={() => setCorrecting(false)} />
        </Suspense>
      )}
    </>
  );
}
