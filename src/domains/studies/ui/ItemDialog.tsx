import { useMutation } from "@tanstack/react-query";
import { Fragment, type ReactNode, useState } from "react";
import type { RecordType } from "../../../platform/contract/record-type.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { FieldControl, type FormValues } from "../../../platform/ui/records/FieldControl.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import { codeLists } from "../model.ts";
import { type Item, type OfStudy, useRefreshStudies } from "./client.ts";

/** What is typed about a record of a study. */
export interface Typed {
  values: FormValues;
  /** Ids of what it rests on or follows from. */
  links: readonly string[];
  /** The words of a new recommendation. */
  wording: string;
  reason: string;
}

/** What a record may be linked to. */
export interface LinkChoice {
  legend: string;
  hint: string;
  /** What the record is linked to so far. */
  chosen: readonly string[];
  options: readonly { value: string; label: string }[];
}

/** What is sent: the record that is changed, if one is, and its values. */
export interface Sent {
  changed?: { id: string; revision: number; reason: string };
  values: never;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * Enters or changes a record that belongs to a study, from the fields of its type. What is typed stays on the device until
 * it is sent; a change asks for its reason.
 */
export function ItemDialog(props: {
  study: OfStudy;
  type: RecordType;
  /** The fields to fill, by what is filled already. */
  fields: (values: FormValues) => readonly string[];
  item: Item | null;
  /** Values that a new record starts with. */
  start?: FormValues;
  /** Tells drafts apart that belong to one study. */
  about?: string;
  links?: LinkChoice;
  /** Whether the words of a recommendation are asked for. */
  wording?: boolean;
  lead?: ReactNode;
  /** Controls in place of the usual ones, by field. */
  controls?: Readonly<
    Record<string, (value: unknown, set: (value: unknown) => void, problem: string | null) => ReactNode>
  >;
  send: (sent: Sent, typed: Typed) => Promise<unknown>;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const { study, type, item } = props;
  const toast = useToast();
  const refresh = useRefreshStudies();
  const [tried, setTried] = useState(false);
  const stored = (item ?? props.start ?? {}) as FormValues;
  const [start] = useState<Typed>(() => {
    const names = Object.keys(type.fields).filter((name) => !type.fields[name]?.derived);
    const values = Object.fromEntries(names.map((name) => [name, stored[name] ?? null]));
    return { values, links: props.links?.chosen ?? [], wording: "", reason: "" };
  });
  const draft = useDraft(`studies/${type.name}/${study.id}/${item?.id ?? props.about ?? "new"}`, start);
  const typed = draft.value;
  const shown = props.fields(typed.values).filter((name) => type.fields[name]);
  const missing = (name: string) => {
    const field = type.fields[name];
    return Boolean(field?.required) && name !== "code" && (typed.values[name] ?? null) === null;
  };
  const short = item !== null && typed.reason.trim().length < 3;
  const wordless = props.wording === true && typed.wording.trim().length < 3;
  const save = useMutation({
    mutationFn: () => {
      const before = item ?? {};
      // Fields that the choice of another kind took from the form are left as they are.
      const values = Object.fromEntries(
        shown
          .filter((name) => !same(typed.values[name], (before as FormValues)[name]))
          .map((name) => [name, typed.values[name] ?? null])
          .filter(([, value]) => item !== null || value !== null),
      );
      const changed = item ? { changed: { id: item.id, revision: item.revision, reason: typed.reason } } : {};
      return props.send({ ...changed, values: values as never }, typed);
    },
    onSuccess: async () => {
      draft.clear();
      toast({ text: t("ui.create.done") });
      props.onClose();
      await refresh();
    },
  });
  const record = t(`record.${type.name}`);
  return (
    <FormDialog
      title={
        item ? t("ui.correct.title", { record: `${record} ${String(item.code)}` }) : t("ui.create.title", { record })
      }
      onClose={props.onClose}
      submit={t("ui.create.send")}
      icon="check"
      sending={save}
      draft={draft}
      onSubmit={() => {
        setTried(true);
        if (!short && !wordless && !shown.some(missing)) save.mutate();
      }}
    >
      {props.lead}
      {props.wording && (
        <TextArea
          label={text.field(type.name, "wording")}
          required
          rows={3}
          maxLength={4000}
          value={typed.wording}
          onChange={(wording) => draft.set((before) => ({ ...before, wording }))}
          problem={tried && wordless ? t("problem.field.too-small") : fieldProblem(text, save.error, "wording")}
        />
      )}
      <div className={surfaces.gridTwo}>
        {shown.map((name) => {
          const field = type.fields[name];
          if (!field) return null;
          const problem = tried && missing(name) ? t("problem.field.required") : fieldProblem(text, save.error, name);
          const set = (next: FormValues) =>
            draft.set((before) => ({ ...before, values: { ...before.values, ...next } }));
          const own = props.controls?.[name];
          if (own)
            return (
              <Fragment key={name}>{own(typed.values[name], (value) => set({ [name]: value }), problem)}</Fragment>
            );
          return (
            <FieldControl
              key={name}
              type={type}
              name={name}
              field={name === "code" ? { ...field, required: false } : field}
              codeLists={codeLists}
              country={study.country}
              values={typed.values}
              onChange={set}
              problem={problem}
            />
          );
        })}
      </div>
      {props.links && (
        <FieldSet legend={props.links.legend} hint={props.links.hint}>
          {props.links.options.map(({ value, label }) => (
            <Checkbox
              key={value}
              label={label}
              checked={typed.links.includes(value)}
              onChange={(checked) =>
                draft.set((before) => ({
                  ...before,
                  links: checked ? [...before.links, value] : before.links.filter((id) => id !== value),
                }))
              }
            />
          ))}
        </FieldSet>
      )}
      {item && (
        <TextArea
          label={t("ui.correct.reason")}
          required
          rows={2}
          maxLength={2000}
          value={typed.reason}
          onChange={(reason) => draft.set((before) => ({ ...before, reason }))}
          problem={tried && short ? t("problem.field.too-small") : fieldProblem(text, save.error, "reason")}
        />
      )}
    </FormDialog>
  );
}
