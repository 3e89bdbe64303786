import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { Sheet } from "../contract-work.ts";
import { type Item, itemOf, nameOf, type OfStudy } from "./client.ts";
import { ItemActions } from "./ItemActions.tsx";
import type { Opened } from "./StudyDialog.tsx";
import styles from "./studies.module.css";

/** Codes of records with what they are called, to be read after "Rests on" or "Follows from". */
export function CodeList(props: {
  label: string;
  none: string;
  ids: readonly string[];
  items: readonly Item[];
  words: string;
}) {
  const known = props.ids.flatMap((id) => props.items.find((item) => item.id === id) ?? []);
  if (known.length === 0)
    return (
      <StatusTag tone="bad" pattern="hollow">
        {props.none}
      </StatusTag>
    );
  return (
    <div className={surfaces.small}>
      <span className={surfaces.muted}>{props.label}</span>
      <ul className={styles.codes}>
        {known.map((item) => (
          <li key={item.id}>
            <span className={surfaces.mono}>{String(item.code)}</span> {String(item[props.words] ?? "")}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What the study found, each finding with what it rests on; one that rests on nothing says so. */
export function FindingsTab(props: { study: OfStudy; sheet: Sheet; onOpen: (opened: Opened) => void }) {
  const text = useText();
  const { t } = text;
  const { sheet } = props;
  const writes = sheet.allowed.includes("write");
  if (sheet.findings.length === 0)
    return (
      <EmptyState icon="search" title={t("studies.findings.none")}>
        {t("studies.findings.none.hint")}
      </EmptyState>
    );
  return (
    <ul className={styles.list}>
      {sheet.findings.map(({ record, evidence }) => {
        const item = itemOf(record);
        const where = nameOf(text, sheet.references, item.unit);
        return (
          <li key={item.id} id={item.id} className={styles.item}>
            <div className={`${surfaces.row} ${surfaces.spread}`}>
              <span className={surfaces.row}>
                <span className={surfaces.mono}>{String(item.code)}</span>
                <StatusTag tone="neutral">{text.code("study-theme", String(item.theme))}</StatusTag>
              </span>
              {writes && <ItemActions study={props.study} kind="finding" item={item} onOpen={props.onOpen} />}
            </div>
            <p className={styles.words}>{String(item.statement)}</p>
            {(where !== "" || typeof item.population === "string") && (
              <span className={surfaces.muted}>
                {[where, typeof item.population === "string" ? text.code("study-population", item.population) : ""]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            )}
            <CodeList
              label={t("studies.rests-on")}
              none={t("studies.unsupported")}
              ids={evidence}
              items={sheet.evidence as unknown as Item[]}
              words="title"
            />
          </li>
        );
      })}
    </ul>
  );
}
