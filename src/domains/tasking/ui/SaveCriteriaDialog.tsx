import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Language, languages } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { languageTable } from "../../../platform/i18n/languages.ts";
import { useAddress } from "../../../platform/ui/address.ts";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { CriteriaOutput } from "../contract-priority.ts";
import { priorities } from "./client.ts";

const codePattern = /^[a-z0-9][a-z0-9-]{1,59}$/;

/** Keeps the weights as a country's own criteria: a new set, or the next version of its own one. */
export function SaveCriteriaDialog(props: {
  set: CriteriaOutput;
  country: string;
  weights: readonly number[];
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const { set, country } = props;
  const toast = useToast();
  const queries = useQueryClient();
  const [search, setSearch] = useAddress();
  const shipped = set.version === 0;
  const [code, setCode] = useState(shipped ? "" : set.code);
  const [names, setNames] = useState<Partial<Record<Language, string>>>(set.names);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () =>
      priorities.saveCriteria({
        body: {
          country,
          code,
          // A new code begins at its first version.
          version: code === set.code ? set.version : 0,
          names: Object.fromEntries(Object.entries(names).filter(([, name]) => name.trim() !== "")),
          definition: {
            ...set.definition,
            criteria: set.definition.criteria.map((each, at) => ({
              ...each,
              weight: props.weights[at] ?? each.weight,
            })),
          },
          reason,
        },
      }),
    onSuccess: async (saved) => {
      toast({ text: t("tasking.criteria.saved", { version: saved.version }) });
      props.onClose();
      await queries.invalidateQueries({ queryKey: ["tasking", "criteria", country] });
      await queries.invalidateQueries({ queryKey: ["tasking", "priorities", country] });
      setSearch(changeSearch(search, { criteria: saved.code }));
    },
  });
  const wrongCode = !codePattern.test(code);
  const ready = !wrongCode && reason.trim().length >= 3;
  return (
    <FormDialog
      title={t("tasking.criteria.save")}
      onClose={props.onClose}
      submit={t("ui.create.send")}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (ready) send.mutate();
      }}
    >
      <TextField
        label={t("field.code")}
        hint={t("tasking.criteria.code.hint")}
        required
        maxLength={60}
        value={code}
        onChange={setCode}
        problem={tried && wrongCode ? t("tasking.criteria.code.hint") : fieldProblem(text, send.error, "code")}
      />
      {languages.map((language) => (
        <TextField
          key={language}
          lang={language}
          label={t("tasking.criteria.name-in", { language: languageTable[language].endonym })}
          maxLength={200}
          value={names[language] ?? ""}
          onChange={(value) => setNames({ ...names, [language]: value })}
        />
      ))}
      <TextField
        label={t("tasking.reason")}
        required
        maxLength={2000}
        value={reason}
        onChange={setReason}
        problem={
          tried && reason.trim().length < 3 ? t("problem.field.too-small") : fieldProblem(text, send.error, "reason")
        }
      />
    </FormDialog>
  );
}
