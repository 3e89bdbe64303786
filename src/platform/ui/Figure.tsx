import type { ReactNode } from "react";
import { AppLink } from "./AppLink.tsx";
import type { Search } from "./address.ts";
import styles from "./surfaces.module.css";

/** A number that opens the list of what it counts. Until it is known a dash stands in its place. */
export function Figure(props: { value: string | null; label: string; note?: ReactNode; to: string; search?: Search }) {
  return (
    <AppLink to={props.to} search={props.search} className={styles.figure}>
      <strong>{props.value ?? "–"}</strong>
      <span className={styles.figureLabel}>{props.label}</span>
      {props.note && <span className={`${styles.small} ${styles.muted}`}>{props.note}</span>}
    </AppLink>
  );
}
