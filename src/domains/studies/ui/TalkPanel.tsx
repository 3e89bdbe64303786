import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import { type RecommendationState, sectors, stances } from "../model.ts";
import { type FullRecommendation, type Item, itemOf, type OfStudy, useRefreshStudies, work } from "./client.ts";
import styles from "./studies.module.css";
import { stateTones } from "./tones.ts";

/**
 * One recommendation while it is talked about: comments are kept with Ctrl+Enter without leaving the field, the words can
 * be changed in place, and one button says what was decided. All of it stays on the device until it is sent.
 */
export function TalkPanel(props: { study: OfStudy; consultation: Item; of: FullRecommendation }) {
  const text = useText();
  const { t } = text;
  const { study, consultation, of } = props;
  const record = itemOf(of.record);
  const code = String(record.code);
  const toast = useToast();
  const refresh = useRefreshStudies();
  const field = useRef<HTMLDivElement>(null);
  const [tried, setTried] = useState(false);
  const [start] = useState(() => ({
    sector: sectors[0] as string,
    stance: stances[0] as string,
    comment: "",
    wording: String(record.wording),
    reason: "",
  }));
  const draft = useDraft(`studies/talk/${consultation.id}/${record.id}/${of.version}`, start);
  const { sector, stance, comment, wording, reason } = draft.value;
  const set = (change: Partial<typeof start>) => draft.set((before) => ({ ...before, ...change }));
  const say = useMutation({
    mutationFn: () =>
      work.comment({
        params: study,
        body: {
          recommendation: record.id,
          consultation: consultation.id,
          sector: sector as never,
          stance: stance as never,
          comment,
        },
      }),
    onSuccess: async () => {
      set({ comment: "" });
      field.current?.querySelector("textarea")?.focus();
      await refresh();
    },
  });
  const decide = useMutation({
    mutationFn: (state: RecommendationState) =>
      work.decide({
        params: study,
        body: {
          recommendation: record.id,
          version: of.version,
          state,
          consultation: consultation.id,
          ...(state === "amended" ? { wording } : {}),
          ...(reason.trim() === "" ? {} : { reason }),
        },
      }),
    onSuccess: async (_, state) => {
      draft.clear();
      toast({ text: t("studies.decided", { state: text.code("recommendation-state", state) }) });
      await refresh();
    },
  });
  const changed = wording.trim() !== String(record.wording);
  const empty = comment.trim().length < 2;
  const short = reason.trim().length < 3;
  const binding = changed ? "amended" : "agreed";
  const said = of.comments.filter((each) => each.consultation === consultation.id);
  const held = consultation.status === "held";
  const send = () => {
    if (!empty && !say.isPending) say.mutate();
  };
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-label={code}>
      <div className={surfaces.row}>
        <span className={surfaces.mono}>{code}</span>
        <StatusTag {...stateTones[record.state as RecommendationState]}>
          {text.code("recommendation-state", String(record.state))}
        </StatusTag>
      </div>
      <p className={styles.words}>{String(record.wording)}</p>
      {said.length > 0 && (
        <ul className={styles.actions} aria-label={t("studies.comments", { count: said.length })}>
          {said.map((each) => (
            <li key={each.id} className={styles.comment}>
              <span className={surfaces.row}>
                <strong>{text.code("study-sector", each.sector)}</strong>
                <span className={surfaces.muted}>{text.code("comment-stance", each.stance)}</span>
              </span>
              <span>{each.comment}</span>
            </li>
          ))}
        </ul>
      )}
      <form
        className={surfaces.stack}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      >
        <div className={surfaces.gridTwo}>
          <Select
            label={text.field("studies.recommendation", "sector")}
            value={sector}
            onChange={(next) => set({ sector: next })}
            options={sectors.map((each) => ({ value: each, label: text.code("study-sector", each) }))}
          />
          <Select
            label={t("studies.stance")}
            value={stance}
            onChange={(next) => set({ stance: next })}
            options={stances.map((each) => ({ value: each, label: text.code("comment-stance", each) }))}
          />
        </div>
        <div ref={field}>
          <TextArea
            label={t("studies.comment")}
            hint={t("studies.comment.hint")}
            rows={2}
            maxLength={4000}
            value={comment}
            onChange={(next) => set({ comment: next })}
          />
        </div>
        {say.error && <ProblemNotice problem={say.error} />}
        <div>
          <Button type="submit" icon="add" busy={say.isPending}>
            {t("studies.comment.send")}
          </Button>
        </div>
      </form>
      <div className={surfaces.stack}>
        <TextArea
          label={t("studies.agreed-wording")}
          hint={t("studies.agreed-wording.hint")}
          rows={3}
          maxLength={4000}
          value={wording}
          onChange={(next) => set({ wording: next })}
        />
        <TextArea
          label={t("studies.reason")}
          rows={1}
          maxLength={2000}
          value={reason}
          onChange={(next) => set({ reason: next })}
          problem={tried && short ? t("studies.reason.needed") : null}
        />
        {decide.error && <ProblemNotice problem={decide.error} />}
        {!held && <p className={surfaces.muted}>{t("studies.workshop.not-held")}</p>}
        <div className={surfaces.row}>
          {held && of.decisions.includes(binding) && (
            <Button tone="primary" icon="check" busy={decide.isPending} onClick={() => decide.mutate(binding)}>
              {t(`studies.decide.${binding}`)}
            </Button>
          )}
          {held && of.decisions.includes("dropped") && (
            <Button
              busy={decide.isPending}
              onClick={() => {
                setTried(true);
                if (!short) decide.mutate("dropped");
              }}
            >
              {t("studies.decide.dropped")}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}
