import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { LackOutput } from "../contract-work.ts";
import type { OfStudy } from "./client.ts";
import styles from "./studies.module.css";

/** What the study lacks: errors keep it from being published, the rest is worth a look. */
export function LacksCard({ lacks }: { study: OfStudy; lacks: readonly LackOutput[] }) {
  const { t, format } = useText();
  const errors = lacks.filter(({ severity }) => severity === "error").length;
  const said = (params: LackOutput["params"]) =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, name === "date" ? format.date(String(value)) : value]),
    ) as Record<string, string | number>;
  return (
    <section className={surfaces.card} aria-labelledby="study-lacks">
      <details open={errors > 0}>
        <summary className={styles.lackHead}>
          <h2 id="study-lacks">{t("studies.lacks", { count: lacks.length })}</h2>
        </summary>
        <ul className={`${styles.lacks} ${surfaces.pad}`}>
          {lacks.map((lack) => (
            <li key={`${lack.check} ${lack.item ?? ""}`}>
              <StatusTag tone={lack.severity === "error" ? "bad" : "warn"}>
                {t(`studies.severity.${lack.severity}`)}
              </StatusTag>
              <span>{t(`check.${lack.check}`, said(lack.params))}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
