import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { analysisPath } from "../../access-to-care/ui/index.ts";
import { evidence } from "../contract.ts";
import type { Sheet } from "../contract-work.ts";
import { breakdowns } from "../model.ts";
import { type Item, nameOf, type OfStudy } from "./client.ts";
import { ItemActions } from "./ItemActions.tsx";
import type { Opened } from "./StudyDialog.tsx";
import styles from "./studies.module.css";

/** What findings rest on: figures, themes and sources. */
export function EvidenceTab(props: { study: OfStudy; sheet: Sheet; onOpen: (opened: Opened) => void }) {
  const text = useText();
  const { t, format } = text;
  const { sheet } = props;
  const writes = sheet.allowed.includes("write");
  const items = sheet.evidence as unknown as Item[];
  if (items.length === 0)
    return (
      <EmptyState icon="search" title={t("studies.evidence.none")}>
        {t("studies.evidence.none.hint")}
      </EmptyState>
    );
  const people = (item: Item, names: readonly string[]) =>
    names
      .filter((name) => typeof item[name] === "number" && item[name] !== 0)
      .map((name) =>
        t("studies.part", { label: text.field(evidence.name, name), count: format.number(Number(item[name])) }),
      );
  return (
    <ul className={styles.list}>
      {items.map((item) => {
        const parts = Object.values(breakdowns)
          .map((names) => people(item, names))
          .filter((words) => words.length > 0);
        const days = [item.fromOn, item.toOn].filter((day) => typeof day === "string").map((day) => format.date(day));
        const counts = people(item, ["participants", "sessions", "sites", "screenedPositive"]);
        return (
          <li key={item.id} id={item.id} className={styles.item}>
            <div className={`${surfaces.row} ${surfaces.spread}`}>
              <span className={surfaces.row}>
                <span className={surfaces.mono}>{String(item.code)}</span>
                <StatusTag tone="info">{text.code("evidence-kind", String(item.kind))}</StatusTag>
              </span>
              {writes && <ItemActions study={props.study} kind="evidence" item={item} onOpen={props.onOpen} />}
            </div>
            <strong>{String(item.title)}</strong>
            {(days.length > 0 || counts.length > 0) && (
              <span className={surfaces.muted}>{[days.join(" – "), ...counts].filter(Boolean).join(" · ")}</span>
            )}
            {parts.map((words) => (
              <span key={words[0]} className={`${surfaces.muted} ${surfaces.small}`}>
                {words.join(" · ")}
              </span>
            ))}
            {typeof item.places === "string" && <span className={surfaces.small}>{item.places}</span>}
            {typeof item.instrument === "string" && <span className={surfaces.small}>{item.instrument}</span>}
            {typeof item.summary === "string" && <p className={styles.words}>{item.summary}</p>}
            {Array.isArray(item.themes) && item.themes.length > 0 && (
              <span className={surfaces.row}>
                {(item.themes as string[]).map((theme) => (
                  <StatusTag key={theme} tone="neutral">
                    {text.code("study-theme", theme)}
                  </StatusTag>
                ))}
              </span>
            )}
            {nameOf(text, sheet.references, item.analysis) !== "" && (
              <AppLink to={analysisPath({ country: item.country, id: String(item.analysis) })}>
                {nameOf(text, sheet.references, item.analysis)}
              </AppLink>
            )}
            {typeof item.citation === "string" && <cite className={surfaces.small}>{item.citation}</cite>}
            {typeof item.url === "string" && (
              <a className={surfaces.small} href={item.url} rel="noreferrer">
                {item.url}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
