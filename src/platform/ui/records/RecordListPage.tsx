import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { routeUrl } from "../../contract/client.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { AppLink } from "../AppLink.tsx";
import { type Search, useAddress, useKeptState } from "../address.ts";
import { Button, buttonClass } from "../Button.tsx";
import { Checkbox } from "../Checkbox.tsx";
import { EmptyState } from "../EmptyState.tsx";
import { FilterBar } from "../FilterBar.tsx";
import { Icon } from "../Icon.tsx";
import { ListCard } from "../ListCard.tsx";
import { Menu, menuItemClass } from "../Menu.tsx";
import { PageHeader } from "../PageHeader.tsx";
import { Pagination } from "../Pagination.tsx";
import surfaces from "../surfaces.module.css";
import { type Column, Table } from "../Table.tsx";
import styles from "../table.module.css";
import { usePhone } from "../use-media.ts";
import { CountsStrip } from "./CountsStrip.tsx";
import { FieldValue } from "./FieldValue.tsx";
import { changeSearch, filterPart, listQueryOf, listSearch } from "./list-search.ts";
import { useCountryName, useRecords } from "./records-context.ts";
import { clientOf, type RecordItem, type RecordSection, recordPath, recordTitle, showsPlaces } from "./section.ts";

/** The most records on a page of a phone, where each is a card. */
const phoneRows = 20;
const exportFormats = ["csv", "xlsx", "geojson", "gpkg"] as const;

/** The columns that a list shows: those in the address, else the type's default columns. */
export function shownColumns(section: RecordSection, search: Search): string[] {
  const chosen = search.columns?.split(",").filter((name) => section.type.fields[name]);
  if (chosen && chosen.length > 0) return chosen;
  return Object.entries(section.type.fields)
    .filter(([, field]) => field.column)
    .map(([name]) => name);
}

function useColumns(section: RecordSection, names: readonly string[], showCountry: boolean): Column<RecordItem>[] {
  const text = useText();
  const { type } = section;
  const all = showCountry && !names.includes("country") ? [...names.slice(0, 1), "country", ...names.slice(1)] : names;
  return all.flatMap((name, index) => {
    const field = type.fields[name];
    if (!field) return [];
    return {
      id: name,
      label: text.field(type.name, name),
      numeric: field.kind === "integer" || field.kind === "number",
      sortable: ["text", "integer", "number", "date", "timestamp", "code", "country"].includes(field.kind),
      empty: (record: RecordItem) =>
        (record[name] === null || record[name] === undefined) && !record.withheld?.includes(name),
      cell: (record: RecordItem) =>
        index === 0 ? (
          <AppLink to={recordPath(section, record)}>
            {String(record[type.titleField] ?? recordTitle(section, record, text))}
          </AppLink>
        ) : (
          <FieldValue type={type} name={name} record={record} tones={section.tones?.[name]} />
        ),
    };
  });
}

function ColumnChoice({
  section,
  names,
  search,
  onChange,
}: {
  section: RecordSection;
  names: string[];
  search: Search;
  onChange: (next: Search) => void;
}) {
  const text = useText();
  return (
    <Menu icon="columns" quiet small stay label={text.t("ui.columns")}>
      <div className={styles.popupBody}>
        {Object.entries(section.type.fields)
          .filter(([name, field]) => name !== section.type.titleField && field.kind !== "geometry" && name !== "id")
          .map(([name]) => (
            <Checkbox
              key={name}
              label={text.field(section.type.name, name)}
              checked={names.includes(name)}
              onChange={(checked) => {
                const next = checked ? [...names, name] : names.filter((other) => other !== name);
                onChange({ ...search, columns: next.join(",") });
              }}
            />
          ))}
      </div>
    </Menu>
  );
}

/** The list of one record type: counts, filters, table or cards, paging and export; its address is a saved view. */
export function RecordListPage({ section }: { section: RecordSection }) {
  const text = useText();
  const { t } = text;
  const { type } = section;
  const [address, setSearch] = useAddress();
  const search = listSearch(type, address);
  const countryName = useCountryName();
  const kept = useKeptState().cursors;
  const trail = Array.isArray(kept) ? (kept as string[]) : [];
  const { home, listRows, clearance } = useRecords();
  const phone = usePhone();
  const query: Record<string, string | number> & { sort?: string } = {
    ...listQueryOf(type, search),
    // On wider screens the server knows how many rows the country or the node wants.
    ...(phone && listRows > phoneRows ? { limit: phoneRows } : {}),
  };
  const list = useQuery({
    queryKey: ["list", type.name, query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => clientOf(section).list({ query: query as never }, { signal }),
  });
  const names = shownColumns(section, search);
  const items = (list.data?.items ?? []) as RecordItem[];
  const allAtHome = home !== null && items.every(({ country }) => country === home);
  const columns = useColumns(section, names, !search.country && !allAtHome);
  const total = list.data?.total ?? 0;
  const page = Number(search.page ?? "1");
  const next = list.data?.next ?? null;
  // Every page but the last is full, and the last one ends with the last record.
  const before = next ? (page - 1) * items.length : total - items.length;
  const filtered = Object.keys(filterPart(search)).length > 0;
  const exportQuery = { ...listQueryOf(type, search) };
  const records = t(`records.${type.name}`);

  const goTo = (cursor: string | undefined, to: number, cursors: string[]) =>
    setSearch({ ...search, cursor, page: to > 1 ? String(to) : undefined }, { state: { cursors } });

  return (
    <>
      <PageHeader
        title={records}
        lead={
          list.data ? (
            <span aria-live="polite">
              {t("ui.list.total", { count: total })}
              {search.country ? ` · ${countryName(search.country)}` : ""}
            </span>
          ) : undefined
        }
        actions={
          <>
            {showsPlaces(section, clearance) && (
              <AppLink to="/map" search={{ ...filterPart(search), layer: type.name }} className={buttonClass()}>
                <Icon name="map" />
                <span>{t("ui.list.on-map")}</span>
              </AppLink>
            )}
            <Menu icon="export" label={t("ui.export")}>
              {exportFormats.map((format) => (
                <a
                  key={format}
                  className={menuItemClass}
                  download
                  href={routeUrl(section.routes.export, {}, { ...exportQuery, format })}
                >
                  {t(`ui.export.${format}`)}
                </a>
              ))}
            </Menu>
          </>
        }
      />
      <div className={surfaces.stack}>
        <CountsStrip section={section} search={search} />
        <FilterBar
          type={type}
          codeLists={section.codeLists}
          country={search.country}
          search={search}
          onChange={setSearch}
        >
          <ColumnChoice section={section} names={names} search={search} onChange={setSearch} />
        </FilterBar>
        <ListCard
          list={list}
          count={items.length}
          empty={
            <EmptyState
              icon={section.icon}
              title={t(filtered ? "ui.list.none-match" : "ui.list.none", { records })}
              actions={
                filtered && (
                  <Button
                    onClick={() =>
                      setSearch(
                        changeSearch(
                          search,
                          Object.fromEntries(Object.keys(filterPart(search)).map((name) => [name, undefined])),
                        ),
                      )
                    }
                  >
                    {t("ui.filters.clear")}
                  </Button>
                )
              }
            >
              {t(filtered ? "ui.list.none-match.hint" : "ui.list.none.hint")}
            </EmptyState>
          }
        >
          <Table
            caption={records}
            columns={columns}
            rows={items}
            rowId={(record) => record.id}
            sort={query.sort}
            onSort={(sort) => setSearch(changeSearch(search, { sort }))}
          />
          <Pagination
            from={before + 1}
            to={before + items.length}
            total={total}
            onFirst={page > 1 ? () => goTo(undefined, 1, []) : undefined}
            onPrevious={
              page > 1 && trail.length >= page - 2
                ? () => goTo(trail[page - 3], page - 1, trail.slice(0, Math.max(0, page - 3)))
                : undefined
            }
            onNext={next ? () => goTo(next, page + 1, search.cursor ? [...trail, search.cursor] : []) : undefined}
          />
        </ListCard>
      </div>
    </>
  );
}
