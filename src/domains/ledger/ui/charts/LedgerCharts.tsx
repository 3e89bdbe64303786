import { areaY, axisX, axisY, barX, barY, gridX, gridY, lineY, plot, ruleX, ruleY } from "@observablehq/plot";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../../platform/ui/AppLink.tsx";
import { classes } from "../../../../platform/ui/classes.ts";
import { EmptyState } from "../../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import type { MovementOutput, TableOutput } from "../../contract.ts";
import { ledger } from "../client.ts";
import type { Cut, FigureName } from "../columns.ts";
import ledgerStyles from "../ledger.module.css";
import { areaIn } from "../units.ts";
import { type LedgerView, useRowName } from "../use-ledger-view.ts";
import styles from "./charts.module.css";
import { FillLegend, Fills, fillOf } from "./Fills.tsx";
import { PlotFigure } from "./PlotFigure.tsx";
import { everyYear, type LedgerYear, releasedBy, releases, stack, stocks } from "./series.ts";

/** Bars of the chart by province or another cut; the table behind it has all rows. */
const mostBars = 15;

const fontSize = { fontSize: "12px", fontFamily: "inherit", background: "none", color: "currentColor" } as const;

/** The numbers behind a chart; each opens its entries. */
function Numbers(props: {
  caption: string;
  by: Cut;
  rows: readonly { key: string; name: string; movement: MovementOutput }[];
  figures: readonly FigureName[];
  view: LedgerView;
}) {
  const { t } = useText();
  const { view, by } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard.
    <section tabIndex={0} aria-label={props.caption}>
      <table className={styles.numbers}>
        <caption className="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t(`ledger.by.${by}`)}</th>
            {props.figures.map((name) => (
              <th key={name} scope="col">
                {t(`ledger.movement.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(({ key, name, movement }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {props.figures.map((figure) => (
                <td key={figure}>
                  {movement[figure] === 0 ? (
                    view.amount(0)
                  ) : (
                    <AppLink
                      to="/land/ledger"
                      search={{ ...view.search, view: undefined, by, figure, key }}
                      aria-label={`${view.amount(movement[figure])}. ${t("ledger.open", {
                        figure: t(`ledger.movement.${figure}`),
                        row: name,
                      })}`}
                    >
                      {view.amount(movement[figure])}
                    </AppLink>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ReleasedByYear({ view, years }: { view: LedgerView; years: readonly LedgerYear[] }) {
  const { t, format } = useText();
  const { unit } = view;
  const pieces = useMemo(
    () =>
      stack(
        years,
        releases,
        ({ year }) => year,
        ({ movement }, kind) => areaIn(unit, releasedBy(movement, kind)),
      ),
    [years, unit],
  );
  const draw = useCallback(
    (width: number) => {
      const step = Math.max(1, Math.ceil((years.length * 44) / width));
      return plot({
        width,
        height: 260,
        marginLeft: 56,
        style: fontSize,
        x: { type: "band", domain: years.map(({ year }) => year), padding: 0.15 },
        y: { grid: true, nice: true },
        marks: [
          gridY(),
          axisY({ label: null, ticks: 5, tickFormat: (value: number) => format.number(value) }),
          axisX({
            label: null,
            tickSize: 0,
            ticks: years.filter((_, at) => at % step === 0).map(({ year }) => year),
            tickFormat: String,
          }),
          ...releases.map((kind) =>
            barY(
              pieces.filter((piece) => piece.kind === kind),
              { x: "label", y1: "from", y2: "to", fill: fillOf(kind), stroke: "var(--color-accent)", strokeWidth: 0.5 },
            ),
          ),
          ruleY([0]),
        ],
      });
    },
    [years, pieces, format],
  );
  const released = (movement: MovementOutput) => releases.reduce((sum, kind) => sum + releasedBy(movement, kind), 0);
  const best = years.reduce((top, each) => (released(each.movement) > released(top.movement) ? each : top));
  const title = t("ledger.chart.released", { unit: t(`ledger.unit.${unit}`) });
  return (
    <PlotFigure
      title={title}
      summary={t("ledger.chart.released.summary", {
        first: years[0]?.year ?? "",
        last: years.at(-1)?.year ?? "",
        total: view.amount(years.reduce((sum, { movement }) => sum + released(movement), 0)),
        unit: t(`ledger.unit.${unit}`),
        best: best.year,
        most: view.amount(released(best.movement)),
      })}
      draw={draw}
      legend={<FillLegend entries={releases.map((kind) => ({ kind, label: t(`ledger.chart.${kind}`) }))} />}
      table={
        <Numbers
          caption={title}
          by="year"
          view={view}
          rows={years.map(({ year, movement }) => ({ key: year, name: year, movement }))}
          figures={["cancelled", "reducedWithoutAsset", "reducedWithAsset", "cleared"]}
        />
      }
    />
  );
}

function RemainingOverTime({ view, years }: { view: LedgerView; years: readonly LedgerYear[] }) {
  const { t, format } = useText();
  const { unit } = view;
  const draw = useCallback(
    (width: number) => {
      const points = years.map(({ year, movement }) => ({
        year: Number(year),
        confirmed: areaIn(unit, movement.closingConfirmed),
        all: areaIn(unit, movement.closing),
      }));
      const step = Math.max(1, Math.ceil((years.length * 44) / width));
      const line = { x: "year", stroke: "var(--color-text)", strokeWidth: 1.25 };
      return plot({
        width,
        height: 260,
        marginLeft: 56,
        marginRight: 24,
        style: fontSize,
        x: { type: "linear" },
        y: { zero: true, nice: true },
        marks: [
          gridY(),
          axisY({ label: null, ticks: 5, tickFormat: (value: number) => format.number(value) }),
          axisX({
            label: null,
            tickSize: 0,
            ticks: points.filter((_, at) => at % step === 0).map(({ year }) => year),
            tickFormat: String,
          }),
          areaY(points, { x: "year", y1: 0, y2: "confirmed", fill: fillOf("closingConfirmed") }),
          areaY(points, { x: "year", y1: "confirmed", y2: "all", fill: fillOf("closingSuspected") }),
          lineY(points, { ...line, y: "confirmed" }),
          lineY(points, { ...line, y: "all" }),
          ruleY([0]),
        ],
      });
    },
    [years, unit, format],
  );
  const [first, last] = [years[0], years.at(-1)];
  const title = t("ledger.chart.remaining", { unit: t(`ledger.unit.${unit}`) });
  return (
    <PlotFigure
      title={title}
      summary={t("ledger.chart.remaining.summary", {
        first: first?.year ?? "",
        before: view.amount(first?.movement.closing ?? 0),
        last: last?.year ?? "",
        after: view.amount(last?.movement.closing ?? 0),
        unit: t(`ledger.unit.${unit}`),
      })}
      draw={draw}
      legend={
        <FillLegend
          entries={[
            { kind: "closingSuspected", label: t("ledger.account.suspected") },
            { kind: "closingConfirmed", label: t("ledger.account.confirmed") },
          ]}
        />
      }
      table={
        <Numbers
          caption={title}
          by="year"
          view={view}
          rows={years.map(({ year, movement }) => ({ key: year, name: year, movement }))}
          figures={["closing", "closingSuspected", "closingConfirmed"]}
        />
      }
    />
  );
}

function RemainingByRow({ view, table }: { view: LedgerView; table: TableOutput }) {
  const { t, format } = useText();
  const { unit } = view;
  const { by } = table;
  const rowName = useRowName(by, table.references);
  const rows = useMemo(
    () =>
      table.rows
        .map(({ key, movement }) => ({ key: key ?? "none", name: rowName(key), movement }))
        .sort((a, b) => b.movement.closing - a.movement.closing),
    [table, rowName],
  );
  const shown = useMemo(() => rows.filter(({ movement }) => movement.closing > 0).slice(0, mostBars), [rows]);
  const draw = useCallback(
    (width: number) => {
      const pieces = stack(
        shown,
        stocks,
        ({ key }) => key,
        ({ movement }, kind) => areaIn(unit, movement[kind]),
      );
      const names = new Map(shown.map(({ key, name }) => [key, name]));
      const room = Math.min(150, Math.round(width * 0.38));
      const letters = Math.floor(room / 7);
      const short = (name: string) => (name.length > letters ? `${name.slice(0, letters - 1)}…` : name);
      return plot({
        width,
        height: 44 + shown.length * 24,
        marginLeft: room,
        marginRight: 24,
        style: fontSize,
        x: { zero: true, nice: true },
        y: { type: "band", domain: shown.map(({ key }) => key), padding: 0.2 },
        marks: [
          gridX(),
          axisX({
            label: null,
            ticks: Math.max(2, Math.round(width / 140)),
            tickFormat: (v: number) => format.number(v),
          }),
          axisY({ label: null, tickSize: 0, tickFormat: (key: string) => short(names.get(key) ?? key) }),
          ...stocks.map((kind) =>
            barX(
              pieces.filter((piece) => piece.kind === kind),
              { y: "label", x1: "from", x2: "to", fill: fillOf(kind), stroke: "var(--color-text)", strokeWidth: 0.5 },
            ),
          ),
          ruleX([0]),
        ],
      });
    },
    [shown, unit, format],
  );
  const title = t("ledger.chart.by", { by: t(`ledger.by.${by}`), unit: t(`ledger.unit.${unit}`) });
  const [top] = shown;
  if (!top) return null;
  return (
    <PlotFigure
      title={title}
      summary={t("ledger.chart.by.summary", {
        most: top.name,
        amount: view.amount(top.movement.closing),
        unit: t(`ledger.unit.${unit}`),
        shown: shown.length,
        left: rows.length - shown.length,
      })}
      draw={draw}
      legend={
        <FillLegend
          entries={[
            { kind: "closingConfirmed", label: t("ledger.account.confirmed") },
            { kind: "closingSuspected", label: t("ledger.account.suspected") },
          ]}
        />
      }
      table={
        <Numbers
          caption={title}
          by={by}
          view={view}
          rows={rows}
          figures={["closing", "closingSuspected", "closingConfirmed"]}
        />
      }
    />
  );
}

/** Charts of the ledger: what was released in each year, what was open at its end, and where most is open now. */
export function LedgerCharts({ view }: { view: LedgerView }) {
  const { t } = useText();
  const { query } = view;
  const by = view.by === "year" || view.by === "none" ? "province" : view.by;
  const useTable = (cut: Cut) => ({
    queryKey: ["ledger", query, cut],
    enabled: view.country !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }: { signal: AbortSignal }) => ledger.table({ query: { ...query, by: cut } }, { signal }),
  });
  const yearly = useQuery(useTable("year"));
  const cut = useQuery(useTable(by));
  const years = useMemo(() => everyYear(yearly.data?.rows ?? []), [yearly.data]);
  const failed = yearly.isError ? yearly : cut.isError ? cut : null;
  if (failed) return <ErrorState problem={failed.error} onRetry={() => void failed.refetch()} />;
  if (!yearly.data || !cut.data) return <Skeleton lines={8} />;
  if (years.length === 0)
    return (
      <EmptyState icon="file" title={t("ledger.empty")}>
        {t("ledger.empty.hint")}
      </EmptyState>
    );
  return (
    <div className={`${surfaces.stack} ${ledgerStyles.tab}`}>
      <Fills />
      <div className={ledgerStyles.charts}>
        {[
          <ReleasedByYear key="released" view={view} years={years} />,
          <RemainingOverTime key="remaining" view={view} years={years} />,
          <RemainingByRow key="by" view={view} table={cut.data} />,
        ].map((chart) => (
          <section
            key={chart.key}
            className={classes(surfaces.card, surfaces.pad, chart.key === "by" && ledgerStyles.wide)}
          >
            {chart}
          </section>
        ))}
      </div>
    </div>
  );
}
