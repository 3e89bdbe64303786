import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./status-tag.module.css";

/** What a status means at a glance. The pattern says it again for those who do not see the colour. */
export interface Tone {
  tone: "neutral" | "info" | "good" | "warn" | "bad";
  pattern?: "solid" | "stripes" | "dots" | "hollow" | "half";
}

/** A short label with a coloured, patterned swatch; without a pattern it is a plain badge. */
export function StatusTag({ tone, pattern, children }: Tone & { children: ReactNode }) {
  return (
    <span data-tag className={classes(styles.tag, styles[tone])}>
      {pattern && <span aria-hidden="true" className={classes(styles.swatch, styles[pattern])} />}
      <span>{children}</span>
    </span>
  );
}
