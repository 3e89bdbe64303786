import type { ComponentProps } from "react";
import styles from "./controls.module.css";
import { Field, type FieldProps } from "./Field.tsx";

type Native = Pick<
  ComponentProps<"input">,
  | "type"
  | "name"
  | "autoComplete"
  | "inputMode"
  | "maxLength"
  | "lang"
  | "placeholder"
  | "autoFocus"
  | "onBlur"
  | "list"
>;

/** One line of text. */
export function TextField({
  value,
  onChange,
  label,
  hint,
  problem,
  required,
  disabled,
  hideLabel,
  ...native
}: FieldProps & Native & { value: string; onChange: (value: string) => void }) {
  return (
    <Field {...{ label, hint, problem, required, disabled, hideLabel }}>
      {(attributes) => (
        <input
          {...native}
          {...attributes}
          className={styles.input}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
