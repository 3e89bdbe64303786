import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Field } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";

type Value = string | number | readonly string[] | null;
/** What was filled in, by field name. */
export type ActValues = Readonly<Record<string, Value>>;

interface Common {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
  initial?: Value;
}

/** One field of a dialog. */
export type ActField = Common &
  (
    | { kind: "words" | "date" | "number" }
    | { kind: "choice" | "choices"; options: readonly { value: string; label: string }[] }
    | { kind: "record"; field: Field }
  );

/** A thing that somebody may do with a case or a referral. */
export interface Act {
  title: string;
  lead?: string;
  fields: readonly ActField[];
  /** Under what name the device keeps what was typed until it is sent; steps of what is there already are not kept. */
  draft?: string;
  send(values: ActValues): Promise<unknown>;
}

const isEmpty = (value: Value | undefined) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** Values that say something, as the body of a request. */
export const filled = (values: ActValues): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));

function Control(props: {
  field: ActField;
  country: string;
  value: Value;
  problem: string | null;
  onChange: (value: Value) => void;
}) {
  const { field, value, problem, onChange } = props;
  const common = { label: field.label, hint: field.hint, required: field.required, problem };
  const text = typeof value === "string" ? value : "";
  switch (field.kind) {
    case "words":
      return <TextArea {...common} rows={3} maxLength={2000} value={text} onChange={onChange} />;
    case "date":
      return (
        <DateField
          {...common}
          value={text ? { date: text, precision: "day" } : null}
          onChange={(date) => onChange(date?.date ?? null)}
        />
      );
    case "number":
      return <NumberField {...common} min={0} value={typeof value === "number" ? value : null} onChange={onChange} />;
    case "choice":
      return (
        <Select
          {...common}
          value={text}
          empty={field.required ? undefined : "–"}
          onChange={onChange}
          options={field.options}
        />
      );
    case "record":
      return <RecordPicker {...common} field={field.field} country={props.country} value={text} onChange={onChange} />;
    case "choices": {
      const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
      return (
        <FieldSet legend={field.label} problem={problem} {...(field.hint ? { hint: field.hint } : {})}>
          {field.options.map((option) => (
            <Checkbox
              key={option.value}
              label={option.label}
              checked={chosen.includes(option.value)}
              onChange={(on) =>
                onChange(on ? [...chosen, option.value] : chosen.filter((each) => each !== option.value))
              }
            />
          ))}
        </FieldSet>
      );
    }
  }
}

/** Asks for what an act needs, shows the server's problem beside each field, and keeps what was typed. */
export function ActDialog({ act, country, onClose }: { act: Act; country: string; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const [tried, setTried] = useState(false);
  const [initial] = useState<ActValues>(() =>
    Object.fromEntries(
      act.fields.map((field) => [
        field.name,
        field.initial ?? (field.kind === "choice" && field.required ? (field.options[0]?.value ?? null) : null),
      ]),
    ),
  );
  const [typed, setTyped] = useState(initial);
  const kept = useDraft<ActValues>(`assistance/${act.draft ?? "none"}`, initial);
  const [values, setValues] = act.draft === undefined ? [typed, setTyped] : [kept.value, kept.set];
  const send = useMutation({
    mutationFn: () => act.send(values),
    onSuccess: async () => {
      if (act.draft !== undefined) kept.clear();
      toast({ text: t("assistance.saved") });
      onClose();
      await queries.invalidateQueries({ queryKey: ["assistance"] });
    },
  });
  const missing = act.fields.filter((field) => field.required && isEmpty(values[field.name]));
  return (
    <FormDialog
      title={act.title}
      onClose={onClose}
      submit={t("ui.create.send")}
      sending={send}
      {...(act.draft === undefined ? {} : { draft: kept })}
      onSubmit={() => {
        setTried(true);
        if (missing.length === 0) send.mutate();
      }}
    >
      {act.lead && <p>{act.lead}</p>}
      {act.fields.map((field) => (
        <Control
          key={field.name}
          field={field}
          country={country}
          value={values[field.name] ?? null}
          onChange={(value) => setValues({ ...values, [field.name]: value })}
          problem={
            tried && missing.includes(field) ? t("problem.field.required") : fieldProblem(text, send.error, field.name)
          }
        />
      ))}
    </FormDialog>
  );
}
