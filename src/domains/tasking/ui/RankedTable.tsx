import { type CSSProperties, type ReactNode, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { StatusTag, type Tone } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Table } from "../../../platform/ui/Table.tsx";
import { type Indicator, indicators, type Ranked, type ScoreClass } from "../model-priority.ts";
import { nameOf, type priorities } from "./client.ts";
import { sheetPath } from "./index.ts";
import styles from "./tasking.module.css";
import { ValuesDialog } from "./ValuesDialog.tsx";

type Answer = Awaited<ReturnType<typeof priorities.priorities>>;

const classTones: Readonly<Record<ScoreClass["name"], Tone>> = {
  high: { tone: "bad", pattern: "solid" },
  medium: { tone: "warn", pattern: "half" },
  low: { tone: "neutral", pattern: "hollow" },
};

/** Rows shown before more are asked for. */
const pageRows = 25;

/** The ranked areas with what decides their rank; from a row a task is made. */
export function RankedTable(props: {
  country: string;
  ranked: readonly Ranked[];
  answer: Answer;
  download: ReactNode;
}) {
  const text = useText();
  const { t, format } = text;
  const { answer, country } = props;
  const [rows, setRows] = useState(pageRows);
  const [entering, setEntering] = useState<string | null>(null);
  const mayManage = answer.allowed.includes("manage");
  const byId = new Map(answer.options.map((option) => [option.id, option]));
  const highest = props.ranked[0]?.score ?? 0;
  const points = answer.set.definition.method === "points";
  const written = (score: number) =>
    format.number(points ? Math.round(score * 100) / 100 : Math.round(score * 1000) / 1000);
  const valueText = (indicator: Indicator, value: number | null | undefined) =>
    value === null || value === undefined
      ? t("tasking.unknown")
      : indicators[indicator].kind === "flag"
        ? t(value > 0 ? "ui.yes" : "ui.no")
        : format.number(Math.round(value * 100) / 100);
  const priced = props.ranked.some(({ valueForMoney }) => valueForMoney !== null);
  /** What adds most to the score first, then how much is not known. */
  const why = (row: Ranked): string => {
    const values = byId.get(row.id)?.values ?? {};
    const known = answer.set.definition.criteria
      .map(({ indicator }, at) => ({ indicator, part: row.parts[at] ?? 0, value: values[indicator] }))
      .filter(({ part, value }) => part !== 0 && value !== undefined && value !== null)
      .sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
      .map(({ indicator, value }) =>
        t("tasking.value-of", { indicator: t(`tasking.indicator.${indicator}`), value: valueText(indicator, value) }),
      );
    const unknown = row.unknown.length > 0 ? [t("tasking.unknown-count", { count: row.unknown.length })] : [];
    return [...known, ...unknown].join(" · ");
  };
  const chosen = entering === null ? undefined : byId.get(entering);
  return (
    <section className={surfaces.card} aria-labelledby="ranking">
      <div className={surfaces.panelHead}>
        <h2 id="ranking">{t("tasking.ranking")}</h2>
        {props.download}
      </div>
      <Table
        caption={t("tasking.ranking")}
        rows={props.ranked.slice(0, rows)}
        rowId={(row) => row.id}
        columns={[
          {
            id: "area",
            label: t("field.area"),
            cell: (row) => {
              const option = byId.get(row.id);
              return (
                <>
                  <AppLink to={`/land/areas/${country}/${row.id}`}>
                    {t("tasking.rank", { rank: row.rank, code: option?.code ?? "" })}
                  </AppLink>
                  <div className={`${surfaces.muted} ${styles.plain}`}>
                    {[option?.name, nameOf(text, answer.references, option?.unit)].filter(Boolean).join(" · ")}
                  </div>
                  <div className={styles.plain}>{why(row)}</div>
                </>
              );
            },
          },
          {
            id: "score",
            label: t("tasking.score"),
            cell: (row) => (
              <>
                <span className={styles.score}>
                  <span className={styles.meter} aria-hidden="true">
                    <span
                      style={
                        { inlineSize: `${highest > 0 ? Math.max(0, row.score / highest) * 100 : 0}%` } as CSSProperties
                      }
                    />
                  </span>
                  <strong className="numeric">{written(row.score)}</strong>
                </span>
                {row.class && <StatusTag {...classTones[row.class]}>{t(`tasking.class.${row.class}`)}</StatusTag>}
                {row.upTo > row.score + 1e-9 && (
                  <div className={`${surfaces.muted} ${surfaces.small}`}>
                    {t("tasking.up-to", { score: written(row.upTo) })}
                  </div>
                )}
              </>
            ),
          },
          ...(priced
            ? [
                {
                  id: "money",
                  label: t("tasking.value-for-money"),
                  numeric: true,
                  cell: (row: Ranked) =>
                    row.valueForMoney === null ? "" : format.number(Number(row.valueForMoney.toPrecision(3))),
                  empty: (row: Ranked) => row.valueForMoney === null,
                },
              ]
            : []),
          ...(mayManage || props.ranked.some(({ id }) => (byId.get(id)?.tasks ?? []).length > 0)
            ? [
                {
                  id: "do",
                  label: t("tasking.next"),
                  cell: (row: Ranked) => {
                    const open = byId.get(row.id)?.tasks ?? [];
                    return (
                      <span className={styles.next}>
                        {open.map((each) => (
                          <AppLink key={each.id} to={sheetPath({ country, id: each.id })}>
                            {each.code}
                          </AppLink>
                        ))}
                        {mayManage && (
                          <>
                            <AppLink
                              to="/tasking/tasks/new"
                              search={{ country, "value.area": row.id, "value.kind": "clearance" }}
                              className={buttonClass("plain", true)}
                            >
                              <Icon name="add" />
                              <span>{t("tasking.make-task")}</span>
                            </AppLink>
                            <Button small tone="quiet" icon="edit" onClick={() => setEntering(row.id)}>
                              {t("tasking.enter-values")}
                            </Button>
                          </>
                        )}
                      </span>
                    );
                  },
                },
              ]
            : []),
        ]}
      />
      {rows < props.ranked.length && (
        <div className={surfaces.pad}>
          <Button onClick={() => setRows(rows + pageRows * 2)}>
            {t("tasking.more-rows", { count: props.ranked.length - rows })}
          </Button>
        </div>
      )}
      {chosen && (
        <ValuesDialog
          country={country}
          area={{ id: chosen.id, code: chosen.code }}
          values={chosen.values}
          onClose={() => setEntering(null)}
        />
      )}
    </section>
  );
}
