import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { classes } from "./classes.ts";
import styles from "./dialog.module.css";
import { DialogContainer } from "./dialog-container.ts";
import { IconButton } from "./IconButton.tsx";

/**
 * A modal window on the browser's own `<dialog>`: focus stays inside, Escape closes it, and focus returns to where it
 * came from. As a `drawer` it stands at the edge and fills the height.
 */
export function Dialog(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Buttons at the foot. */
  actions?: ReactNode;
  drawer?: boolean;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  const titleId = useId();
  const { t } = useText();
  const { open } = props;
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog || !open) return;
    if (!dialog.open) dialog.showModal();
    setElement(dialog);
    // Closed while it still stands in the page: a dialog that is only taken out of it gives the focus to nobody.
    return () => dialog.close();
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={ref}
      className={classes(styles.dialog, props.drawer && styles.drawer)}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <DialogContainer value={element}>
        <div className={styles.dialogInner}>
          <div className={styles.dialogHead}>
            <h2 id={titleId}>{props.title}</h2>
            <IconButton icon="close" label={t("ui.close")} onClick={props.onClose} />
          </div>
          <div className={styles.dialogBody}>{props.children}</div>
          {props.actions && <div className={styles.dialogFoot}>{props.actions}</div>}
        </div>
      </DialogContainer>
    </dialog>
  );
}
