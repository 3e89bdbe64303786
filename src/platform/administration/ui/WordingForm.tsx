import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Language } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { Form } from "../../ui/Form.tsx";
import { fieldProblem } from "../../ui/problem-text.ts";
import { StatusTag, type Tone } from "../../ui/StatusTag.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { TextArea } from "../../ui/TextArea.tsx";
import { useToast } from "../../ui/Toast.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import type { MessageState, ReviewEntryOutput } from "../contract-translations.ts";
import styles from "./administration.module.css";
import { administration } from "./client.ts";

const tones: Readonly<Record<MessageState, Tone>> = {
  missing: { tone: "bad", pattern: "hollow" },
  draft: { tone: "warn", pattern: "half" },
  reviewed: { tone: "good", pattern: "solid" },
};

/** One message: the English sentence, the words people see, and what a reviewer can do about them. */
export function WordingForm({ language, entry }: { language: Language; entry: ReviewEntryOutput }) {
  const text = useText();
  const { t, format } = text;
  const queries = useQueryClient();
  const toast = useToast();
  const draft = useDraft(`translations/${language}/${entry.key}`, entry.message ?? "");
  const settled = async (words: string) => {
    draft.clear();
    toast({ text: words });
    await queries.invalidateQueries({ queryKey: ["translations"] });
  };
  const save = useMutation({
    mutationFn: (state: "draft" | "reviewed") =>
      administration.saveTranslation({
        params: { language, key: entry.key },
        body: { message: draft.value, state, expected: entry.changedAt },
      }),
    onSuccess: () => settled(t("translations.saved")),
  });
  const drop = useMutation({
    mutationFn: () => administration.dropTranslation({ params: { language, key: entry.key } }),
    onSuccess: () => settled(t("translations.dropped")),
  });
  const changed = draft.value.trim() !== (entry.message ?? "");
  const busy = save.isPending || drop.isPending;
  return (
    <div className={`${surfaces.pad} ${styles.entry}`}>
      <Form onSubmit={() => save.mutate("reviewed")} problem={save.error ?? drop.error} draft={draft}>
        <div className={surfaces.row}>
          <StatusTag {...tones[entry.state]}>{t(`translations.state.${entry.state}`)}</StatusTag>
          {entry.own && <StatusTag tone="info">{t("translations.state.own")}</StatusTag>}
          <code className={`${surfaces.mono} ${surfaces.muted}`}>{entry.key}</code>
        </div>
        <div className={styles.pair}>
          <p lang="en">{entry.english}</p>
          <TextArea
            label={t("translations.wording")}
            hideLabel
            rows={2}
            maxLength={5000}
            problem={fieldProblem(text, save.error, "message")}
            value={draft.value}
            onChange={draft.set}
          />
        </div>
        {entry.fault && <p className={surfaces.small}>{t(`problem.translations.${entry.fault}`, { arguments: "" })}</p>}
        {entry.outdated && <p className={surfaces.small}>{t("translations.outdated", { wording: entry.outdated })}</p>}
        <div className={surfaces.row}>
          {(changed || entry.state !== "reviewed") && draft.value.trim() !== "" && (
            <Button type="submit" small icon="check" busy={busy}>
              {t(changed ? "translations.save-reviewed" : "translations.mark-reviewed")}
            </Button>
          )}
          {changed && draft.value.trim() !== "" && (
            <Button small tone="quiet" busy={busy} onClick={() => save.mutate("draft")}>
              {t("translations.save-draft")}
            </Button>
          )}
          {(entry.own || entry.outdated) && (
            <Button small tone="quiet" busy={busy} onClick={() => drop.mutate()}>
              {t("translations.drop")}
            </Button>
          )}
          {entry.changedAt && (
            <span className={`${surfaces.small} ${surfaces.muted}`}>
              {t("settings.chosen", {
                when: format.dateTime(entry.changedAt),
                by: entry.changedBy ?? t("audit.account-gone"),
              })}
            </span>
          )}
        </div>
      </Form>
    </div>
  );
}
