import type { ReactNode } from "react";
import styles from "./surfaces.module.css";

/** What happened one after the other, newest first. */
export function Timeline(props: { items: readonly { id: string | number; content: ReactNode }[] }) {
  return (
    <ol className={styles.timeline}>
      {props.items.map((item) => (
        <li key={item.id}>{item.content}</li>
      ))}
    </ol>
  );
}
