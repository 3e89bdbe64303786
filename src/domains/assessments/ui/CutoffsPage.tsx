import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Language, languages } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { languageTable } from "../../../platform/i18n/languages.ts";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Table } from "../../../platform/ui/Table.tsx";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { CutoffOutput } from "../contract.ts";
import type { Instrument, InstrumentCode } from "../model.ts";
import { currentInstruments } from "../model-instruments.ts";
import { assessments } from "./client.ts";

const withCutoff = currentInstruments.filter(({ scoring }) => scoring.kind === "sum" || scoring.kind === "any");

/** From which value a screening is positive: the published ones, and what the country set in their place. */
export function CutoffsPage() {
  const text = useText();
  const { t, format } = text;
  const [search] = useAddress();
  const { countries, home } = useRecords();
  const [only] = countries.keys();
  const country = search.country ?? home ?? only ?? "";
  const [changing, setChanging] = useState<Instrument | null>(null);
  const answer = useQuery({
    queryKey: ["assessments", "cutoffs", country],
    enabled: country !== "",
    queryFn: ({ signal }) => assessments.cutoffs({ query: { country } }, { signal }),
  });
  const shown = (cutoff: number | null) => (cutoff === null ? t("assessments.cutoffs.none") : format.number(cutoff));
  const own = (code: InstrumentCode) => (answer.data?.items ?? []).filter(({ instrument }) => instrument === code);
  return (
    <>
      <PageHeader title={t("assessments.cutoffs.title")} lead={t("assessments.cutoffs.lead")} />
      <div className={`${surfaces.card} ${surfaces.pad}`}>
        {answer.isError && <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />}
        {answer.isPending && country !== "" && <Skeleton lines={7} />}
        {answer.data && (
          <Table
            caption={t("assessments.cutoffs.title")}
            rows={withCutoff}
            rowId={({ code }) => code}
            columns={[
              {
                id: "instrument",
                label: t("assessments.column.instrument"),
                cell: ({ code }) => text.code("assessment-instrument", code),
              },
              {
                id: "published",
                label: t("assessments.cutoffs.published"),
                numeric: true,
                cell: ({ scoring }) => shown(scoring.cutoff),
              },
              {
                id: "own",
                label: t("assessments.cutoffs.own"),
                empty: ({ code }) => own(code).length === 0,
                cell: ({ code }) =>
                  own(code).map((one) => (
                    <div key={one.language ?? ""}>
                      {one.language ? languageTable[one.language].endonym : t("assessments.cutoffs.every-language")}:{" "}
                      {shown(one.cutoff)}
                      <div className={`${surfaces.muted} ${surfaces.small}`}>{one.reason}</div>
                    </div>
                  )),
              },
              ...(answer.data.allowed.includes("manage")
                ? [
                    {
                      id: "change",
                      label: t("assessments.cutoffs.change"),
                      cell: (one: Instrument) => (
                        <Button small icon="edit" onClick={() => setChanging(one)}>
                          {t("assessments.cutoffs.change")}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </div>
      {changing && (
        <CutoffDialog country={country} of={changing} known={own(changing.code)} onClose={() => setChanging(null)} />
      )}
    </>
  );
}

function CutoffDialog(props: { country: string; of: Instrument; known: readonly CutoffOutput[]; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const { country, of, known, onClose } = props;
  const [language, setLanguage] = useState<Language | "">("");
  const [cutoff, setCutoff] = useState<number | null>(of.scoring.cutoff);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < 3;
  const send = useMutation({
    mutationFn: () =>
      assessments.setCutoff({
        body: {
          country,
          instrument: of.code,
          language: language === "" ? null : language,
          cutoff,
          version: known.find((one) => (one.language ?? "") === language)?.version ?? 0,
          reason,
        },
      }),
    onSuccess: async () => {
      toast({ text: t("assessments.cutoffs.done") });
      onClose();
      await queries.invalidateQueries({ queryKey: ["assessments"] });
    },
  });
  return (
    <FormDialog
      title={text.code("assessment-instrument", of.code)}
      onClose={onClose}
      submit={t("assessments.cutoffs.change")}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (!short) send.mutate();
      }}
    >
      <Select
        label={t("assessments.column.language")}
        value={language}
        empty={t("assessments.cutoffs.every-language")}
        onChange={(next) => setLanguage(next as Language | "")}
        options={languages.map((each) => ({ value: each, label: languageTable[each].endonym }))}
      />
      <NumberField
        label={t("assessments.column.cutoff")}
        hint={t("assessments.cutoffs.hint")}
        value={cutoff}
        onChange={setCutoff}
        problem={fieldProblem(text, send.error, "cutoff")}
      />
      <TextArea
        label={t("assessments.cutoffs.reason")}
        required
        rows={3}
        maxLength={2000}
        value={reason}
        onChange={setReason}
        problem={tried && short ? t("problem.field.too-small") : fieldProblem(text, send.error, "reason")}
      />
    </FormDialog>
  );
}
