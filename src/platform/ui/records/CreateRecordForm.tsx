import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../Button.tsx";
import { FieldSet } from "../FieldSet.tsx";
import { Form } from "../Form.tsx";
import { fieldProblem } from "../problem-text.ts";
import surfaces from "../surfaces.module.css";
import { useDraft } from "../use-draft.ts";
import { CountrySelect } from "./CountrySelect.tsx";
import { FieldControl, type FormValues } from "./FieldControl.tsx";
import { useRecords } from "./records-context.ts";
import { clientOf, fieldGroups, type RecordItem, type RecordSection } from "./section.ts";

/** The fields of a type that people fill in, in the groups in which the record's page shows them. */
function groupsToFill(section: RecordSection, left: readonly string[]) {
  const { fields } = section.type;
  return fieldGroups(section.type)
    .map((group) => ({
      ...group,
      fields: group.fields.filter((name) => name !== "country" && !fields[name]?.derived && !left.includes(name)),
    }))
    .filter((group) => group.fields.length > 0);
}

/**
 * Records something new of any type: a form made from its fields. What was typed is kept until it is sent; what the
 * server refuses is shown beside its field.
 */
export function CreateRecordForm(props: {
  section: RecordSection;
  /** Values to start from, e.g. the task that progress belongs to. */
  initial?: FormValues;
  country?: string | undefined;
  /** Fields that this form leaves out. */
  leaveOut?: readonly string[];
  onDone: (record: RecordItem) => void;
}) {
  const text = useText();
  const { t } = text;
  const { section } = props;
  const { type } = section;
  const { countries, home } = useRecords();
  const queries = useQueryClient();
  const [only] = countries.size === 1 ? countries.keys() : [];
  const start = { country: props.country ?? home ?? only ?? "", values: props.initial ?? {} };
  const draft = useDraft(`new/${type.name}/${JSON.stringify(start)}`, start);
  const { country, values } = draft.value;
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
      return clientOf(section).create({ body: { country, values: filled as never } });
    },
    onSuccess: async (answer) => {
      draft.clear();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["list", type.name] }),
        queries.invalidateQueries({ queryKey: ["counts", type.name] }),
      ]);
      props.onDone(answer.record as RecordItem);
    },
  });
  const missing = (name: string) =>
    tried && type.fields[name]?.required && name !== "code" && (values[name] ?? null) === null;
  const groups = groupsToFill(section, props.leaveOut ?? []);
  const incomplete =
    country === "" ||
    groups.some((group) =>
      group.fields.some((name) => {
        const field = type.fields[name];
        return field?.required && name !== "code" && (values[name] ?? null) === null;
      }),
    );
  return (
    <Form
      draft={draft}
      problem={send.error}
      onSubmit={() => {
        setTried(true);
        if (!incomplete) send.mutate();
      }}
    >
      {countries.size > 1 && (
        <CountrySelect
          label={text.field(type.name, "country")}
          required
          value={country}
          empty={t("ui.create.choose-country")}
          problem={tried && country === "" ? t("problem.field.required") : null}
          onChange={(next) => draft.set((before) => ({ ...before, country: next }))}
        />
      )}
      {groups.map((group) => (
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
                    // Codes of records are made when none is given.
                    field={name === "code" ? { ...field, required: false } : field}
                    codeLists={section.codeLists}
                    country={country}
                    values={values}
                    onChange={(next) => draft.set((before) => ({ ...before, values: { ...before.values, ...next } }))}
                    problem={missing(name) ? t("problem.field.required") : fieldProblem(text, send.error, name)}
                  />
                )
              );
            })}
          </div>
        </FieldSet>
      ))}
      <div>
        <Button tone="primary" type="submit" icon="check" busy={send.isPending}>
          {t("ui.create.send")}
        </Button>
      </div>
    </Form>
  );
}
