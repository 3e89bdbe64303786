import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../../platform/ui/AppLink.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import type { HistoryOutput } from "../../contract-history.ts";
import { figuresOn, type ReplayFigures } from "../../model-replay.ts";
import styles from "./history.module.css";
import { countsOn } from "./replay.ts";

const nothing: Omit<ReplayFigures, "on"> = {
  ...{ suspected: 0, confirmed: 0, cancelled: 0, reducedWithAsset: 0, reducedWithoutAsset: 0, cleared: 0 },
};

/** Land that was cancelled, reduced or cleared until a day, whole square metres. */
function releasedUntil(figures: Omit<ReplayFigures, "on">): number {
  return figures.cancelled + figures.reducedWithAsset + figures.reducedWithoutAsset + figures.cleared;
}

/** The figures of the ledger at the end of a day; each opens the ledger as at that day. */
export function DayFigures({ history, day, quiet }: { history: HistoryOutput; day: string; quiet: boolean }) {
  const text = useText();
  const { t, format } = text;
  const figures = figuresOn(history.figures, day) ?? nothing;
  const counts = countsOn(history, day);
  const ledger = (figure: string) => ({ country: history.country, by: "none", to: day, figure, key: "none" });
  const entries = [
    { id: "sha", area: figures.suspected, count: counts.sha, search: ledger("closingSuspected") },
    { id: "cha", area: figures.confirmed, count: counts.cha, search: ledger("closingConfirmed") },
    {
      id: "released",
      area: releasedUntil(figures),
      count: counts.closed,
      search: { country: history.country, by: "year", to: day, view: "statement" },
    },
  ];
  return (
    <section aria-labelledby="day-figures" aria-live={quiet ? "off" : "polite"}>
      <h2 id="day-figures" className={styles.dayTitle}>
        {t("land-history.as-at", { date: format.date(day) })}
      </h2>
      <div className={styles.figures}>
        {entries.map(({ id, area, count, search }) => (
          <AppLink key={id} to="/land/ledger" search={search} className={surfaces.figure}>
            <strong>{text.area(area)}</strong>
            <span className={surfaces.figureLabel}>{t(`land-history.figure.${id}`)}</span>
            <span className={`${surfaces.small} ${surfaces.muted}`}>{t(`land-history.count.${id}`, { count })}</span>
          </AppLink>
        ))}
      </div>
      {counts.notInLedger > 0 && (
        <p className={`${surfaces.small} ${surfaces.muted}`}>
          {t("land-history.not-in-ledger", { count: counts.notInLedger })}
        </p>
      )}
    </section>
  );
}

/** The replay in words and numbers: one row a year, and the way to the map of its end. */
export function YearsTable(props: { history: HistoryOutput; stops: readonly string[]; onDay: (day: string) => void }) {
  const { t, format } = useText();
  const { history, stops } = props;
  const km2 = (squareMetres: number) => format.fixed(squareMetres / 1_000_000, 3);
  return (
    <details className={styles.years}>
      <summary>{t("land-history.table")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard. */}
      <section tabIndex={0} aria-label={t("land-history.table")}>
        <table>
          <caption className="visually-hidden">{t("land-history.table")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("land-history.table.end")}</th>
              {["sha", "cha", "released"].map((id) => (
                <th key={id} scope="col">
                  {t(`land-history.table.${id}`)}
                </th>
              ))}
              <th scope="col">{t("land-history.table.areas")}</th>
            </tr>
          </thead>
          <tbody>
            {stops.map((stop) => {
              const figures = figuresOn(history.figures, stop) ?? nothing;
              const counts = countsOn(history, stop);
              return (
                <tr key={stop}>
                  <th scope="row">
                    <Button tone="link" onClick={() => props.onDay(stop)}>
                      {format.date(stop)}
                    </Button>
                  </th>
                  <td>{km2(figures.suspected)}</td>
                  <td>{km2(figures.confirmed)}</td>
                  <td>{km2(releasedUntil(figures))}</td>
                  <td>{format.number(counts.sha + counts.cha, 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </details>
  );
}
