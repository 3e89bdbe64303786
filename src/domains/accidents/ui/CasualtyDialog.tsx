import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { FieldControl, type FormValues } from "../../../platform/ui/records/FieldControl.tsx";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import { casualty } from "../contract.ts";
import { casualtyClient } from "./client.ts";
import { casualties } from "./index.ts";

/** Made after the accident, or said elsewhere by who may know the person. */
const left = new Set(["code", "accident", "person", "country"]);

const asked = Object.entries(casualty.fields).filter(([name, field]) => !field.derived && !left.has(name));

/** Enters a casualty of an accident. What was typed is kept until it is sent. */
export function CasualtyDialog({ accident, onClose }: { accident: RecordItem; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const { country, id } = accident;
  const draft = useDraft<FormValues>(`new/casualty/${country}/${id}`, {});
  const [tried, setTried] = useState(false);
  const values = draft.value;
  const send = useMutation({
    mutationFn: () => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
      return casualtyClient.create({ body: { country, values: { ...filled, accident: id } as never } });
    },
    onSuccess: () => {
      draft.clear();
      toast({ text: t("ui.create.done") });
      onClose();
    },
  });
  const missing = (name: string) => tried && name === "outcome" && (values.outcome ?? null) === null;
  return (
    <FormDialog
      title={t("accidents.casualties.add")}
      onClose={onClose}
      submit={t("ui.create.send")}
      sending={send}
      draft={draft}
      onSubmit={() => {
        setTried(true);
        if ((values.outcome ?? null) !== null) send.mutate();
      }}
    >
      <div className={surfaces.stack}>
        {asked.map(([name, field]) => (
          <FieldControl
            key={name}
            type={casualty}
            name={name}
            field={field}
            codeLists={casualties.codeLists}
            country={country}
            values={values}
            onChange={(next) => draft.set((before) => ({ ...before, ...next }))}
            problem={missing(name) ? t("problem.field.required") : fieldProblem(text, send.error, name)}
          />
        ))}
      </div>
    </FormDialog>
  );
}
