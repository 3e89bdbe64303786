import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { RecordValues } from "../../contract/record-type.ts";
import { type Text, useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../Button.tsx";
import { Diff } from "../Diff.tsx";
import { FieldSet } from "../FieldSet.tsx";
import { FormDialog } from "../FormDialog.tsx";
import { Icon } from "../Icon.tsx";
import { fieldProblem, problemOf } from "../problem-text.ts";
import surfaces from "../surfaces.module.css";
import { TextArea } from "../TextArea.tsx";
import { useToast } from "../Toast.tsx";
import { useDraft } from "../use-draft.ts";
import { changesOf, clashes, editableFields, sameValue } from "./changes.ts";
import { FieldControl, type FormValues } from "./FieldControl.tsx";
import { valueText } from "./FieldValue.tsx";
import { clientOf, fieldGroups, type RecordItem, type RecordSection } from "./section.ts";

interface Draft {
  reason: string;
  typed: FormValues;
  /** The record on which the typing began; kept with the draft, so that a later opening can tell what others changed. */
  base: RecordValues;
}

/** What others changed since the form was opened, beside what was typed, with a choice for every clash. */
function NewerValues(props: {
  section: RecordSection;
  base: RecordValues;
  theirs: RecordItem;
  typed: FormValues;
  onTakeTheirs: (field: string) => void;
  text: Text;
}) {
  const { section, text } = props;
  const { type } = section;
  const notice = useRef<HTMLDivElement>(null);
  const revision = props.theirs.revision;
  // The notice stands above a long form; whoever just pressed "record" looks at its end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown again for every newer revision.
  useEffect(() => {
    notice.current?.scrollIntoView({ block: "nearest" });
  }, [revision]);
  const found = clashes(type, props.base, props.theirs, props.typed);
  if (found.length === 0) return null;
  const words = (name: string, value: unknown) => {
    const field = type.fields[name];
    return field ? valueText(type, name, field, value, text) || text.t("ui.not-recorded") : String(value);
  };
  return (
    <div ref={notice} className={surfaces.notice} role="alert">
      <Icon name="history" />
      <div>
        <strong>{text.t("ui.stale.title")}</strong>
        <p>{text.t("ui.stale.hint")}</p>
        <Diff
          changes={found.map((clash) => ({
            field: clash.field,
            label: text.field(type.name, clash.field),
            before: words(clash.field, clash.base),
            after: words(clash.field, clash.theirs),
          }))}
        />
        {found
          .filter((clash) => clash.field in props.typed && !sameValue(clash.mine, clash.theirs))
          .map((clash) => (
            <p key={clash.field} className={surfaces.row}>
              <span>
                {text.t("ui.stale.yours", {
                  field: text.field(type.name, clash.field),
                  value: words(clash.field, clash.mine),
                })}
              </span>
              <Button small onClick={() => props.onTakeTheirs(clash.field)}>
                {text.t("ui.stale.take-theirs")}
              </Button>
            </p>
          ))}
      </div>
    </div>
  );
}

/**
 * Corrects a record: a form made from its fields, and the reason. What was typed is kept until it is sent. When
 * somebody was quicker, their values are shown beside what was typed and nothing is lost.
 */
export function CorrectDialog(props: { section: RecordSection; record: RecordItem; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const { section } = props;
  const { type } = section;
  const toast = useToast();
  const queries = useQueryClient();
  const [record, setRecord] = useState(props.record);
  const draft = useDraft<Draft>(`${type.name}/${record.country}/${record.id}`, {
    reason: "",
    typed: {},
    base: props.record,
  });
  const { reason, typed, base } = draft.value;
  const changes = changesOf(record, typed);
  const key = ["record", type.name, record.country, record.id];

  const send = useMutation({
    mutationFn: () =>
      clientOf(section).correct({
        params: { country: record.country, id: record.id },
        body: { revision: record.revision, reason, changes: changes as never },
      }),
    onSuccess: async (answer) => {
      queries.setQueryData(key, answer);
      draft.clear();
      props.onClose();
      toast({ text: t("ui.correct.done") });
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["history", type.name, record.country, record.id] }),
        queries.invalidateQueries({ queryKey: ["list", type.name] }),
        queries.invalidateQueries({ queryKey: ["counts", type.name] }),
      ]);
    },
    onError: async (error) => {
      if (problemOf(error).code !== "common.stale-revision") return;
      const answer = await clientOf(section).get({ params: { country: record.country, id: record.id } });
      queries.setQueryData(key, answer);
      setRecord(answer.record as RecordItem);
    },
  });

  const editable = new Set(editableFields(type, record));
  const nothing = Object.keys(changes).length === 0;
  return (
    <FormDialog
      onClose={props.onClose}
      title={t("ui.correct.title", { record: t(`record.${type.name}`) })}
      submit={t("ui.correct.send", { count: Object.keys(changes).length })}
      icon="check"
      disabled={nothing || reason.trim().length < 3}
      sending={{
        isPending: send.isPending,
        // Who was quicker is told above, beside what was typed.
        error: send.error && problemOf(send.error).code !== "common.stale-revision" ? send.error : null,
      }}
      onSubmit={() => {
        if (!nothing && reason.trim().length >= 3) send.mutate();
      }}
      draft={draft}
    >
      <NewerValues
        section={section}
        base={base}
        theirs={record}
        typed={typed}
        text={text}
        onTakeTheirs={(field) =>
          draft.set((before) => {
            const { [field]: _, ...others } = before.typed;
            return { ...before, typed: others };
          })
        }
      />
      {fieldGroups(type)
        .map((group) => ({ ...group, fields: group.fields.filter((name) => editable.has(name)) }))
        .filter((group) => group.fields.length > 0)
        .map((group) => (
          <FieldSet key={group.id} legend={t(`ui.group.${group.id}`)}>
            <div className={surfaces.gridTwo}>
              {group.fields.map((name) => {
                const field = type.fields[name];
                return (
                  field && (
                    <FieldControl
                      key={name}
                      type={type}
                      name={name}
                      field={field}
                      codeLists={section.codeLists}
                      country={record.country}
                      values={{ ...record, ...typed }}
                      onChange={(next) => draft.set((before) => ({ ...before, typed: { ...before.typed, ...next } }))}
                      problem={fieldProblem(text, send.error, name)}
                    />
                  )
                );
              })}
            </div>
          </FieldSet>
        ))}
      <TextArea
        label={t("ui.correct.reason")}
        hint={t("ui.correct.reason.hint")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        onChange={(next) => draft.set((before) => ({ ...before, reason: next }))}
        problem={fieldProblem(text, send.error, "reason")}
      />
    </FormDialog>
  );
}
