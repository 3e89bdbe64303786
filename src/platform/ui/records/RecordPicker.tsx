import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { Field } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Combobox } from "../Combobox.tsx";
import type { FieldProps } from "../Field.tsx";
import { useRecordTitle, useTarget } from "./records-context.ts";
import { clientOf, type RecordItem, recordTitle } from "./section.ts";

/** Picks the record that a unit, organisation or record field points to; the server searches while one types. */
export function RecordPicker({
  field,
  country,
  value,
  onChange,
  ...rest
}: FieldProps & { field: Field; country: string | undefined; value: string; onChange: (id: string) => void }) {
  const text = useText();
  const section = useTarget(field);
  const [typed, setTyped] = useState("");
  const words = useDeferredValue(typed.trim());
  const current = useRecordTitle(section, country ?? "", value || null);
  const found = useQuery({
    queryKey: ["pick", section?.type.name, country, words],
    enabled: section !== undefined,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      if (!section) throw new Error("nothing to pick from");
      const query = { limit: 20, ...(country ? { country } : {}), ...(words ? { q: words } : {}) };
      return clientOf(section).list({ query: query as never }, { signal });
    },
  });
  const options = ((found.data?.items ?? []) as RecordItem[]).map((record) => {
    const title = section ? recordTitle(section, record, text) : record.id;
    const code = section ? record[section.type.titleField] : undefined;
    return { value: record.id, label: typeof code === "string" && code !== title ? `${title} (${code})` : title };
  });
  if (value && current.title && !options.some((option) => option.value === value))
    options.unshift({ value, label: current.title });
  return <Combobox {...rest} value={value} onChange={onChange} options={options} onSearch={setTyped} />;
}
