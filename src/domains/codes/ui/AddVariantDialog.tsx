import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Language, languages } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { languageTable } from "../../../platform/i18n/languages.ts";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import type { listOutput } from "../contract.ts";
import { codes } from "./client.ts";

interface Typed {
  code: string;
  standard: string;
  labels: Partial<Record<Language, string>>;
  validFrom: string | null;
}

const blank: Typed = { code: "", standard: "", labels: {}, validFrom: null };

/** Gives a country a code of its own for a standard one. */
export function AddVariantDialog(props: {
  country: string;
  item: (typeof listOutput)["_output"];
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const { list, values } = props.item;
  const draft = useDraft<Typed>(`codes/${props.country}/${list}`, blank);
  const [tried, setTried] = useState(false);
  const { code, standard, labels, validFrom } = draft.value;
  const set = (change: Partial<Typed>) => draft.set((before) => ({ ...before, ...change }));
  const add = useMutation({
    mutationFn: () =>
      codes.addVariant({
        params: { list },
        body: {
          country: props.country,
          code: code.trim(),
          standard,
          validFrom,
          labels: Object.fromEntries(Object.entries(labels).filter(([, label]) => label.trim() !== "")),
        },
      }),
    onSuccess: async () => {
      draft.clear();
      toast({ text: t("codes.added") });
      await queries.invalidateQueries({ queryKey: ["codes"] });
      props.onClose();
    },
  });
  const missing = (value: string) => (tried && value.trim() === "" ? t("codes.page.needed") : null);
  return (
    <FormDialog
      title={t("codes.add")}
      onClose={props.onClose}
      submit={t("codes.add")}
      sending={add}
      draft={draft}
      onSubmit={() => {
        setTried(true);
        if (code.trim() !== "" && standard !== "") add.mutate();
      }}
    >
      <TextField
        label={t("codes.code")}
        hint={t("codes.page.code.hint")}
        required
        maxLength={80}
        value={code}
        onChange={(value) => set({ code: value })}
        problem={missing(code) ?? fieldProblem(text, add.error, "code")}
      />
      <Select
        label={t("codes.standard")}
        required
        value={standard}
        empty={t("codes.page.choose")}
        onChange={(value) => set({ standard: value })}
        options={values.map((value) => ({ value, label: text.code(list, value) }))}
        problem={missing(standard)}
      />
      {languages.map((language) => (
        <TextField
          key={language}
          lang={language}
          label={t("codes.labels", { language: languageTable[language].endonym })}
          maxLength={300}
          value={labels[language] ?? ""}
          onChange={(value) => set({ labels: { ...labels, [language]: value } })}
          problem={fieldProblem(text, add.error, `labels.${language}`)}
        />
      ))}
      <DateField
        label={t("codes.valid-from")}
        value={validFrom ? { date: validFrom, precision: "day" } : null}
        onChange={(date) => set({ validFrom: date?.date ?? null })}
      />
    </FormDialog>
  );
}
