import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import type { Sheet } from "../contract-work.ts";
import type { RecommendationState } from "../model.ts";
import { type FullRecommendation, type Item, itemOf, type OfStudy, useRefreshStudies, work } from "./client.ts";

/** The consultations that can agree on something: those that were held, the last first. */
export function heldConsultations(sheet: Sheet): Item[] {
  return (sheet.consultations.map(({ record }) => record) as unknown as Item[])
    .filter(({ status }) => status === "held")
    .sort((a, b) => String(b.heldOn).localeCompare(String(a.heldOn)));
}

/** Decides on a recommendation outside of a workshop's page: agreed, in other words, dropped, or proposed anew. */
export function DecideDialog(props: { study: OfStudy; sheet: Sheet; of: FullRecommendation; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const { study, sheet, of } = props;
  const record = itemOf(of.record);
  const toast = useToast();
  const refresh = useRefreshStudies();
  const held = heldConsultations(sheet);
  const [tried, setTried] = useState(false);
  const [start] = useState(() => ({
    state: (of.decisions.find((each) => each !== "proposed") ?? of.decisions[0] ?? "proposed") as RecommendationState,
    wording: String(record.wording),
    consultation: held[0]?.id ?? "",
    reason: "",
  }));
  const draft = useDraft(`studies/decision/${record.id}/${of.version}`, start);
  const { state, wording, consultation, reason } = draft.value;
  const words = state === "amended" || state === "proposed";
  const binding = state === "agreed" || state === "amended";
  const reasoned = state === "dropped" || state === "proposed";
  const unheld = binding && consultation === "";
  const short = reasoned && reason.trim().length < 3;
  const set = (change: Partial<typeof start>) => draft.set((before) => ({ ...before, ...change }));
  const send = useMutation({
    mutationFn: () =>
      work.decide({
        params: study,
        body: {
          recommendation: record.id,
          version: of.version,
          state,
          ...(words ? { wording } : {}),
          ...(binding ? { consultation } : {}),
          ...(reason.trim() === "" ? {} : { reason }),
        },
      }),
    onSuccess: async () => {
      draft.clear();
      toast({ text: t("studies.decided", { state: text.code("recommendation-state", state) }) });
      props.onClose();
      await refresh();
    },
  });
  return (
    <FormDialog
      title={t("studies.decide-of", { code: String(record.code) })}
      onClose={props.onClose}
      submit={t("ui.create.send")}
      icon="check"
      sending={send}
      draft={draft}
      onSubmit={() => {
        setTried(true);
        if (!unheld && !short) send.mutate();
      }}
    >
      <RadioGroup
        legend={t("studies.decision")}
        value={state}
        onChange={(next) => set({ state: next as RecommendationState })}
        options={of.decisions.map((each) => ({ value: each, label: t(`studies.decide.${each}`) }))}
      />
      {words ? (
        <TextArea
          label={text.field("studies.recommendation", "wording")}
          required
          rows={4}
          maxLength={4000}
          value={wording}
          onChange={(next) => set({ wording: next })}
          problem={fieldProblem(text, send.error, "wording")}
        />
      ) : (
        <p>{String(record.wording)}</p>
      )}
      {binding && (
        <Select
          label={t("record.studies.consultation")}
          required
          value={consultation}
          empty={t("ui.choose")}
          hint={held.length === 0 ? t("studies.none-held") : ""}
          problem={tried && unheld ? t("problem.field.required") : null}
          onChange={(next) => set({ consultation: next })}
          options={held.map((each) => ({
            value: each.id,
            label: `${text.format.date(String(each.heldOn))} · ${String(each.title)}`,
          }))}
        />
      )}
      <TextArea
        label={t("studies.reason")}
        required={reasoned}
        rows={2}
        maxLength={2000}
        value={reason}
        onChange={(next) => set({ reason: next })}
        problem={tried && short ? t("problem.field.too-small") : fieldProblem(text, send.error, "reason")}
      />
    </FormDialog>
  );
}
