import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { createClient } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { type Search, useAddress } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type MovementOutput, routes } from "../contract.ts";
import { type Account, dimensions, movementGap } from "../model.ts";
import { EntriesCard } from "./EntriesCard.tsx";
import styles from "./ledger.module.css";
import { type AreaUnit, areaText, areaUnits } from "./units.ts";

export const ledger = createClient(routes);

const cuts = [...dimensions, "year", "none"] as const;
type Cut = (typeof cuts)[number];

/** The columns of a statement in its order, and the accounts whose entries stand behind each figure. */
const columns: readonly { name: keyof MovementOutput; accounts: readonly Account[]; stock?: "opening" | "closing" }[] =
  [
    { name: "opening", accounts: ["suspected", "confirmed"], stock: "opening" },
    { name: "identified", accounts: ["identified"] },
    { name: "boundaryIncrease", accounts: ["boundary-increase"] },
    { name: "boundaryDecrease", accounts: ["boundary-decrease"] },
    { name: "administrative", accounts: ["administrative"] },
    { name: "cancelled", accounts: ["cancelled"] },
    { name: "reducedWithoutAsset", accounts: ["reduced-without-asset"] },
    { name: "reducedWithAsset", accounts: ["reduced-with-asset"] },
    { name: "cleared", accounts: ["cleared"] },
    { name: "closing", accounts: ["suspected", "confirmed"], stock: "closing" },
    { name: "closingSuspected", accounts: ["suspected"], stock: "closing" },
    { name: "closingConfirmed", accounts: ["confirmed"], stock: "closing" },
  ];

const codeListOf: Partial<Record<Cut, string>> = { contamination: "contamination-type", method: "release-method" };

/** The day before an ISO day. */
function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

const typedDay = (date: string | undefined) => (date ? { date, precision: "day" as const } : null);

/** The land ledger of a country: any period, any cut, and the entries behind each figure. The address holds it all. */
export function LedgerPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const { countries, home } = useRecords();
  const today = new Date().toISOString().slice(0, 10);
  const country = [search.country, home].find((each) => each && countries.has(each)) ?? [...countries.keys()][0];
  const by: Cut = cuts.find((each) => each === search.by) ?? "province";
  const unit: AreaUnit = areaUnits.find((each) => each === search.in) ?? "km2";
  const to = search.to ?? today;
  const { from, knownOn } = search;
  const query = { country: country ?? "", to, ...(from ? { from } : {}), ...(knownOn ? { knownOn } : {}) };
  const table = useQuery({
    queryKey: ["ledger", query, by],
    enabled: country !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => ledger.table({ query: { ...query, by } }, { signal }),
  });
  const change = (changes: Search) => setSearch({ ...search, ...changes });
  const rowName = (key: string | null): string => {
    if (by === "none") return t("ledger.by.none");
    if (key === null) return t("ledger.not-known");
    const known = table.data?.references[key];
    if (known) return text.name(known.names) || known.code;
    const list = codeListOf[by];
    return list
      ? key
          .split("+")
          .map((code) => text.code(list, code))
          .join(" + ")
      : key;
  };
  const year = today.slice(0, 4);
  const periods = [
    { id: "all", from: undefined, to: undefined },
    { id: "this-year", from: `${year}-01-01`, to: undefined },
    { id: "last-year", from: `${Number(year) - 1}-01-01`, to: `${Number(year) - 1}-12-31` },
  ];
  const total = table.data?.total;
  const file = (kind: "csv" | "xlsx") =>
    `/api/ledger/table/download?${new URLSearchParams({ ...query, by, format: kind })}`;
  const cell = (key: string | null, movement: MovementOutput, column: (typeof columns)[number]) => {
    const value = movement[column.name];
    const shown = areaText(format, unit, value);
    if (value === 0) return <span className={styles.zero}>{shown}</span>;
    const open = { account: column.accounts.join(","), key: key ?? "none", stock: column.stock };
    const label = t("ledger.open", { figure: t(`ledger.movement.${column.name}`), row: rowName(key) });
    return (
      <button type="button" className={styles.figure} aria-label={`${shown}. ${label}`} onClick={() => change(open)}>
        {shown}
      </button>
    );
  };
  return (
    <>
      <PageHeader
        title={t("ledger.title")}
        lead={t("ledger.lead")}
        actions={
          <>
            <a className={buttonClass("plain")} href={file("csv")} download>
              {t("ledger.download.csv")}
            </a>
            <a className={buttonClass("plain")} href={file("xlsx")} download>
              {t("ledger.download.xlsx")}
            </a>
          </>
        }
      />
      <search className={`${surfaces.card} ${surfaces.pad} ${styles.filters}`}>
        <Select
          label={t("ledger.country")}
          value={country ?? ""}
          onChange={(value) => change({ country: value, key: undefined, account: undefined })}
          options={[...countries].map(([value, names]) => ({ value, label: text.name(names) || value }))}
        />
        <Select
          label={t("ledger.cut")}
          value={by}
          onChange={(value) => change({ by: value, key: undefined, account: undefined })}
          options={cuts.map((value) => ({ value, label: t(`ledger.by.${value}`) }))}
        />
        <DateField
          label={t("ledger.from")}
          value={typedDay(from)}
          onChange={(value) => change({ from: value?.date })}
        />
        <DateField label={t("ledger.to")} value={typedDay(to)} onChange={(value) => change({ to: value?.date })} />
        <DateField
          label={t("ledger.known-on")}
          hint={t("ledger.known-on.hint")}
          value={typedDay(knownOn)}
          onChange={(value) => change({ knownOn: value?.date })}
        />
        <Select
          label={t("ledger.unit")}
          value={unit}
          onChange={(value) => change({ in: value })}
          options={areaUnits.map((value) => ({ value, label: t(`ledger.unit.${value}`) }))}
        />
        <div className={styles.periods}>
          {periods.map((period) => (
            <Button key={period.id} onClick={() => change({ from: period.from, to: period.to })}>
              {t(`ledger.period.${period.id}`)}
            </Button>
          ))}
        </div>
      </search>
      {table.isPending && country && <Skeleton lines={8} />}
      {table.isError && <ErrorState problem={table.error} onRetry={() => void table.refetch()} />}
      {table.data && table.data.rows.length === 0 && (
        <EmptyState icon="file" title={t("ledger.empty")}>
          {t("ledger.empty.hint")}
        </EmptyState>
      )}
      {table.data && total && table.data.rows.length > 0 && (
        <>
          <section
            className={`${surfaces.card} ${styles.scroll}`}
            aria-busy={table.isFetching}
            aria-label={t("ledger.title")}
          >
            <div className={styles.inner}>
              <table className={styles.table}>
                <caption className="visually-hidden">{t("ledger.table")}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t(`ledger.by.${by}`)}</th>
                    {columns.map(({ name }) => (
                      <th key={name} scope="col">
                        {t(`ledger.movement.${name}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {table.data.rows.map(({ key, movement }) => (
                    <tr key={key ?? ""}>
                      <th scope="row">{rowName(key)}</th>
                      {columns.map((column) => (
                        <td key={column.name}>{cell(key, movement, column)}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
                <tfoot>
                  <tr>
                    <th scope="row">{t("ledger.total")}</th>
                    {columns.map(({ name }) => (
                      <td key={name}>{areaText(format, unit, total[name])}</td>
                    ))}
                  </tr>
                </tfoot>
              </table>
            </div>
          </section>
          <p className={styles.note}>
            {movementGap(total) === 0 ? t("ledger.closes") : t("ledger.gap", { squareMetres: movementGap(total) })}{" "}
            {t("ledger.as-of", {
              to: format.date(to),
              known: knownOn ? format.date(knownOn) : t("ledger.now"),
            })}
          </p>
        </>
      )}
      {search.account && search.key && country && (
        <EntriesCard
          query={{
            ...query,
            ...(search.stock ? { from: undefined } : {}),
            ...(search.stock === "opening" && from ? { to: dayBefore(from) } : {}),
            account: search.account,
            ...(by === "year"
              ? { from: `${search.key}-01-01`, to: `${search.key}-12-31` < to ? `${search.key}-12-31` : to }
              : by === "none"
                ? {}
                : { [by]: search.key.split("+").join(",") }),
          }}
          title={rowName(search.key === "none" ? null : search.key)}
          unit={unit}
          onClose={() => change({ account: undefined, key: undefined, stock: undefined })}
        />
      )}
    </>
  );
}
