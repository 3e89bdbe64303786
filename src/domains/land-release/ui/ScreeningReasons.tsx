import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { ScreeningReason } from "../contract-surroundings.ts";
import { reportPath } from "./client.ts";
import styles from "./reports.module.css";

/** How many reports of a reason are named; the others are counted. */
const named = 6;

/**
 * Why reports are worth a second look, each reason with the reports that it is about. These are questions to somebody who
 * knows the ground, and nothing more.
 * @param props.own the report on whose page they stand; it is not named again
 */
export function ScreeningReasons(props: { reasons: readonly ScreeningReason[]; own?: string }) {
  const { t, code } = useText();
  return (
    <ul className={styles.reasons}>
      {props.reasons.map(({ rule, numbers, reports, count }) => {
        const others = reports.filter(({ id }) => id !== props.own);
        const more = count - (reports.length - others.length) - Math.min(others.length, named);
        return (
          <li key={`${rule} ${reports.map(({ id }) => id).join()} ${JSON.stringify(numbers)}`}>
            <span>{t(`quality.screening.${rule}`, numbers)}</span>
            {others.length > 0 && (
              <span className={`${surfaces.row} ${surfaces.small}`}>
                {others.slice(0, named).map((report) => (
                  <AppLink key={report.id} to={reportPath(report)} title={code("report-type", report.type)}>
                    {report.code}
                  </AppLink>
                ))}
                {more > 0 && (
                  <span className={surfaces.muted}>{t("land-reports.screening.more", { count: more })}</span>
                )}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
