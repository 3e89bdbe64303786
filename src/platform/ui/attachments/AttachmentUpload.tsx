import { useEffect, useId, useRef, useState } from "react";
import type { AttachmentListOutput, FoundOutput, UploadedOutput } from "../../attachments/contract.ts";
import { acceptedFiles } from "../../attachments/media.ts";
import { RequestProblem } from "../../contract/client.ts";
import { type Sensitivity, sensitivityLevels } from "../../contract/sensitivity.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { buttonClass } from "../Button.tsx";
import { Checkbox } from "../Checkbox.tsx";
import { ProblemNotice } from "../ErrorState.tsx";
import { FileDrop } from "../FileDrop.tsx";
import { Progress } from "../Progress.tsx";
import { Select } from "../Select.tsx";
import surfaces from "../surfaces.module.css";
import { TextField } from "../TextField.tsx";
import { type Owner, sendFile } from "./client.ts";
import { Findings } from "./Findings.tsx";

interface Sending {
  key: number;
  name: string;
  share: number;
  stop: AbortController;
}

interface Outcome {
  key: number;
  name: string;
  repeated: boolean;
  findings: readonly FoundOutput[];
}

interface Failure {
  key: number;
  name: string;
  problem: unknown;
}

/** Says at once what the server would say after the whole file has travelled. */
function refuseTooLarge({ size }: File, limit: number): void {
  if (size <= limit) return;
  const params = { limit: limit / 1_000_000 };
  throw new RequestProblem({ type: "about:blank", status: 413, code: "attachments.too-large", params });
}

/**
 * Sends files to a record, one after the other, each with its progress and a way to stop it, and says what was found in
 * them. On phones a second button opens the camera.
 */
export function AttachmentUpload(props: {
  owner: Owner;
  limits: AttachmentListOutput["limits"];
  onAdded: (added: UploadedOutput) => void;
}) {
  const { t, format } = useText();
  const [caption, setCaption] = useState("");
  const [level, setLevel] = useState<Sensitivity | "">("");
  const [keepOriginal, setKeepOriginal] = useState(false);
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const counter = useRef(0);
  const open = useRef(new Set<AbortController>());
  const camera = useId();
  useEffect(() => () => open.current.forEach((stop) => void stop.abort()), []);

  const send = async (chosen: readonly File[]) => {
    setFailures([]);
    setOutcomes([]);
    const details = { caption: caption.trim() || null, sensitivity: level || null, keepOriginal };
    const entries = chosen.map((file) => {
      counter.current += 1;
      return { file, entry: { key: counter.current, name: file.name, share: 0, stop: new AbortController() } };
    });
    setSending((before) => [...before, ...entries.map(({ entry }) => entry)]);
    let failed = false;
    for (const { file, entry } of entries) {
      const { key, name, stop } = entry;
      open.current.add(stop);
      try {
        if (stop.signal.aborted) continue;
        refuseTooLarge(file, props.limits.fileBytes);
        const told = (share: number) =>
          setSending((all) => all.map((one) => (one.key === key ? { ...one, share } : one)));
        const added = await sendFile(props.owner, file, { name, ...details }, told, stop.signal);
        setOutcomes((all) => [...all, { key, name, repeated: added.repeated, findings: added.findings }]);
        props.onAdded(added);
      } catch (problem) {
        if (stop.signal.aborted) continue;
        failed = true;
        setFailures((all) => [...all, { key, name, problem }]);
      } finally {
        open.current.delete(stop);
        setSending((all) => all.filter((one) => one.key !== key));
      }
    }
    if (!failed) setCaption("");
  };

  return (
    <div className={surfaces.stack}>
      <TextField
        label={t("attachments.caption")}
        hint={t("attachments.caption.hint")}
        value={caption}
        maxLength={1000}
        onChange={setCaption}
      />
      <Select
        label={t("attachments.sensitivity")}
        value={level}
        empty={t("attachments.sensitivity.owner")}
        options={sensitivityLevels.map((value) => ({ value, label: t(`sensitivity.${value}`) }))}
        onChange={(value) => setLevel(value as Sensitivity | "")}
      />
      <Checkbox
        label={t("attachments.keep-original")}
        hint={t("attachments.keep-original.hint")}
        checked={keepOriginal}
        onChange={setKeepOriginal}
      />
      <FileDrop
        label={t("attachments.drop")}
        hint={t("attachments.drop.hint", { size: format.bytes(props.limits.fileBytes) })}
        accept={acceptedFiles}
        multiple
        onFiles={(files) => void send(files)}
      />
      <div className={surfaces.row}>
        <label htmlFor={camera} className={buttonClass("plain")}>
          {t("attachments.camera")}
        </label>
        <input
          id={camera}
          type="file"
          className="visually-hidden"
          accept="image/jpeg,image/png,image/webp"
          capture="environment"
          onChange={(event) => {
            void send([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <span className={surfaces.muted}>
          {t("attachments.full", {
            used: format.bytes(props.limits.usedBytes),
            limit: format.bytes(props.limits.ownerBytes),
          })}
        </span>
      </div>
      {sending.map(({ key, name, share, stop }) => (
        <Progress
          key={key}
          label={t("attachments.sending", { name })}
          value={share}
          onCancel={() => {
            stop.abort();
            setSending((all) => all.filter((one) => one.key !== key));
          }}
        />
      ))}
      {failures.map(({ key, name, problem }) => (
        <section key={key} className={surfaces.stack} aria-label={name}>
          <strong>{name}</strong>
          <ProblemNotice problem={problem} />
        </section>
      ))}
      <div role="status" className={surfaces.stack}>
        {outcomes.map(({ key, name, repeated, findings }) => (
          <div key={key} className={surfaces.notice}>
            <div>
              <strong>{t(repeated ? "attachments.repeated" : "attachments.sent", { name })}</strong>
              <Findings findings={findings} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
