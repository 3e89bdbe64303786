import styles from "./controls.module.css";
import { Field, type FieldProps } from "./Field.tsx";

/** A value and its label. */
export interface Option {
  value: string;
  label: string;
}

/**
 * A choice from a short list: the browser's own control, which phones and screen readers know best.
 * @see Combobox for long lists
 */
export function Select({
  value,
  onChange,
  options,
  empty,
  ...field
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  options: readonly Option[];
  /** The label of "no choice"; leave out when a choice must be made. */
  empty?: string;
}) {
  return (
    <Field {...field}>
      {(attributes) => (
        <select
          {...attributes}
          className={styles.input}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {empty !== undefined && <option value="">{empty}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
