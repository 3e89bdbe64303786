import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useText } from "../../i18n/I18nProvider.tsx";
import type { Search } from "../../ui/address.ts";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { DateField } from "../../ui/DateField.tsx";
import { changeSearch } from "../../ui/records/list-search.ts";
import surfaces from "../../ui/surfaces.module.css";
import { TextField } from "../../ui/TextField.tsx";
import styles from "./administration.module.css";
import { administration } from "./client.ts";
import { eventTitle } from "./event-title.ts";

const names = ["type", "country", "account", "subject", "from", "to"] as const;

/** What the address asks of the log; the country comes from the choice at the head of every page. */
export function auditFilters(search: Search): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (search[name] ? [[name, search[name]]] : [])));
}

/** Narrows the log by kind of event, person, record and day; what is chosen lives in the address. */
export function AuditFilters({ search, onChange }: { search: Search; onChange: (next: Search) => void }) {
  const text = useText();
  const { t, format } = text;
  const [subject, setSubject] = useState(search.subject ?? "");
  useEffect(() => setSubject(search.subject ?? ""), [search.subject]);
  const choices = useQuery({
    queryKey: ["audit", "choices"],
    queryFn: ({ signal }) => administration.auditChoices({}, { signal }),
  });
  const set = (changes: Search) => onChange(changeSearch(search, changes));
  const types = (choices.data?.types ?? [])
    .map((type) => ({ value: type, label: eventTitle(text, type) }))
    .toSorted((a, b) => format.compare(a.label, b.label));
  const accounts = (choices.data?.accounts ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const chosen = names.filter((name) => name !== "country" && search[name]);
  return (
    <search className={`${surfaces.card} ${surfaces.pad} ${styles.filters}`} aria-label={t("audit.filters")}>
      <Combobox
        label={t("audit.what")}
        options={types}
        value={search.type ?? ""}
        onChange={(type) => set({ type: type || undefined })}
      />
      <Combobox
        label={t("audit.who")}
        options={accounts}
        value={search.account ?? ""}
        onChange={(account) => set({ account: account || undefined })}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          set({ subject: subject.trim() || undefined });
        }}
      >
        <TextField
          label={t("audit.subject-filter")}
          hint={t("audit.subject-filter.hint")}
          value={subject}
          onBlur={() => {
            if (subject.trim() !== (search.subject ?? "")) set({ subject: subject.trim() || undefined });
          }}
          onChange={setSubject}
        />
      </form>
      {(["from", "to"] as const).map((end) => (
        <DateField
          key={`${end}${search[end] ?? ""}`}
          label={t(`ui.filters.${end}.label`)}
          value={search[end] ? { date: search[end], precision: "day" } : null}
          onChange={(date) => set({ [end]: date?.date })}
        />
      ))}
      {chosen.length > 0 && (
        <div>
          <Button small tone="quiet" onClick={() => set(Object.fromEntries(chosen.map((name) => [name, undefined])))}>
            {t("ui.filters.clear")}
          </Button>
        </div>
      )}
    </search>
  );
}
