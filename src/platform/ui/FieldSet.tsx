import { type ReactNode, useId } from "react";
import styles from "./controls.module.css";
import { Icon } from "./Icon.tsx";

/** Fields that belong together, with a heading and, when something is wrong with the group, the problem beside it. */
export function FieldSet(props: { legend: string; hint?: string; problem?: string | null; children: ReactNode }) {
  const id = useId();
  const described = [props.hint && `${id}-hint`, props.problem && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <fieldset aria-describedby={described || undefined}>
      <legend className={styles.legend}>{props.legend}</legend>
      {props.hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {props.hint}
        </p>
      )}
      <div className={styles.group}>{props.children}</div>
      {props.problem && (
        <p id={`${id}-problem`} className={styles.problem}>
          <Icon name="warning" />
          <span>{props.problem}</span>
        </p>
      )}
    </fieldset>
  );
}
