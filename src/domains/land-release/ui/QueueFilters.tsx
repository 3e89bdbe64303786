import { useEffect, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import type { Search } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { usePhone } from "../../../platform/ui/use-media.ts";
import { reportStates, reportTypes } from "../model.ts";
import { queueSorts } from "../model-queue.ts";
import { pickers } from "./pickers.ts";
import { waits } from "./queue.ts";
import styles from "./reports.module.css";

/** The parts of the address that cut the list down. */
export const filterNames = ["state", "type", "organisation", "unit", "area", "task", "waiting", "q"] as const;

/** What the list of reports can be cut by; on a phone only the search is there until the others are asked for. */
export function QueueFilters(props: {
  search: Search;
  country: string | undefined;
  /** How many reports of the list there are in each state. */
  states: Readonly<Record<string, number>>;
  onChange: (changes: Search) => void;
}) {
  const text = useText();
  const { t } = text;
  const { search, country, onChange } = props;
  const phone = usePhone();
  const active = filterNames.filter((name) => name !== "q" && search[name]).length;
  const [unfolded, setUnfolded] = useState(false);
  const [words, setWords] = useState(search.q ?? "");
  useEffect(() => setWords(search.q ?? ""), [search.q]);
  const shown = !phone || unfolded;
  return (
    <search className={surfaces.stack}>
      <div className={styles.filters}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onChange({ q: words.trim() || undefined });
          }}
        >
          <TextField
            label={t("land-reports.search")}
            type="search"
            value={words}
            onChange={(value) => {
              setWords(value);
              if (value === "" && search.q) onChange({ q: undefined });
            }}
          />
        </form>
        {shown && (
          <>
            <Select
              label={t("land-reports.state")}
              empty={t("land-reports.any")}
              value={search.state ?? ""}
              onChange={(state) => onChange({ state: state || undefined })}
              options={reportStates
                .filter((state) => (props.states[state] ?? 0) > 0 || search.state === state)
                .map((value) => ({
                  value,
                  label: t("land-reports.view.count", {
                    view: text.code("report-state", value),
                    count: props.states[value] ?? 0,
                  }),
                }))}
            />
            <Select
              label={t("land-reports.type")}
              empty={t("land-reports.any")}
              value={search.type ?? ""}
              onChange={(type) => onChange({ type: type || undefined })}
              options={reportTypes.map((value) => ({ value, label: text.code("report-type", value) }))}
            />
            <Select
              label={t("land-reports.waiting")}
              empty={t("land-reports.any")}
              value={search.waiting ?? ""}
              onChange={(waiting) => onChange({ waiting: waiting || undefined })}
              options={waits.map((days) => ({ value: String(days), label: t("land-reports.waiting.days", { days }) }))}
            />
            {(["organisation", "unit", "area", "task"] as const).map((name) => (
              <RecordPicker
                key={name}
                label={t(`land-reports.field.${name}`)}
                field={pickers[name]}
                country={country}
                value={search[name] ?? ""}
                onChange={(value) => onChange({ [name]: value || undefined })}
              />
            ))}
            {phone && (
              <Select
                label={t("land-reports.sort")}
                empty={t("land-reports.sort.usual")}
                value={search.sort ?? ""}
                onChange={(sort) => onChange({ sort: sort || undefined })}
                options={queueSorts
                  .filter((sort) => !sort.includes("entered"))
                  .map((value) => ({ value, label: t(`land-reports.sort.${value}`) }))}
              />
            )}
          </>
        )}
      </div>
      {(phone || active > 0) && (
        <div className={surfaces.row}>
          {phone && (
            <Button small icon="filter" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
              {t("land-reports.filters", { count: active })}
            </Button>
          )}
          {active > 0 && (
            <Button
              small
              tone="quiet"
              onClick={() => onChange(Object.fromEntries(filterNames.map((name) => [name, undefined])))}
            >
              {t("ui.filters.clear")}
            </Button>
          )}
        </div>
      )}
    </search>
  );
}
