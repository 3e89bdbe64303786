import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { VariantOutput } from "../contract.ts";
import { codes } from "./client.ts";

/** Takes a national code out of use after a day. */
export function RetireDialog({ variant, onClose }: { variant: VariantOutput; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const [lastDay, setLastDay] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const retire = useMutation({
    mutationFn: (validTo: string) =>
      codes.retireVariant({
        params: { country: variant.country, id: variant.id },
        body: { validTo, version: variant.version },
      }),
    onSuccess: async () => {
      toast({ text: t("codes.retired") });
      await queries.invalidateQueries({ queryKey: ["codes"] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("codes.retire.title", { code: variant.code })}
      onClose={onClose}
      submit={t("codes.retire")}
      tone="danger"
      sending={retire}
      onSubmit={() => {
        setTried(true);
        if (lastDay !== null) retire.mutate(lastDay);
      }}
    >
      <p>{t("codes.retire.hint")}</p>
      <DateField
        label={t("codes.retire.on")}
        required
        value={lastDay ? { date: lastDay, precision: "day" } : null}
        onChange={(date) => setLastDay(date?.date ?? null)}
        problem={
          fieldProblem(text, retire.error, "validTo") ?? (tried && lastDay === null ? t("codes.page.needed") : null)
        }
      />
    </FormDialog>
  );
}
