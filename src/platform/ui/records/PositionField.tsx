import { useState } from "react";
import type { GeometryValue } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import styles from "../controls.module.css";
import { Field, type FieldProps } from "../Field.tsx";
import { parseTypedPoint } from "../typed-values.ts";

/** A point typed as latitude, longitude in WGS 84 degrees. Shapes are named and left as they are: they come from files. */
export function PositionField({
  value,
  onChange,
  ...field
}: FieldProps & { value: GeometryValue | null; onChange: (value: GeometryValue | null) => void }) {
  const { t } = useText();
  const [typed, setTyped] = useState<string | null>(null);
  if (value && value.type !== "Point") {
    return (
      <Field {...field} hint={t("ui.position.shape-hint")} disabled>
        {(attributes) => (
          <input {...attributes} className={styles.input} value={t(`ui.geometry.${value.type}`)} readOnly />
        )}
      </Field>
    );
  }
  const [longitude, latitude] = (value?.coordinates ?? []) as number[];
  const read = typed === null ? null : parseTypedPoint(typed);
  return (
    <Field
      {...field}
      hint={t("ui.position.hint")}
      problem={read && !read.ok ? t(read.key, read.params) : (field.problem ?? null)}
    >
      {(attributes) => (
        <input
          {...attributes}
          data-unreadable={(read && !read.ok) || undefined}
          className={`${styles.input} numeric`}
          autoComplete="off"
          value={typed ?? (value ? `${latitude}, ${longitude}` : "")}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = parseTypedPoint(event.target.value);
            if (next.ok) onChange(next.value);
          }}
        />
      )}
    </Field>
  );
}
