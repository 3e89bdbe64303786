import { fields } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { TableOutput } from "../contract.ts";
import { movementGap } from "../model.ts";
import { AreaStatement } from "./AreaStatement.tsx";
import { columns } from "./columns.ts";
import styles from "./ledger.module.css";
import { type LedgerView, useRowName } from "./use-ledger-view.ts";

const areaField = fields.record("public", "land.area");

/** The period as a statement: what was open, each thing that came and went with what was left, and what is open now. */
function PeriodStatement({ view, table }: { view: LedgerView; table: TableOutput }) {
  const { t, format } = useText();
  const { query, amount, search, change } = view;
  const rowName = useRowName(view.by, table.references);
  const wanted = search.row ?? "all";
  const row = table.rows.find(({ key }) => (key ?? "none") === wanted);
  const key = row ? wanted : "all";
  const movement = row?.movement ?? table.total;
  let left = movement.opening;
  const lines = columns
    .filter(({ effect }) => effect !== 0)
    .map((column) => {
      const change = column.effect * movement[column.name];
      left += change;
      return { column, change, left };
    });
  const open = (name: string) => change({ figure: name, key });
  const figure = (name: string, value: number, shown: string) =>
    value === 0 ? (
      <span className={styles.zero}>{shown}</span>
    ) : (
      <button
        type="button"
        className={styles.figure}
        aria-label={`${shown}. ${t("ledger.open", { figure: t(`ledger.movement.${name}`), row: rowName(key) })}`}
        onClick={() => open(name)}
      >
        {shown}
      </button>
    );
  const sign = (value: number) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${amount(Math.abs(value))}`;
  return (
    <section className={surfaces.card} aria-labelledby="period-statement">
      <div className={surfaces.panelHead}>
        <h2 id="period-statement">{t("ledger.statement.period", { of: rowName(key) })}</h2>
      </div>
      <div className={`${surfaces.pad} ${surfaces.stack}`}>
        {view.by !== "none" && view.by !== "year" && (
          <div className={surfaces.narrow}>
            <Select
              label={t(`ledger.by.${view.by}`)}
              value={key}
              onChange={(value) => change({ row: value === "all" ? undefined : value, figure: undefined })}
              options={[
                { value: "all", label: t("ledger.total") },
                ...table.rows.map((each) => ({ value: each.key ?? "none", label: rowName(each.key) })),
              ]}
            />
          </div>
        )}
        <table className={styles.statement}>
          <caption className="visually-hidden">{t("ledger.statement.period", { of: rowName(key) })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("ledger.statement.what")}</th>
              <th scope="col">{t("ledger.statement.change", { unit: t(`ledger.unit.${view.unit}`) })}</th>
              <th scope="col">{t("ledger.statement.left-in", { unit: t(`ledger.unit.${view.unit}`) })}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">
                {query.from
                  ? t("ledger.statement.opening", { date: format.date(query.from) })
                  : t("ledger.statement.beginning")}
              </th>
              <td />
              <td>{figure("opening", movement.opening, amount(movement.opening))}</td>
            </tr>
            {lines.map(({ column, change, left: rest }) => (
              <tr key={column.name}>
                <th scope="row">{t(`ledger.movement.${column.name}`)}</th>
                <td>{figure(column.name, change, sign(change))}</td>
                <td>{amount(rest)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("ledger.statement.closing", { date: format.date(query.to) })}</th>
              <td />
              <td>{figure("closing", movement.closing, amount(movement.closing))}</td>
            </tr>
            {(["closingSuspected", "closingConfirmed"] as const).map((name) => (
              <tr key={name}>
                <th scope="row">{t(`ledger.movement.${name}`)}</th>
                <td />
                <td>{figure(name, movement[name], amount(movement[name]))}</td>
              </tr>
            ))}
          </tfoot>
        </table>
        <p className={styles.note}>
          {movementGap(movement) === 0 ? t("ledger.closes") : t("ledger.gap", { squareMetres: movementGap(movement) })}
        </p>
      </div>
    </section>
  );
}

/** Statements of the period for the country or one row of the cut, and of any single area. */
export function StatementView({ view, table }: { view: LedgerView; table: TableOutput }) {
  const { t } = useText();
  const { country, search, change, query } = view;
  return (
    <div className={`${surfaces.stack} ${styles.tab}`}>
      <PeriodStatement view={view} table={table} />
      <section className={surfaces.card} aria-labelledby="area-statement">
        <div className={surfaces.panelHead}>
          <h2 id="area-statement">{t("ledger.statement.area")}</h2>
          {search.area && country && (
            <AppLink to={`/land/areas/${country}/${search.area}`}>{t("ledger.statement.to-area")}</AppLink>
          )}
        </div>
        <div className={surfaces.pad}>
          <div className={surfaces.narrow}>
            <RecordPicker
              label={t("ledger.entry.area")}
              field={areaField}
              country={country}
              value={search.area ?? ""}
              onChange={(area) => change({ area: area || undefined, figure: undefined })}
            />
          </div>
          {!search.area && <p className={`${styles.note} ${surfaces.muted}`}>{t("ledger.statement.choose")}</p>}
        </div>
        {search.area && country && (
          <AreaStatement key={search.area} country={country} area={search.area} knownOn={query.knownOn} />
        )}
      </section>
    </div>
  );
}
