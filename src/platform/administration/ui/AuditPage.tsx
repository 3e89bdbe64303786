import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useText } from "../../i18n/I18nProvider.tsx";
import { AppLink } from "../../ui/AppLink.tsx";
import type { Search } from "../../ui/address.ts";
import { useAddress } from "../../ui/address.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ListCard } from "../../ui/ListCard.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { changeSearch } from "../../ui/records/list-search.ts";
import { useCountryName, useRecords } from "../../ui/records/records-context.ts";
import { recordPath } from "../../ui/records/section.ts";
import { StatusTag } from "../../ui/StatusTag.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { type Column, Table } from "../../ui/Table.tsx";
import tables from "../../ui/table.module.css";
import type { AuditEvent } from "../contract-audit.ts";
import { AuditFilters, auditFilters } from "./AuditFilters.tsx";
import { ChainCard } from "./ChainCard.tsx";
import { administration } from "./client.ts";
import { eventTitle } from "./event-title.ts";

/** A link to the record that an event is about, when some domain shows such records. */
function Subject({ event }: { event: AuditEvent }) {
  const text = useText();
  const { sections } = useRecords();
  const { subject, country } = event;
  if (!subject) return null;
  // The end of an identity is by chance, its beginning a time that many share.
  const label = subject.code ?? subject.id.slice(-8);
  const section = sections.get(subject.type);
  if (subject.name !== null) return subject.name;
  if (!section || country === null) return <span className={surfaces.mono}>{label}</span>;
  return (
    <AppLink to={recordPath(section, { country, id: subject.id })}>
      {text.t("audit.subject", { record: text.t(`record.${subject.type}`), code: label })}
    </AppLink>
  );
}

function Details({ event }: { event: AuditEvent }) {
  const { t, has } = useText();
  const entries = Object.entries(event.details);
  if (entries.length === 0) return null;
  return (
    <details className={surfaces.small}>
      <summary>{t("audit.details")}</summary>
      <dl className={surfaces.diff}>
        {entries.map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{has(`audit.detail.${name}`) ? t(`audit.detail.${name}`) : name}</dt>
            <dd className={surfaces.mono}>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function useColumns(search: Search, setSearch: (next: Search) => void): Column<AuditEvent>[] {
  const text = useText();
  const { t, format } = text;
  const countryName = useCountryName();
  return [
    {
      id: "what",
      label: t("audit.what"),
      cell: (event) => (
        <>
          <span>{eventTitle(text, event.type)}</span>
          <Details event={event} />
        </>
      ),
    },
    {
      id: "when",
      label: t("audit.when"),
      cell: (event) => <time dateTime={event.occurredAt}>{format.dateTime(event.occurredAt)}</time>,
    },
    {
      id: "who",
      label: t("audit.who"),
      cell: ({ account }) =>
        account ? (
          <Button tone="link" onClick={() => setSearch(changeSearch(search, { account: account.id }))}>
            {account.name ?? t("audit.account-gone")}
          </Button>
        ) : (
          <span className={surfaces.muted}>{t("audit.program")}</span>
        ),
    },
    {
      id: "subject",
      label: t("audit.about"),
      empty: ({ subject }) => subject === null,
      cell: (event) => <Subject event={event} />,
    },
    {
      id: "country",
      label: t("field.country"),
      empty: ({ country }) => country === null,
      cell: ({ country }) => (country === null ? null : countryName(country)),
    },
    {
      id: "chain",
      label: t("audit.chain"),
      cell: ({ position }) =>
        position === null ? (
          <StatusTag tone="neutral" pattern="hollow">
            {t("audit.not-sealed")}
          </StatusTag>
        ) : (
          <span className="numeric">{format.number(position)}</span>
        ),
    },
  ];
}

/** The audit log: who did what and when, newest first, with the state of the chain above it. */
export function AuditPage() {
  const { t } = useText();
  const [search, setSearch] = useAddress();
  const filters = auditFilters(search);
  const query = { ...filters, ...(search.cursor ? { cursor: search.cursor } : {}) };
  const list = useQuery({
    queryKey: ["audit", "events", query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => administration.auditEvents({ query }, { signal }),
  });
  const columns = useColumns(search, setSearch);
  const items = list.data?.items ?? [];
  const next = list.data?.next;
  return (
    <>
      <PageHeader title={t("audit.title")} lead={t("audit.lead")} />
      <div className={surfaces.stack}>
        <ChainCard />
        <AuditFilters search={search} onChange={setSearch} />
        <ListCard
          list={list}
          count={items.length}
          empty={
            <EmptyState icon="history" title={t("audit.none")}>
              {t("audit.none.hint")}
            </EmptyState>
          }
        >
          <Table caption={t("audit.title")} columns={columns} rows={items} rowId={(event) => event.id} />
          <nav className={tables.pages} aria-label={t("ui.pages")}>
            <span />
            <span className={tables.filters}>
              {search.cursor && (
                <Button small tone="quiet" onClick={() => setSearch(changeSearch(search, {}))}>
                  {t("audit.newest")}
                </Button>
              )}
              <Button small icon="next" disabled={!next} onClick={() => next && setSearch({ ...search, cursor: next })}>
                {t("audit.older")}
              </Button>
            </span>
          </nav>
        </ListCard>
      </div>
    </>
  );
}
