import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { type RecordItem, recordPath } from "../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { person } from "../contract.ts";
import { CompareIdentities } from "./CompareIdentities.tsx";
import { people } from "./client.ts";
import { persons } from "./index.ts";

/** Which records stand for one person, merging another way and taking it back. */
export function MergePanel({ record, allowed }: { record: RecordItem; allowed: readonly string[] }) {
  const { t } = useText();
  const { country, id } = record;
  const queries = useQueryClient();
  const toast = useToast();
  const [merging, setMerging] = useState(false);
  const answer = useQuery({
    queryKey: ["people", "merged", country, id, record.revision],
    queryFn: ({ signal }) => people.merged({ params: { country, id } }, { signal }),
  });
  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["people"] }),
      queries.invalidateQueries({ queryKey: ["record", person.name] }),
      queries.invalidateQueries({ queryKey: ["records", person.name] }),
    ]);
  const undo = useMutation({
    mutationFn: (of: { id: string; revision: number }) =>
      people.unmerge({
        params: { country, id: of.id },
        body: { revision: of.revision, reason: t("people.merge.undo-reason") },
      }),
    onSuccess: async () => {
      toast({ text: t("people.merge.undone") });
      await changed();
    },
  });
  if (answer.isError) return <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton lines={2} />;
  const { into, from } = answer.data;
  const mayMerge = allowed.includes("merge") && from.length === 0 && !into;
  if (!into && from.length === 0 && !mayMerge) return null;
  return (
    <section className={surfaces.card} aria-labelledby="merged">
      <div className={surfaces.panelHead}>
        <h2 id="merged">{t("people.merge.title")}</h2>
        {mayMerge && (
          <Button small onClick={() => setMerging(true)}>
            {t("people.merge.start")}
          </Button>
        )}
        {into && allowed.includes("unmerge") && (
          <Button small busy={undo.isPending} onClick={() => undo.mutate({ id, revision: record.revision })}>
            {t("people.merge.undo")}
          </Button>
        )}
      </div>
      <div className={`${surfaces.pad} ${surfaces.stack}`}>
        {into && (
          <p>
            {t("people.merge.into")} <AppLink to={recordPath(persons, { country, id: into.id })}>{into.code}</AppLink>
          </p>
        )}
        {from.map((each) => (
          <p key={each.id} className={surfaces.spread}>
            <span>
              {t("people.merge.from")} <AppLink to={recordPath(persons, { country, id: each.id })}>{each.code}</AppLink>
            </span>
            {allowed.includes("merge") && (
              <Button small busy={undo.isPending} onClick={() => undo.mutate(each)}>
                {t("people.merge.undo")}
              </Button>
            )}
          </p>
        ))}
        {!into && from.length === 0 && <p className={surfaces.muted}>{t("people.merge.none")}</p>}
        {undo.isError && <ErrorState problem={undo.error} />}
      </div>
      {merging && <MergeDialog record={record} onClose={() => setMerging(false)} onDone={changed} />}
    </section>
  );
}

function MergeDialog(props: { record: RecordItem; onClose: () => void; onDone: () => Promise<unknown> }) {
  const { t } = useText();
  const { country, id, revision } = props.record;
  const [into, setInto] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const field = person.fields.mergedInto;
  const send = useMutation({
    mutationFn: () => people.merge({ params: { country, id }, body: { revision, into, reason: reason.trim() } }),
    onSuccess: async () => {
      props.onClose();
      await props.onDone();
    },
  });
  return (
    <FormDialog
      title={t("people.merge.start")}
      onClose={props.onClose}
      submit={t("people.merge.send")}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (into && reason.trim().length >= 3) send.mutate();
      }}
    >
      <p>{t("people.merge.lead")}</p>
      {field && (
        <RecordPicker
          label={t("people.merge.other")}
          field={field}
          country={country}
          required
          value={into}
          problem={tried && !into ? t("people.register.missing") : null}
          onChange={setInto}
        />
      )}
      {into && into !== id && <CompareIdentities key={into} country={country} ids={[id, into]} />}
      <TextArea
        label={t("people.merge.reason")}
        hint={t("people.no-names")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        problem={tried && reason.trim().length < 3 ? t("people.register.missing") : null}
        onChange={setReason}
      />
    </FormDialog>
  );
}
