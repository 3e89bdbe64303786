import { useId, useRef, useState } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { buttonClass } from "./Button.tsx";
import { classes } from "./classes.ts";
import styles from "./controls.module.css";
import { Icon } from "./Icon.tsx";

/** A place to drop files on, or to pick them with a button; one control for the keyboard. */
export function FileDrop(props: {
  label: string;
  hint?: string;
  /** As in `<input accept>`. */
  accept?: string;
  multiple?: boolean;
  onFiles: (files: File[]) => void;
}) {
  const { t } = useText();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (files.length > 0) props.onFiles(props.multiple ? files : files.slice(0, 1));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra for the pointer; the input inside serves the keyboard.
    <div
      className={classes(styles.drop, over && styles.dropping)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <Icon name="import" />
      <strong>{props.label}</strong>
      {props.hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {props.hint}
        </p>
      )}
      <label htmlFor={id} className={buttonClass()}>
        {t("ui.file.choose")}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        className="visually-hidden"
        accept={props.accept}
        multiple={props.multiple}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
    </div>
  );
}
