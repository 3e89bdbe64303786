import { useEffect, useRef, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { FileDrop } from "../../../platform/ui/FileDrop.tsx";
import { Progress } from "../../../platform/ui/Progress.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { UploadOutput } from "../contract.ts";
import { imports, uploadFile } from "./client.ts";
import { fileSize } from "./file-size.ts";
import styles from "./imports.module.css";

const accepted = ".csv,.tsv,.txt,.xlsx,.json,.geojson,.gpkg,.zip,.kml,.kmz,.fgb,.yaml,.yml,.dbf,.shp";

interface Sending {
  key: number;
  name: string;
  share: number;
  stop: AbortController;
}

/** Files that are sent one after the other, each with its progress and a way to stop it. */
export function FileUpload(props: { files: readonly UploadOutput[]; onChange: (files: UploadOutput[]) => void }) {
  const text = useText();
  const { t } = text;
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const [problem, setProblem] = useState<unknown>(null);
  const counter = useRef(0);
  // Several files end at different times; each must be added to the list as it is by then.
  const files = useRef(props.files);
  files.current = props.files;
  const open = useRef(new Set<AbortController>());
  useEffect(() => () => open.current.forEach((stop) => void stop.abort()), []);

  const change = (next: UploadOutput[]) => {
    files.current = next;
    props.onChange(next);
  };
  const send = async (chosen: File[]) => {
    setProblem(null);
    const entries = chosen.map((file) => {
      counter.current += 1;
      return { file, entry: { key: counter.current, name: file.name, share: 0, stop: new AbortController() } };
    });
    setSending((before) => [...before, ...entries.map(({ entry }) => entry)]);
    for (const { file, entry } of entries) {
      open.current.add(entry.stop);
      try {
        if (entry.stop.signal.aborted) continue;
        const told = (share: number) =>
          setSending((all) => all.map((one) => (one.key === entry.key ? { ...one, share } : one)));
        const uploaded = await uploadFile(file, told, entry.stop.signal);
        change([...files.current, uploaded]);
      } catch (cause) {
        if (!entry.stop.signal.aborted) setProblem(cause);
      } finally {
        open.current.delete(entry.stop);
        setSending((all) => all.filter(({ key }) => key !== entry.key));
      }
    }
  };
  const remove = (file: UploadOutput) => {
    change(files.current.filter(({ id }) => id !== file.id));
    // The server forgets files by itself after a week; that this one goes at once is a courtesy.
    imports.removeFile({ params: { id: file.id } }).catch(() => undefined);
  };
  return (
    <div className={surfaces.stack}>
      <FileDrop
        label={t("imports.drop")}
        hint={t("imports.drop.hint")}
        accept={accepted}
        multiple
        onFiles={(chosen) => void send(chosen)}
      />
      {problem !== null && <ProblemNotice problem={problem} />}
      {sending.map(({ key, name, share, stop }) => (
        <Progress
          key={key}
          label={t("imports.upload", { name })}
          value={share}
          onCancel={() => {
            stop.abort();
            setSending((all) => all.filter((one) => one.key !== key));
          }}
        />
      ))}
      {props.files.length > 0 && (
        <ul className={styles.list} aria-label={t("imports.files")}>
          {props.files.map((file) => (
            <li key={file.id} className={`${surfaces.row} ${surfaces.spread}`}>
              <span className={styles.samples}>
                <strong>{file.name}</strong> <span className={surfaces.muted}>{fileSize(text, file.size)}</span>
              </span>
              <Button small tone="quiet" icon="close" onClick={() => remove(file)}>
                {t("imports.remove-file", { name: file.name })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
