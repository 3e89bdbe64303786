import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon.tsx";
import styles from "./surfaces.module.css";

/** What an empty page says: that it is empty, why, and what to do next. */
export function EmptyState(props: { icon?: IconName; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={styles.empty}>
      {props.icon && <Icon name={props.icon} />}
      <h2>{props.title}</h2>
      {props.children && <p>{props.children}</p>}
      {props.actions && <div className={styles.row}>{props.actions}</div>}
    </div>
  );
}
