import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { legendColours } from "../engine/colours.ts";
import styles from "./access.module.css";
import { legendMinutes } from "./legend.ts";

/** What the colours of the map mean. */
export function Legend({ minutes }: { minutes: number }) {
  const { t } = useText();
  const limits = legendMinutes(minutes);
  const colours = legendColours(limits.length);
  return (
    <ul className={styles.legend} aria-label={t("access-to-care.explorer.legend")}>
      {colours.map((colour, i) => (
        <li key={colour}>
          <svg className={styles.swatch} viewBox="0 0 20 12" preserveAspectRatio="none" aria-hidden="true">
            <rect width="20" height="12" fill={colour} />
          </svg>
          <span>
            {i < limits.length
              ? t("access-to-care.report.within", { minutes: Math.round(limits[i] as number) })
              : t("access-to-care.report.beyond", { minutes: Math.round(limits.at(-1) as number) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
