import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { buttonClass } from "./Button.tsx";
import { classes } from "./classes.ts";
import styles from "./controls.module.css";
import { DialogContainer } from "./dialog-container.ts";
import { Icon, type IconName } from "./Icon.tsx";

/** The class of an entry in a menu, for links and buttons. */
export const menuItemClass = styles.option;

/** Moves a list that would reach beyond the window's edge back inside. */
function keepInside(list: HTMLElement) {
  list.style.translate = "";
  const { left, right } = list.getBoundingClientRect();
  const edge = document.documentElement.clientWidth - 8;
  const shift = right > edge ? edge - right : left < 8 ? 8 - left : 0;
  list.style.translate = `${shift}px`;
}

/**
 * A button that shows a short list of links, buttons or checkboxes. The entries are ordinary controls in the tab order;
 * arrow keys move between them, Escape and a press outside close the list.
 */
export function Menu(props: {
  label: string;
  icon?: IconName;
  /** Show the icon only; the label stays the accessible name. */
  iconOnly?: boolean;
  quiet?: boolean;
  small?: boolean;
  /** Align the list with the start of the button instead of its end. */
  start?: boolean;
  /** Keep the list open after a press, as for checkboxes. */
  stay?: boolean;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    if (popup.current) keepInside(popup.current);
    popup.current?.querySelector<HTMLElement>("a, button, input")?.focus();
    const outside = (event: Event) => {
      if (!element?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open, element]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1, Home: 0, End: 0 }[event.key];
    if (step === undefined) return;
    const entries = [...(popup.current?.querySelectorAll<HTMLElement>("a, button, input") ?? [])];
    if (entries.length === 0) return;
    event.preventDefault();
    const current = entries.indexOf(document.activeElement as HTMLElement);
    const next =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? entries.length - 1
          : (current + step + entries.length) % entries.length;
    entries[next]?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the controls inside; the wrapper only hears them.
    <div ref={setElement} className={styles.menu} onKeyDown={open ? onKeyDown : undefined}>
      <button
        ref={button}
        type="button"
        className={classes(buttonClass(props.quiet ? "quiet" : "plain", props.small), props.iconOnly && styles.icon)}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={props.iconOnly ? props.label : undefined}
        title={props.iconOnly ? props.label : undefined}
        onClick={() => setOpen(!open)}
      >
        {props.icon && <Icon name={props.icon} />}
        {!props.iconOnly && <span>{props.label}</span>}
        {!props.iconOnly && <Icon name="down" />}
      </button>
      {open && (
        // biome-ignore lint/a11y/noStaticElementInteractions: closing after a press on an entry is a convenience of the list.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the entries themselves answer the keys.
        <div
          ref={popup}
          id={id}
          className={classes(styles.popup, props.start && styles.start)}
          onClick={props.stay ? undefined : () => setOpen(false)}
        >
          <DialogContainer value={element}>{props.children}</DialogContainer>
        </div>
      )}
    </div>
  );
}
