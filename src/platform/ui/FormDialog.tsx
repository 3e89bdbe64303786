import { type ReactNode, useId } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Form } from "./Form.tsx";
import type { IconName } from "./Icon.tsx";

/**
 * A dialog that asks for something and sends it: a form with its problem above the foot, and at the foot the way out and
 * the one button that sends.
 */
export function FormDialog(props: {
  title: string;
  onClose: () => void;
  /** What the button that sends says. */
  submit: string;
  tone?: "primary" | "danger";
  icon?: IconName;
  /** Nothing could be sent yet, and the form shows why. */
  disabled?: boolean;
  /** The request: while it is under way the button waits, and its problem is shown. */
  sending: { isPending: boolean; error: unknown };
  /** What was typed earlier and came back, and how it is dropped. */
  draft?: { restored: boolean; clear: () => void };
  /** Checks what was typed and sends it. */
  onSubmit: () => void;
  children: ReactNode;
}) {
  const { t } = useText();
  const form = useId();
  return (
    <Dialog
      open
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t("ui.cancel")}</Button>
          <Button
            type="submit"
            form={form}
            tone={props.tone ?? "primary"}
            icon={props.icon}
            busy={props.sending.isPending}
            disabled={props.disabled}
          >
            {props.submit}
          </Button>
        </>
      }
    >
      <Form id={form} problem={props.sending.error} draft={props.draft} onSubmit={props.onSubmit}>
        {props.children}
      </Form>
    </Dialog>
  );
}
