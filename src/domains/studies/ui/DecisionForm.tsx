import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import type { RecommendationState } from "../model.ts";
import { type FullRecommendation, type Item, itemOf, type OfStudy, useRefreshStudies, work } from "./client.ts";

/** The words to agree on, changed in place, and one button that says what was decided; dropping asks for its reason. */
export function DecisionForm(props: { study: OfStudy; consultation: Item; of: FullRecommendation }) {
  const text = useText();
  const { t } = text;
  const { study, consultation, of } = props;
  const record = itemOf(of.record);
  const toast = useToast();
  const refresh = useRefreshStudies();
  const [tried, setTried] = useState(false);
  const [start] = useState(() => ({ wording: String(record.wording), reason: "" }));
  const draft = useDraft(`studies/talk/${consultation.id}/${record.id}/${of.version}`, start);
  const { wording, reason } = draft.value;
  const set = (change: Partial<typeof start>) => draft.set((before) => ({ ...before, ...change }));
  const changed = wording.trim() !== String(record.wording);
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
  const short = reason.trim().length < 3;
  const binding = changed ? "amended" : "agreed";
  const held = consultation.status === "held";
  return (
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
  );
}
