import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Language } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { languageTable } from "../../../platform/i18n/languages.ts";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import type { NationalEntry } from "../model.ts";
import { reporting } from "./client.ts";
import type { WrittenBlock } from "./ReportView.tsx";
import type { ReportQuery } from "./use-report.ts";
import { useWords } from "./use-words.ts";

const flags = ["changed", "unchanged", "not-applicable"] as const;

interface Draft {
  flag: NationalEntry["flag"];
  texts: Record<string, string>;
  numbers: Record<string, number | null>;
}

/** Writes into a block of a report: a text in English and in one's own language, or numbers by year. */
export function EntryDialog(props: {
  block: WrittenBlock;
  asked: ReportQuery;
  version: number;
  cover: boolean;
  onClose: () => void;
}) {
  const { t, language } = useText();
  const say = useWords();
  const toast = useToast();
  const queries = useQueryClient();
  const { block, asked, version, cover, onClose } = props;
  const { entry } = block;
  const year = Number(asked.to.slice(0, 4));
  const draft = useDraft<Draft>(`reporting/${asked.country}/${asked.definition}/${block.block.id}/${year}`, {
    ...{ flag: "changed", texts: { ...entry?.texts }, numbers: { ...entry?.numbers } },
  });
  const [tried, setTried] = useState(false);
  const { flag, texts, numbers } = draft.value;
  const written: Language[] = language === "en" ? ["en"] : [language, "en"];
  const first = Number(asked.from.slice(0, 4));
  const years = [
    ...new Set([...Object.keys(numbers), ...Array.from({ length: year - first + 1 }, (_, n) => String(first + n))]),
  ].sort();
  const nothing =
    flag === "changed" &&
    (block.kind === "national"
      ? Object.values(texts).every((text) => text.trim() === "")
      : Object.values(numbers).every((number) => number === null));
  const send = useMutation({
    mutationFn: () =>
      reporting.saveEntry({
        body: {
          ...{ country: asked.country, definition: asked.definition, block: block.block.id, year, flag, version },
          texts: Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== "")),
          numbers: Object.fromEntries(
            Object.entries(numbers).filter((each): each is [string, number] => each[1] !== null),
          ),
        },
      }),
    onSuccess: async () => {
      draft.clear();
      toast({ text: t("reporting.written") });
      onClose();
      await Promise.all(["report", "report-entries"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
  });
  const set = (changes: Partial<Draft>) => draft.set((before) => ({ ...before, ...changes }));
  return (
    <FormDialog
      title={t("reporting.write.of", { of: say(block.block.words) })}
      onClose={onClose}
      submit={t("reporting.keep")}
      sending={send}
      draft={draft}
      onSubmit={() => {
        setTried(true);
        if (!nothing) send.mutate();
      }}
    >
      <div className={surfaces.stack}>
        {cover && (
          <Select
            label={t("reporting.flag")}
            value={flag}
            onChange={(value) => set({ flag: flags.find((each) => each === value) ?? "changed" })}
            options={flags.map((value) => ({ value, label: t(`reporting.flag.${value}`) }))}
          />
        )}
        {block.kind === "national"
          ? written.map((code) => (
              <TextArea
                key={code}
                label={t("reporting.text-in", { language: languageTable[code].endonym })}
                rows={7}
                maxLength={20_000}
                value={texts[code] ?? ""}
                onChange={(value) => set({ texts: { ...texts, [code]: value } })}
                problem={tried && nothing ? t("problem.reporting.entry-incomplete") : undefined}
              />
            ))
          : years.map((key) => (
              <NumberField
                key={key}
                label={key}
                min={0}
                max={1e15}
                value={numbers[key] ?? null}
                onChange={(value) => set({ numbers: { ...numbers, [key]: value } })}
              />
            ))}
      </div>
    </FormDialog>
  );
}
