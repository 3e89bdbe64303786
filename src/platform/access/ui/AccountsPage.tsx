import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ProblemNotice } from "../../ui/ErrorState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useCountryName } from "../../ui/records/records-context.ts";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { StatusTag } from "../../ui/StatusTag.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import type { AccountInfo } from "../contract-administration.ts";
import { AccountDialog } from "./AccountDialog.tsx";
import { access, useOwnSession } from "./client.ts";
import { InviteDialog } from "./InviteDialog.tsx";

const tones = {
  active: { tone: "good", pattern: "solid" },
  waiting: { tone: "warn", pattern: "half" },
  disabled: { tone: "neutral", pattern: "hollow" },
} as const;

/** The accounts of the node: who has one, what it is granted, and what can be done about it. */
export function AccountsPage() {
  const text = useText();
  const { t } = text;
  const countryName = useCountryName();
  const session = useOwnSession();
  const [words, setWords] = useState("");
  const [inviting, setInviting] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: ({ signal }) => access.accounts({}, { signal }) });

  const administered = (session.data?.roles ?? []).filter(({ role }) => role === "administrator");
  const countries = administered.some(({ country }) => country === null)
    ? null
    : administered.flatMap(({ country }) => (country ? [country] : []));
  const wanted = words.trim().toLocaleLowerCase();
  const rows = (accounts.data?.items ?? [])
    .filter(({ name, email }) => `${name} ${email}`.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => text.format.compare(a.name, b.name));
  const open = accounts.data?.items.find(({ id }) => id === opened);
  const grants = (account: AccountInfo) =>
    account.grants.map(({ role, country }) =>
      t("access.grant", { role: t(`role.${role}`), country: country ? countryName(country) : t("app.country.all") }),
    );
  return (
    <>
      <PageHeader
        title={t("access.accounts")}
        lead={t("access.accounts.lead")}
        actions={
          <Button tone="primary" icon="add" onClick={() => setInviting(true)}>
            {t("access.invite")}
          </Button>
        }
      />
      {accounts.isPending && <Skeleton />}
      {accounts.error && <ProblemNotice problem={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.data && (
        <div className={surfaces.stack}>
          <div className={surfaces.narrow}>
            <TextField label={t("access.find")} type="search" value={words} onChange={setWords} />
          </div>
          <div className={surfaces.card}>
            {rows.length === 0 ? (
              <EmptyState icon="person" title={t("access.accounts.none")}>
                {t("access.accounts.none.hint")}
              </EmptyState>
            ) : (
              <Table
                caption={t("access.accounts")}
                rows={rows}
                rowId={({ id }) => id}
                columns={[
                  {
                    id: "name",
                    label: t("field.name"),
                    cell: (row) => (
                      <Button tone="link" onClick={() => setOpened(row.id)}>
                        {row.name}
                      </Button>
                    ),
                  },
                  { id: "email", label: t("access.email"), cell: (row) => row.email },
                  {
                    id: "grants",
                    label: t("access.grants"),
                    empty: (row) => row.grants.length === 0,
                    cell: (row) => (
                      <ul>
                        {grants(row).map((grant) => (
                          <li key={grant}>{grant}</li>
                        ))}
                      </ul>
                    ),
                  },
                  {
                    id: "state",
                    label: t("access.state"),
                    cell: (row) => <StatusTag {...tones[row.state]}>{t(`access.state.${row.state}`)}</StatusTag>,
                  },
                  {
                    id: "seen",
                    label: t("access.last-seen"),
                    empty: (row) => row.lastSeenAt === null,
                    cell: (row) => (row.lastSeenAt ? text.format.relative(row.lastSeenAt, new Date()) : ""),
                  },
                ]}
              />
            )}
          </div>
        </div>
      )}
      {inviting && <InviteDialog countries={countries} onClose={() => setInviting(false)} />}
      {open && <AccountDialog key={open.id} account={open} countries={countries} onClose={() => setOpened(null)} />}
    </>
  );
}
