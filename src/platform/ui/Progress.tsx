import { useId } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { Button } from "./Button.tsx";
import styles from "./surfaces.module.css";

/** How far a long task is, from 0 to 1 (null while unknown), with a way to stop it. */
export function Progress(props: { label: string; value: number | null; detail?: string; onCancel?: () => void }) {
  const { t, format } = useText();
  const id = useId();
  return (
    <div className={styles.progress}>
      <div className={`${styles.row} ${styles.spread}`}>
        <label htmlFor={id}>{props.label}</label>
        <span className={styles.muted}>
          {props.detail ?? (props.value === null ? "" : format.percent(props.value))}
        </span>
      </div>
      <progress id={id} max={1} value={props.value ?? undefined} />
      {props.onCancel && (
        <div>
          <Button small onClick={props.onCancel}>
            {t("ui.cancel")}
          </Button>
        </div>
      )}
    </div>
  );
}
