import { type Text, useText } from "../../../platform/i18n/I18nProvider.tsx";
import type { Search } from "../../../platform/ui/address.ts";
import { type Bar, BarChart } from "../../../platform/ui/BarChart.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { StatisticsOutput, StatisticsRow } from "../contract-statistics.ts";
import { compareKeys, type Dimension, unknownKey } from "../model-statistics.ts";
import styles from "./statistics.module.css";

/** Where the values of a dimension have their words. */
const lists: Partial<Record<Dimension, string>> = {
  outcome: "casualty-outcome",
  status: "casualty-status",
  sex: "sex",
  ageGroup: "casualty-age-group",
  device: "ordnance-category",
  activity: "accident-activity",
};

function nameOf(text: Text, by: Dimension, key: string, references: StatisticsOutput["references"]): string {
  const known = references[key];
  if (known) return text.name(known.names) || known.code;
  if (key === unknownKey) return text.t("accidents.unknown");
  const list = lists[by];
  if (list) return text.code(list, key);
  if (by === "ageBand" && /\d/.test(key)) return key.endsWith("-") ? `${key.slice(0, -1)}+` : key.replace("-", "–");
  return text.has(`accidents.${by}.${key}`) ? text.t(`accidents.${by}.${key}`) : key;
}

/** The records that a bar counts, where a list can show them. */
function placeOf(by: Dimension, key: string, country: string): { to: string; search: Search } {
  if (by === "year" && key !== unknownKey)
    return {
      to: "/accidents",
      search: { country, "filter.occurredOn.from": `${key}-01-01`, "filter.occurredOn.to": `${key}-12-31` },
    };
  if (by === "device") return { to: "/accidents", search: { country, "filter.device": key } };
  const listed: readonly Dimension[] = ["outcome", "status", "sex", "ageGroup"];
  return { to: "/casualties", search: listed.includes(by) ? { country, [`filter.${by}`]: key } : { country } };
}

/** Years by one property: two charts, and the table behind them with shares and changes. */
export function FiguresView(props: { answer: StatisticsOutput; by: Dimension; country: string }) {
  const text = useText();
  const { t, format } = text;
  const { answer, by, country } = props;
  const { rows, references, suppression } = answer;
  const find = new Map(rows.map((row) => [JSON.stringify(row.keys), row]));
  const cell = (year: string | null, key: string | null) => find.get(JSON.stringify([year, key]));
  const keysAt = (at: number, dimension: Dimension) =>
    [...new Set(rows.flatMap(({ keys }) => keys[at] ?? []))].sort((a, b) => compareKeys(dimension, a, b));
  const [years, values] = [keysAt(0, "year"), keysAt(1, by)];
  const yearName = (year: string) => (year === unknownKey ? t("accidents.unknown") : year);
  const valueName = (key: string) => nameOf(text, by, key, references);
  const percent = format.percent;
  const bar = (dimension: Dimension, key: string, label: string, row: StatisticsRow | undefined): Bar[] =>
    row?.casualties == null ? [] : [{ id: key, label, count: row.casualties, ...placeOf(dimension, key, country) }];
  const total = cell(null, null);
  const count = (row: StatisticsRow | undefined) => {
    if (row === undefined) return "–";
    if (row.casualties === null) return <abbr title={t("accidents.hidden")}>{t("accidents.hidden.short")}</abbr>;
    return format.number(row.casualties);
  };
  return (
    <div className={surfaces.stack}>
      {total && total.casualties !== null && (
        <p>
          {t("accidents.statistics.total", { casualties: total.casualties })}
          {total.accidents !== null && ` ${t("accidents.statistics.accidents", { accidents: total.accidents })}`}
        </p>
      )}
      {suppression && <p className={surfaces.muted}>{t("accidents.statistics.hidden", suppression)}</p>}
      <p className={surfaces.muted}>{t(`accidents.counting.${answer.amputated}`)}</p>
      <div className={styles.charts}>
        <section className={`${surfaces.card} ${surfaces.pad}`}>
          <BarChart
            upright
            captioned
            title={t("accidents.statistics.by-year")}
            countLabel={t("records.accidents.casualty")}
            bars={years.flatMap((year) => bar("year", year, yearName(year), cell(year, null)))}
          />
        </section>
        <section className={`${surfaces.card} ${surfaces.pad}`}>
          <BarChart
            captioned
            title={t(`accidents.by.${by}`)}
            countLabel={t("records.accidents.casualty")}
            bars={values.flatMap((key) => bar(by, key, valueName(key), cell(null, key)))}
          />
        </section>
      </div>
      <section
        className={`${surfaces.card} ${styles.scroll}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard.
        tabIndex={0}
        aria-label={t("accidents.statistics.table")}
      >
        <table className={styles.table}>
          <caption className="visually-hidden">{t("accidents.statistics.table")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("accidents.by.year")}</th>
              {values.map((key) => (
                <th key={key} scope="col">
                  {valueName(key)}
                </th>
              ))}
              <th scope="col">{t("accidents.statistics.sum")}</th>
              <th scope="col">{t("accidents.statistics.change")}</th>
            </tr>
          </thead>
          <tbody>
            {[...years, null].map((year) => (
              <tr key={year ?? "all"}>
                <th scope="row">{year === null ? t("accidents.statistics.all-years") : yearName(year)}</th>
                {values.map((key) => {
                  const row = cell(year, key);
                  return (
                    <td key={key}>
                      {count(row)}
                      {row?.share != null && <span className={surfaces.muted}> {percent(row.share)}</span>}
                    </td>
                  );
                })}
                <td>{count(cell(year, null))}</td>
                <td>{cell(year, null)?.change == null ? "–" : percent(cell(year, null)?.change ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
