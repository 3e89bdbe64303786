import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import styles from "./controls.module.css";

/** One tab: its name in the address, its label and what it shows. */
export interface TabEntry {
  id: string;
  label: string;
  /** How many things the tab holds. */
  count?: number;
  content: ReactNode;
}

/** Tabs after the ARIA pattern: arrow keys move and choose; only the chosen panel is in the page. */
export function Tabs(props: {
  label: string;
  tabs: readonly TabEntry[];
  value: string;
  onChange: (id: string) => void;
}) {
  const { format } = useText();
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const index = Math.max(
    0,
    props.tabs.findIndex((tab) => tab.id === props.value),
  );
  const current = props.tabs[index];
  const move = (event: KeyboardEvent) => {
    const count = props.tabs.length;
    const next = { ArrowRight: (index + 1) % count, ArrowLeft: (index - 1 + count) % count, Home: 0, End: count - 1 }[
      event.key
    ];
    const tab = next === undefined ? undefined : props.tabs[next];
    if (next === undefined || !tab) return;
    event.preventDefault();
    props.onChange(tab.id);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div>
      <div ref={list} role="tablist" aria-label={props.label} className={styles.tabs}>
        {props.tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}`}
            aria-selected={tab.id === current?.id}
            aria-controls={`${base}-panel`}
            tabIndex={tab.id === current?.id ? 0 : -1}
            className={styles.tab}
            onClick={() => props.onChange(tab.id)}
            onKeyDown={move}
          >
            {tab.label}
            {tab.count !== undefined && <span className={styles.count}>{format.number(tab.count)}</span>}
          </button>
        ))}
      </div>
      {current && (
        <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${current.id}`}>
          {current.content}
        </div>
      )}
    </div>
  );
}
