import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { cuts } from "./columns.ts";
import styles from "./ledger.module.css";
import { areaUnits } from "./units.ts";
import type { LedgerView } from "./use-ledger-view.ts";

const typedDay = (date: string | undefined) => (date ? { date, precision: "day" as const } : null);
/** What a change of the table closes: the entries of a figure that may no longer be there. */
const closed = { figure: undefined, key: undefined };

/** Country, cut, period, what was known, and the unit in which figures are shown; all of it in the address. */
export function LedgerFilters({ view }: { view: LedgerView }) {
  const text = useText();
  const { t } = text;
  const { query, today, change } = view;
  const year = Number(today.slice(0, 4));
  const periods = [
    { id: "all", from: undefined, to: undefined },
    { id: "this-year", from: `${year}-01-01`, to: undefined },
    { id: "last-year", from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  ];
  const comparing = view.view === "compare";
  return (
    <search className={`${surfaces.card} ${surfaces.pad} ${styles.filters}`}>
      <CountrySelect
        label={t("ledger.country")}
        value={view.country ?? ""}
        onChange={(value) => change({ country: value, area: undefined, ...closed })}
      />
      <Select
        label={t("ledger.cut")}
        value={view.by}
        onChange={(value) => change({ by: value, ...closed })}
        options={cuts.map((value) => ({ value, label: t(`ledger.by.${value}`) }))}
      />
      <DateField
        label={t("ledger.from")}
        hint={t("ledger.from.hint")}
        value={typedDay(query.from)}
        onChange={(value) => change({ from: value?.date })}
      />
      <DateField
        label={t("ledger.to")}
        value={typedDay(query.to)}
        onChange={(value) => change({ to: value?.date === today ? undefined : value?.date })}
      />
      <DateField
        label={t(comparing ? "ledger.compare.known-on" : "ledger.known-on")}
        hint={t(comparing ? "ledger.compare.known-on.hint" : "ledger.known-on.hint")}
        value={typedDay(query.knownOn)}
        onChange={(value) => change({ knownOn: value?.date })}
      />
      <Select
        label={t("ledger.unit")}
        value={view.unit}
        onChange={(value) => change({ in: value })}
        options={areaUnits.map((value) => ({ value, label: t(`ledger.unit.${value}`) }))}
      />
      <div className={styles.periods}>
        {periods.map((period) => {
          const on = query.from === period.from && (view.search.to ?? undefined) === period.to;
          return (
            <Button
              small
              key={period.id}
              aria-pressed={on}
              onClick={() => change({ from: period.from, to: period.to, ...closed })}
            >
              {t(`ledger.period.${period.id}`)}
            </Button>
          );
        })}
      </div>
    </search>
  );
}
