import { useState } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import styles from "./controls.module.css";
import { Field, type FieldProps } from "./Field.tsx";
import { formatPartialDate, type PartialDate, parsePartialDate } from "./typed-values.ts";

/**
 * A date typed as `yyyy-mm-dd`; with `partial`, a month or a year alone is enough. The spelled date stands below,
 * so that a slip is seen at once.
 */
export function DateField({
  value,
  onChange,
  partial,
  ...field
}: FieldProps & {
  value: PartialDate | null;
  onChange: (value: PartialDate | null) => void;
  partial?: boolean;
}) {
  const { t, format } = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : parsePartialDate(typed);
  const incomplete = read?.ok && read.value && !partial && read.value.precision !== "day";
  const problem = read && !read.ok ? t(read.key, read.params) : incomplete ? t("ui.date.day-needed") : field.problem;
  const shown = read?.ok ? read.value : value;
  const spelled = shown && !problem ? format.date(shown.date, shown.precision) : undefined;
  return (
    <Field
      {...field}
      problem={problem}
      hint={spelled ?? field.hint ?? t(partial ? "ui.date.partial-hint" : "ui.date.hint")}
    >
      {(attributes) => (
        <input
          {...attributes}
          data-unreadable={(read && !read.ok) || incomplete || undefined}
          className={`${styles.input} numeric`}
          inputMode="numeric"
          autoComplete="off"
          value={typed ?? formatPartialDate(value)}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = parsePartialDate(event.target.value);
            if (next.ok && (partial || next.value === null || next.value.precision === "day")) onChange(next.value);
          }}
          onBlur={() => {
            if (read?.ok && !incomplete) setTyped(null);
          }}
        />
      )}
    </Field>
  );
}
