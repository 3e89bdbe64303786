import { type ReactNode, useEffect, useRef } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { Button } from "./Button.tsx";
import styles from "./controls.module.css";
import { ProblemNotice } from "./ErrorState.tsx";
import layout from "./surfaces.module.css";

/**
 * A form that never loses what was typed: a field that cannot be read yet stops the sending and gets the focus; `draft` says when earlier work came back and offers to drop it; a refused
 * request shows its problem above the buttons and moves focus to the first field that is wrong.
 */
export function Form(props: {
  id?: string;
  onSubmit: () => void;
  problem?: unknown;
  draft?: { restored: boolean; clear: () => void };
  children: ReactNode;
}) {
  const { t } = useText();
  const form = useRef<HTMLFormElement>(null);
  const { problem } = props;
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problem]);
  return (
    <form
      ref={form}
      id={props.id}
      noValidate
      className={styles.group}
      onSubmit={(event) => {
        event.preventDefault();
        // What stands in such a field is not in the values yet; sending now would drop it unseen.
        const unreadable = form.current?.querySelector<HTMLElement>("[data-unreadable]");
        if (unreadable) unreadable.focus();
        else props.onSubmit();
      }}
    >
      {props.draft?.restored && (
        <div className={layout.row}>
          <p className={styles.hint}>{t("ui.draft.restored")}</p>
          <Button small tone="quiet" onClick={props.draft.clear}>
            {t("ui.draft.drop")}
          </Button>
        </div>
      )}
      {props.children}
      {problem !== undefined && problem !== null && <ProblemNotice problem={problem} />}
    </form>
  );
}
