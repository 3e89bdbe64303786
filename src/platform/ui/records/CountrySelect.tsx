import type { ComponentProps } from "react";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Select } from "../Select.tsx";
import { useRecords } from "./records-context.ts";

/** The choice of a country of the node, in the order of their names in the reader's language. */
export function CountrySelect({
  label,
  ...props
}: Omit<ComponentProps<typeof Select>, "options" | "label"> & { label?: string }) {
  const text = useText();
  const { countries } = useRecords();
  const options = [...countries]
    .map(([value, names]) => ({ value, label: text.name(names) || value }))
    .sort((a, b) => a.label.localeCompare(b.label, text.language));
  return <Select label={label ?? text.t("field.country")} {...props} options={options} />;
}
