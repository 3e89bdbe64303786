import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { RequestProblem } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import { type Account, accounts } from "../model.ts";
import { ledger } from "./client.ts";
import styles from "./ledger.module.css";

type Statement = Awaited<ReturnType<typeof ledger.statement>>;
type Line = Statement["lines"][number];

/** What the statement of an area takes. */
export interface AreaStatementProps {
  country: string;
  area: string;
  /** As known on the end of this day; now when left out. */
  knownOn?: string | undefined;
  /** What else is known of the report of a line, such as the shape of the ground it released. */
  beside?: { label: string; cell: (about: string) => ReactNode };
}

/**
 * The standing account of one area, like a bank statement: what each report put into which account, and how much open
 * land was left after it. Amounts are whole square metres, never rounded.
 */
export function AreaStatement({ country, area, knownOn, beside }: AreaStatementProps) {
  const text = useText();
  const { t, format } = text;
  const statement = useQuery({
    queryKey: ["ledger-statement", country, area, knownOn],
    retry: false,
    queryFn: async ({ signal }) => {
      try {
        return await ledger.statement({ params: { country, id: area }, query: knownOn ? { knownOn } : {} }, { signal });
      } catch (cause) {
        // An area without entries is no failure: nothing has been posted for it yet.
        if (cause instanceof RequestProblem && cause.problem.status === 404) return null;
        throw cause;
      }
    },
  });
  if (statement.isPending)
    return (
      <div className={surfaces.pad}>
        <Skeleton lines={4} />
      </div>
    );
  if (statement.isError)
    return (
      <div className={surfaces.pad}>
        <ErrorState problem={statement.error} onRetry={() => void statement.refetch()} />
      </div>
    );
  if (!statement.data || statement.data.lines.length === 0)
    return <p className={`${surfaces.pad} ${surfaces.muted}`}>{t("ledger.statement.none")}</p>;
  const metres = (value: number) => t("unit.m2", { value: format.number(value, 0) });
  const signed = (value: number) => `${value > 0 ? "+" : "−"}${metres(Math.abs(value))}`;
  const amounts = (line: Line) =>
    accounts.flatMap((account) => {
      const value = line.amounts[account];
      return value ? [[account, value] as [Account, number]] : [];
    });
  const columns: Column<Line>[] = [
    {
      id: "report",
      label: t("ledger.entry.report"),
      cell: (line) =>
        line.reportCode ? (
          <AppLink to={`/land/reports/${country}/${line.about}`}>{line.reportCode}</AppLink>
        ) : (
          t("ledger.not-yours")
        ),
    },
    {
      id: "effective",
      label: t("ledger.entry.effective"),
      cell: ({ effectiveOn }) => <time dateTime={effectiveOn}>{format.date(effectiveOn)}</time>,
    },
    {
      id: "type",
      label: t("ledger.entry.type"),
      empty: ({ reportType }) => reportType === null,
      cell: ({ reportType }) => reportType && text.code("report-type", reportType),
    },
    {
      id: "amounts",
      label: t("ledger.entry.account"),
      cell: (line) => (
        <ul className={styles.postings}>
          {amounts(line).map(([account, value]) => (
            <li key={account}>
              <span>{t(`ledger.account.${account}`)}</span>
              <span className="numeric">{signed(value)}</span>
            </li>
          ))}
        </ul>
      ),
    },
    ...(beside
      ? [
          {
            id: "beside",
            label: beside.label,
            empty: (line: Line) => !beside.cell(line.about),
            cell: (line: Line) => beside.cell(line.about),
          },
        ]
      : []),
    {
      id: "left",
      label: t("ledger.statement.left"),
      numeric: true,
      cell: ({ suspected, confirmed }) => <strong>{metres(suspected + confirmed)}</strong>,
    },
  ];
  const { balance, lines } = statement.data;
  const open = (balance.suspected ?? 0) + (balance.confirmed ?? 0);
  return (
    <>
      <Table
        caption={t("ledger.statement")}
        columns={columns}
        rows={lines}
        rowId={({ report, about, effectiveOn }) => `${report} ${about} ${effectiveOn}`}
      />
      <p className={`${surfaces.pad} ${surfaces.small}`}>
        {t(open === 0 ? "ledger.statement.done" : "ledger.statement.open", { left: metres(open) })}
      </p>
    </>
  );
}
