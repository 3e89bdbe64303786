import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { type Indicator, indicatorNames, indicators, type Option } from "../model-priority.ts";
import { priorities } from "./client.ts";

const entered = indicatorNames.filter((name) => indicators[name].source === "entered");

/** States what people say about an area for its priority. What is not known stays unknown, which is not "no". */
export function ValuesDialog(props: {
  country: string;
  area: { id: string; code: string };
  values: Option["values"];
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const { country, area } = props;
  const toast = useToast();
  const queries = useQueryClient();
  const [values, setValues] = useState(props.values);
  const [source, setSource] = useState("");
  const [tried, setTried] = useState(false);
  const changed = entered.filter((name) => (values[name] ?? null) !== (props.values[name] ?? null));
  const set = (name: Indicator, value: number | null) => setValues({ ...values, [name]: value });
  const send = useMutation({
    mutationFn: () =>
      priorities.values({
        body: {
          country,
          area: area.id,
          source,
          values: changed.map((indicator) => ({ indicator, value: values[indicator] ?? null })),
        },
      }),
    onSuccess: async () => {
      toast({ text: t("tasking.values.done") });
      props.onClose();
      await queries.invalidateQueries({ queryKey: ["tasking", "priorities", country] });
    },
  });
  const flags = entered.filter((name) => indicators[name].kind === "flag");
  const numbers = entered.filter((name) => indicators[name].kind !== "flag");
  return (
    <FormDialog
      title={t("tasking.values.title", { code: area.code })}
      onClose={props.onClose}
      submit={t("ui.create.send")}
      disabled={changed.length === 0}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (source.trim().length >= 3 && changed.length > 0) send.mutate();
      }}
    >
      <FieldSet legend={t("tasking.values.flags")}>
        <div className={surfaces.gridTwo}>
          {flags.map((name) => (
            <Select
              key={name}
              label={t(`tasking.indicator.${name}`)}
              value={values[name] === null || values[name] === undefined ? "" : values[name] > 0 ? "1" : "0"}
              empty={t("tasking.unknown")}
              onChange={(value) => set(name, value === "" ? null : Number(value))}
              options={[
                { value: "1", label: t("ui.yes") },
                { value: "0", label: t("ui.no") },
              ]}
            />
          ))}
        </div>
      </FieldSet>
      <div className={surfaces.gridTwo}>
        {numbers.map((name) => (
          <NumberField
            key={name}
            label={t(`tasking.indicator.${name}`)}
            min={0}
            integer={indicators[name].kind === "count"}
            value={values[name] ?? null}
            onChange={(value) => set(name, value)}
          />
        ))}
      </div>
      <TextField
        label={t("tasking.values.source")}
        hint={t("tasking.values.source.hint")}
        required
        maxLength={500}
        value={source}
        onChange={setSource}
        problem={
          tried && source.trim().length < 3 ? t("problem.field.too-small") : fieldProblem(text, send.error, "source")
        }
      />
    </FormDialog>
  );
}
