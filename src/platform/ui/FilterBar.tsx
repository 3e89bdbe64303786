import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import type { Field } from "../contract/fields.ts";
import type { RecordType } from "../contract/record-type.ts";
import { useText } from "../i18n/I18nProvider.tsx";
import type { Search } from "./address.ts";
import { Button } from "./Button.tsx";
import { Checkbox } from "./Checkbox.tsx";
import { DateField } from "./DateField.tsx";
import { Icon } from "./Icon.tsx";
import { Menu } from "./Menu.tsx";
import { changeSearch, filterField, filterValues, toggleFilter } from "./records/list-search.ts";
import { useRecordTitle, useTarget } from "./records/records-context.ts";
import { Skeleton } from "./Skeleton.tsx";
import { TextField } from "./TextField.tsx";
import styles from "./table.module.css";
import { usePhone } from "./use-media.ts";

const RecordPicker = lazy(() => import("./records/RecordPicker.tsx").then((m) => ({ default: m.RecordPicker })));

interface FilterProps {
  type: RecordType;
  codeLists: Readonly<Record<string, readonly string[]>>;
  country: string | undefined;
  search: Search;
  onChange: (search: Search) => void;
}

/** Offers every filterable field of a record type; what is chosen lives in the address and stands below as chips. */
export function FilterBar(props: FilterProps & { children?: ReactNode }) {
  const { t, field: label } = useText();
  const offered = Object.entries(props.type.fields).filter(
    ([name, field]) => field.filter && name !== "country" && controlled(field, props.codeLists),
  );
  const phone = usePhone();
  const [unfolded, setUnfolded] = useState(false);
  const shown = !phone || unfolded ? offered : [];
  return (
    <search className={styles.chart}>
      <div className={styles.filters}>
        <SearchBox {...props} />
        {phone && (
          <Button small icon="filter" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            {t("ui.filters")}
          </Button>
        )}
        {shown.map(([name, field]) => (
          <Menu key={name} start stay quiet small label={label(props.type.name, name)}>
            <div className={styles.popupBody}>
              <FilterControl {...props} name={name} field={field} />
            </div>
          </Menu>
        ))}
        {(!phone || unfolded) && props.children}
      </div>
      <ActiveFilters {...props} />
      <p className="visually-hidden">{t("ui.filters.hint")}</p>
    </search>
  );
}

/** Free texts and internal marks are filtered through the search box or by links, not by a control of their own. */
function controlled(field: Field, codeLists: FilterProps["codeLists"]): boolean {
  if (field.kind === "code" || field.kind === "codes") return codeLists[field.list ?? ""] !== undefined;
  return ["date", "unit", "organisation", "integer"].includes(field.kind);
}

function SearchBox({ search, onChange, type }: FilterProps) {
  const { t } = useText();
  const [words, setWords] = useState(search.q ?? "");
  useEffect(() => setWords(search.q ?? ""), [search.q]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange(changeSearch(search, { q: words.trim() || undefined }));
      }}
    >
      <TextField
        label={t("ui.search.label", { records: t(`records.${type.name}`) })}
        hideLabel
        type="search"
        placeholder={t("ui.search.placeholder")}
        value={words}
        onChange={(value) => {
          setWords(value);
          if (value === "" && search.q) onChange(changeSearch(search, { q: undefined }));
        }}
      />
    </form>
  );
}

function FilterControl(props: FilterProps & { name: string; field: Field }) {
  const text = useText();
  const { name, field, search, onChange } = props;
  const label = text.field(props.type.name, name);
  const set = (key: string, value: string | undefined) => onChange(changeSearch(search, { [key]: value }));
  if (field.kind === "code" || field.kind === "codes") {
    const list = field.list ?? "";
    const chosen = filterValues(search, name);
    return (props.codeLists[list] ?? []).map((value) => (
      <Checkbox
        key={value}
        label={text.code(list, value)}
        checked={chosen.includes(value)}
        onChange={() => onChange(toggleFilter(search, name, value))}
      />
    ));
  }
  if (field.kind === "date") {
    return (["from", "to"] as const).map((end) => {
      const value = search[`filter.${name}.${end}`];
      return (
        <DateField
          key={end}
          label={text.t(`ui.filters.${end}.label`)}
          value={value ? { date: value, precision: "day" } : null}
          onChange={(date) => set(`filter.${name}.${end}`, date?.date)}
        />
      );
    });
  }
  if (field.kind === "integer") {
    return (
      <TextField
        label={label}
        inputMode="numeric"
        value={search[`filter.${name}`] ?? ""}
        onChange={(value) => set(`filter.${name}`, value.replace(/[^\d,]/g, "") || undefined)}
      />
    );
  }
  return (
    <Suspense fallback={<Skeleton lines={1} />}>
      <RecordPicker
        label={label}
        field={field}
        country={props.country}
        value={search[`filter.${name}`] ?? ""}
        onChange={(value) => set(`filter.${name}`, value || undefined)}
      />
    </Suspense>
  );
}

function ActiveFilters({ type, search, country, onChange }: FilterProps) {
  const text = useText();
  const active = Object.entries(search).filter(([key, value]) => value && (filterField(key) || key === "bbox"));
  if (active.length === 0) return null;
  return (
    <ul className={styles.filters} aria-label={text.t("ui.filters.active")}>
      {active.map(([key, value]) => {
        const part = filterField(key);
        const field = part ? type.fields[part.field] : undefined;
        const label = part ? text.field(type.name, part.field) : text.t("ui.filters.map-view");
        return (
          <li key={key}>
            <button
              type="button"
              className={styles.chip}
              title={text.t("ui.filters.remove")}
              onClick={() => onChange(changeSearch(search, { [key]: undefined }))}
            >
              <span>
                {label}
                {part && field && (
                  <>
                    {": "}
                    {part.end ? `${text.t(`ui.filters.${part.end}`)} ` : ""}
                    <ChipValue field={field} value={value ?? ""} country={country} />
                  </>
                )}
              </span>
              <Icon name="close" />
              <span className="visually-hidden">{text.t("ui.filters.remove")}</span>
            </button>
          </li>
        );
      })}
      <li>
        <Button
          small
          tone="quiet"
          onClick={() => onChange(changeSearch(search, Object.fromEntries(active.map(([key]) => [key, undefined]))))}
        >
          {text.t("ui.filters.clear")}
        </Button>
      </li>
    </ul>
  );
}

function ChipValue({ field, value, country }: { field: Field; value: string; country: string | undefined }) {
  const text = useText();
  const target = useTarget(field);
  const { title } = useRecordTitle(target, country ?? "", target && country ? value : null);
  if (field.list)
    return text.format.list(
      value.split(",").map((code) => (code === "-" ? text.t("ui.not-recorded") : text.code(field.list ?? "", code))),
    );
  if (field.kind === "date") return text.format.date(value);
  return title ?? value;
}
