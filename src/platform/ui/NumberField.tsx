import { useState } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import styles from "./controls.module.css";
import { Field, type FieldProps } from "./Field.tsx";
import { parseTypedNumber } from "./typed-values.ts";

/** A number typed in any of the region's digits; shown back in Latin digits. What cannot be read stays as typed. */
export function NumberField({
  value,
  onChange,
  integer,
  min,
  max,
  ...field
}: FieldProps & {
  value: number | null;
  onChange: (value: number | null) => void;
  integer?: boolean;
  min?: number;
  max?: number;
}) {
  const { t } = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : parseTypedNumber(typed, { integer, min, max });
  const problem = read && !read.ok ? t(read.key, read.params) : field.problem;
  return (
    <Field {...field} problem={problem}>
      {(attributes) => (
        <input
          {...attributes}
          data-unreadable={(read && !read.ok) || undefined}
          className={`${styles.input} numeric`}
          inputMode={integer ? "numeric" : "decimal"}
          autoComplete="off"
          value={typed ?? (value === null ? "" : String(value))}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = parseTypedNumber(event.target.value, { integer, min, max });
            if (next.ok) onChange(next.value);
          }}
          onBlur={() => {
            if (read?.ok) setTyped(null);
          }}
        />
      )}
    </Field>
  );
}
