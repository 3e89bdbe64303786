import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useOwnSession } from "../../../platform/access/ui/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { ListCard } from "../../../platform/ui/ListCard.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { useCountryName, useRecords } from "../../../platform/ui/records/records-context.ts";
import { clientOf } from "../../../platform/ui/records/section.ts";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Table } from "../../../platform/ui/Table.tsx";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { study } from "../contract.ts";
import { type Item, nameOf, type References, studySection } from "./client.ts";
import { boardPath, studyPath } from "./index.ts";
import styles from "./studies.module.css";

/** Studies, the newest first, with the way to a new one for who writes them. */
export function StudiesPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const { home } = useRecords();
  const countryName = useCountryName();
  const session = useOwnSession();
  const country = search.country ?? home ?? undefined;
  const query = { sort: "-startedOn", ...(country ? { country } : {}), ...(search.q ? { q: search.q } : {}) };
  const list = useInfiniteQuery({
    queryKey: ["studies", "list", query],
    placeholderData: keepPreviousData,
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      clientOf(studySection).list({ query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, { signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = list.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items as unknown as Item[]);
  const references = Object.assign({}, ...pages.map((page) => page.references)) as References;
  const newStudy = session.data?.rights.includes("studies.write") && (
    <AppLink to="/studies/new" className={buttonClass("primary")}>
      <Icon name="add" />
      <span>{t("studies.new")}</span>
    </AppLink>
  );
  return (
    <>
      <PageHeader
        title={t("records.studies.study")}
        lead={t("studies.list.lead")}
        actions={
          <>
            <AppLink to={boardPath} className={buttonClass()}>
              <Icon name="columns" />
              <span>{t("studies.board.title")}</span>
            </AppLink>
            {newStudy}
          </>
        }
      />
      <div className={surfaces.stack}>
        <search className={surfaces.narrow}>
          <TextField
            label={t("ui.search.label", { records: t("records.studies.study") })}
            value={search.q ?? ""}
            onChange={(q) => setSearch(changeSearch(search, { q: q || undefined }), { replace: true })}
          />
        </search>
        <ListCard
          list={list}
          count={items.length}
          empty={
            <EmptyState
              icon="file"
              title={t(search.q ? "ui.list.none-match" : "studies.list.none")}
              actions={newStudy || undefined}
            >
              {t(search.q ? "ui.list.none-match.hint" : "studies.list.none.hint")}
            </EmptyState>
          }
        >
          <Table<Item>
            caption={t("records.studies.study")}
            rows={items}
            rowId={(item) => item.id}
            columns={[
              {
                id: "names",
                label: text.field(study.name, "names"),
                cell: (item) => (
                  <AppLink to={studyPath(item)} className={styles.title}>
                    {text.name(item.names) || String(item.code)}
                  </AppLink>
                ),
              },
              { id: "country", label: text.field(study.name, "country"), cell: (item) => countryName(item.country) },
              {
                id: "programme",
                label: text.field(study.name, "programme"),
                cell: (item) => String(item.programme),
                empty: (item) => !item.programme,
              },
              {
                id: "lead",
                label: text.field(study.name, "lead"),
                cell: (item) => nameOf(text, references, item.lead),
                empty: (item) => nameOf(text, references, item.lead) === "",
              },
              {
                id: "startedOn",
                label: text.field(study.name, "startedOn"),
                cell: (item) => format.date(String(item.startedOn)),
                empty: (item) => !item.startedOn,
              },
              {
                id: "publishedOn",
                label: text.field(study.name, "publishedOn"),
                cell: (item) =>
                  typeof item.publishedOn === "string" ? (
                    format.date(item.publishedOn)
                  ) : (
                    <StatusTag tone="neutral">{t("studies.unpublished")}</StatusTag>
                  ),
              },
            ]}
          />
        </ListCard>
      </div>
    </>
  );
}
