import styles from "./controls.module.css";
import { Field, type FieldProps } from "./Field.tsx";

/** Several lines of text. */
export function TextArea({
  value,
  onChange,
  maxLength,
  rows = 4,
  ...field
}: FieldProps & { value: string; onChange: (value: string) => void; maxLength?: number; rows?: number }) {
  return (
    <Field {...field}>
      {(attributes) => (
        <textarea
          {...attributes}
          className={styles.input}
          rows={rows}
          maxLength={maxLength}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
