import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { Button } from "./Button.tsx";
import styles from "./dialog.module.css";
import { IconButton } from "./IconButton.tsx";

/** A short message at the foot of the page. */
export interface ToastMessage {
  text: string;
  /** Takes back what was just done. */
  undo?: () => void;
}

const ToastContext = createContext<(message: ToastMessage) => void>(() => {});

/** Shows a message that goes away by itself; one with an undo stays longer. */
export function useToast(): (message: ToastMessage) => void {
  return useContext(ToastContext);
}

/** Holds the messages and reads them out. A message under the pointer or with focus stays. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useText();
  const [toasts, setToasts] = useState<(ToastMessage & { id: number })[]>([]);
  const counter = useRef(0);
  const remove = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (message: ToastMessage) => {
      counter.current += 1;
      const id = counter.current;
      setToasts((all) => [...all.slice(-2), { ...message, id }]);
      const leave = () => {
        const element = document.querySelector(`[data-toast="${id}"]`);
        if (element?.matches(":hover, :focus-within")) setTimeout(leave, 2000);
        else remove(id);
      };
      setTimeout(leave, message.undo ? 10_000 : 6000);
    },
    [remove],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.toasts} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={styles.toast} data-toast={toast.id}>
            <span>{toast.text}</span>
            {toast.undo && (
              <Button
                small
                onClick={() => {
                  toast.undo?.();
                  remove(toast.id);
                }}
              >
                {t("ui.undo")}
              </Button>
            )}
            <IconButton icon="close" small label={t("ui.close")} onClick={() => remove(toast.id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
