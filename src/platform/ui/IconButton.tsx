import type { ComponentProps } from "react";
import { classes } from "./classes.ts";
import styles from "./controls.module.css";
import { Icon, type IconName } from "./Icon.tsx";

/** A button that shows only an icon; `label` is its accessible name and its tooltip. */
export function IconButton({
  icon,
  label,
  small,
  className,
  ...rest
}: Omit<ComponentProps<"button">, "children"> & { icon: IconName; label: string; small?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={classes(styles.button, styles.quiet, styles.icon, small && styles.small, className)}
    >
      <Icon name={icon} />
    </button>
  );
}
