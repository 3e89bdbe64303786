import { type ReactNode, useId } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import styles from "./controls.module.css";
import { Icon } from "./Icon.tsx";

/** What every form control takes. */
export interface FieldProps {
  label: string;
  hint?: string;
  /** What is wrong with the value, in words; shown beside the field and read with it. */
  problem?: string | null;
  required?: boolean;
  disabled?: boolean;
  /** Keep the label for screen readers only, where the place already says what it is. */
  hideLabel?: boolean;
}

/** The attributes that tie a control to its label, hint and problem. */
export interface ControlAttributes {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  required: boolean | undefined;
  disabled: boolean | undefined;
}

/** Lays out a label, a control, a hint and a problem, and ties them together for screen readers. */
export function Field(props: FieldProps & { children: (attributes: ControlAttributes) => ReactNode }) {
  const id = useId();
  const { t } = useText();
  const described = [props.hint && `${id}-hint`, props.problem && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={props.hideLabel ? "visually-hidden" : styles.label}>
        {props.label}
        {props.required && <span className={styles.hint}> {t("ui.required")}</span>}
      </label>
      {props.children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": props.problem ? true : undefined,
        required: props.required,
        disabled: props.disabled,
      })}
      {props.hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {props.hint}
        </p>
      )}
      {props.problem && (
        <p id={`${id}-problem`} className={styles.problem}>
          <Icon name="warning" />
          <span>{props.problem}</span>
        </p>
      )}
    </div>
  );
}
