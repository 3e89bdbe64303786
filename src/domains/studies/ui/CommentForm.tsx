import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import { sectors, stances } from "../model.ts";
import { type FullRecommendation, type Item, itemOf, type OfStudy, useRefreshStudies, work } from "./client.ts";

/** What a sector says; kept with Ctrl+Enter without leaving the field, which is then ready for the next. */
export function CommentForm(props: { study: OfStudy; consultation: Item; of: FullRecommendation }) {
  const text = useText();
  const { t } = text;
  const { study, consultation, of } = props;
  const recommendation = itemOf(of.record).id;
  const refresh = useRefreshStudies();
  const field = useRef<HTMLDivElement>(null);
  const [start] = useState({ sector: sectors[0] as string, stance: stances[0] as string, comment: "" });
  const draft = useDraft(`studies/comment/${consultation.id}/${recommendation}`, start);
  const { sector, stance, comment } = draft.value;
  const set = (change: Partial<typeof start>) => draft.set((before) => ({ ...before, ...change }));
  const say = useMutation({
    mutationFn: () =>
      work.comment({
        params: study,
        body: {
          recommendation,
          consultation: consultation.id,
          sector: sector as (typeof sectors)[number],
          stance: stance as (typeof stances)[number],
          comment,
        },
      }),
    onSuccess: async () => {
      set({ comment: "" });
      field.current?.querySelector("textarea")?.focus();
      await refresh();
    },
  });
  const send = () => {
    if (comment.trim().length >= 2 && !say.isPending) say.mutate();
  };
  return (
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
  );
}
