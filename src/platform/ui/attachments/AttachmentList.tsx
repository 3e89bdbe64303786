import { useState } from "react";
import type { AttachmentOutput } from "../../attachments/contract.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../Button.tsx";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { ProblemNotice } from "../ErrorState.tsx";
import { Icon } from "../Icon.tsx";
import { StatusTag } from "../StatusTag.tsx";
import surfaces from "../surfaces.module.css";
import { TextArea } from "../TextArea.tsx";
import styles from "./attachments.module.css";
import { attachments, fileUrl } from "./client.ts";

const isImage = ({ mediaType }: AttachmentOutput) => mediaType.startsWith("image/");

/** One file: its picture or a symbol, what it is, and what may be done with it. */
function Attachment({ item, onWithdraw }: { item: AttachmentOutput; onWithdraw: () => void }) {
  const { t, format } = useText();
  const { withdrawn } = item;
  return (
    <li className={styles.item} data-withdrawn={withdrawn !== null || undefined}>
      <span className={styles.picture}>
        {isImage(item) && item.available && !withdrawn ? (
          <img src={fileUrl(item)} alt="" loading="lazy" decoding="async" />
        ) : (
          <Icon name="file" />
        )}
      </span>
      <div className={styles.facts}>
        <strong className={styles.name}>{item.name}</strong>
        {item.caption && <p>{item.caption}</p>}
        <p className={surfaces.muted}>
          {item.addedBy
            ? t("attachments.added", { date: format.date(item.addedAt), person: item.addedBy })
            : t("attachments.added.unknown", { date: format.date(item.addedAt) })}
          {" · "}
          {format.bytes(item.size)}
          {item.takenOn && ` · ${t("attachments.taken-on", { date: format.date(item.takenOn) })}`}
        </p>
        <div className={surfaces.row}>
          <StatusTag tone="neutral">{t(`sensitivity.${item.sensitivity}`)}</StatusTag>
          {withdrawn && (
            <StatusTag tone="warn" pattern="stripes">
              {t("attachments.withdrawn", { date: format.date(withdrawn.at), reason: withdrawn.reason })}
            </StatusTag>
          )}
        </div>
        <div className={surfaces.row}>
          {item.available && (
            <a className={styles.link} href={fileUrl(item)} download={item.name}>
              {t("attachments.download", { name: item.name })}
            </a>
          )}
          {item.original && (
            <a className={styles.link} href={fileUrl(item, "original")} download={item.name}>
              {t("attachments.original", { name: item.name })}
            </a>
          )}
          {item.allowed.includes("withdraw") && (
            <Button small tone="quiet" icon="close" onClick={onWithdraw}>
              {t("attachments.withdraw", { name: item.name })}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

/** The files of a record, with pictures, and a way to withdraw one with a reason. */
export function AttachmentList(props: {
  items: readonly AttachmentOutput[];
  onChanged: (changed: AttachmentOutput) => void;
}) {
  const { t } = useText();
  const [target, setTarget] = useState<AttachmentOutput | null>(null);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const close = () => {
    setTarget(null);
    setReason("");
    setProblem(null);
  };
  const withdraw = async () => {
    if (!target) return;
    setBusy(true);
    setProblem(null);
    try {
      const { country, id } = target;
      props.onChanged(await attachments.withdraw({ params: { country, id }, body: { reason: reason.trim() } }));
      close();
    } catch (cause) {
      setProblem(cause);
    } finally {
      setBusy(false);
    }
  };
  if (props.items.length === 0) return <p className={surfaces.muted}>{t("attachments.empty")}</p>;
  return (
    <>
      <ul className={styles.list} aria-label={t("attachments.title")}>
        {props.items.map((item) => (
          <Attachment key={item.id} item={item} onWithdraw={() => setTarget(item)} />
        ))}
      </ul>
      <ConfirmDialog
        open={target !== null}
        title={t("attachments.withdraw", { name: target?.name ?? "" })}
        confirm={t("attachments.withdraw.confirm")}
        busy={busy}
        onConfirm={() => void withdraw()}
        onClose={close}
      >
        <div className={surfaces.stack}>
          <p>{t("attachments.withdraw.text")}</p>
          <TextArea label={t("attachments.withdraw.reason")} required value={reason} onChange={setReason} />
          {problem !== null && <ProblemNotice problem={problem} />}
        </div>
      </ConfirmDialog>
    </>
  );
}
