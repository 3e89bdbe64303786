import type { ComponentProps } from "react";
import { classes } from "./classes.ts";
import styles from "./controls.module.css";
import { Icon, type IconName } from "./Icon.tsx";

/** How much a button asks for attention: at most one `primary` on a screen; a `link` stands in running text and tables. */
export type ButtonTone = "plain" | "primary" | "danger" | "quiet" | "link";

/** The classes of a button, for links that look like one. */
export function buttonClass(tone: ButtonTone = "plain", small = false): string {
  return classes(styles.button, tone !== "plain" && styles[tone], small && styles.small);
}

/** A button with words. While `busy` it stays in place, says so to screen readers and ignores presses. */
export function Button({
  tone,
  small,
  icon,
  busy,
  children,
  className,
  onClick,
  ...rest
}: ComponentProps<"button"> & { tone?: ButtonTone; small?: boolean; icon?: IconName; busy?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(buttonClass(tone, small), className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}
