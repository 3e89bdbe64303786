import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { addressOf, useGo } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { useCountryName } from "../../../platform/ui/records/records-context.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import type { ProfileInput } from "../profile.ts";
import { CheckStep } from "./CheckStep.tsx";
import { imports } from "./client.ts";
import { FileUpload } from "./FileUpload.tsx";
import { emptyDraft, fingerprint, type ImportDraft, importSteps } from "./import-draft.ts";
import { MappingStep } from "./MappingStep.tsx";
import { ReadingStep } from "./ReadingStep.tsx";
import { StepList } from "./StepList.tsx";
import { useCountry } from "./use-country.tsx";
import { type ImportPlan, useImportPlan } from "./use-import-plan.ts";

/** What is lacking before the next step, as ends of `imports.page.lack.*` keys. */
function lacking(draft: ImportDraft, plan: ImportPlan): string[] {
  switch (draft.step) {
    case "files":
      return [...(draft.country === "" ? ["country"] : []), ...(draft.files.length === 0 ? ["files"] : [])];
    case "reading":
      return plan.columns.length === 0 ? ["readable"] : [];
    case "mapping":
      return plan.profile === null && plan.lacks.length === 0 ? ["profile"] : plan.lacks;
    case "check":
      return draft.check?.of === fingerprint(draft, plan.profile) ? [] : ["check"];
    default:
      return [];
  }
}

/** A new import, step by step; nothing is stored before the last. What was chosen survives a reload. */
export function NewImportPage() {
  const { t } = useText();
  const country = useCountry() ?? "";
  const begin = useMemo(() => emptyDraft(country), [country]);
  const kept = useDraft<ImportDraft>("imports/new", begin);
  const draft = kept.touched ? kept.value : begin;
  const plan = useImportPlan(draft);
  const change = (part: Partial<ImportDraft>) => kept.set((before) => ({ ...before, ...part }));
  const lacks = lacking(draft, plan);
  const index = importSteps.indexOf(draft.step);
  const next = importSteps[index + 1];
  const previous = importSteps[index - 1];
  const heading = useRef<HTMLHeadingElement>(null);
  const shownStep = useRef(draft.step);
  useEffect(() => {
    if (shownStep.current === draft.step) return;
    shownStep.current = draft.step;
    heading.current?.focus();
  }, [draft.step]);
  return (
    <>
      <PageHeader
        title={t("imports.new")}
        crumbs={[{ label: t("imports.title"), to: "/imports" }]}
        actions={
          kept.touched && (
            <Button tone="quiet" onClick={kept.clear}>
              {t("imports.page.start-over")}
            </Button>
          )
        }
      />
      <div className={surfaces.stack}>
        <StepList step={draft.step} onStep={(step) => change({ step })} />
        <h2 ref={heading} tabIndex={-1}>
          {t(`imports.page.step.${draft.step}`)}
        </h2>
        {draft.step === "files" && <FilesStep draft={draft} onChange={change} />}
        {draft.step === "reading" && (
          <ReadingStep
            files={draft.files}
            reading={draft.reading}
            onChange={(reading) => change({ reading, own: null })}
            onFileGone={(id) => change({ files: draft.files.filter((file) => file.id !== id), step: "files" })}
          />
        )}
        {draft.step === "mapping" && <MappingStep draft={draft} plan={plan} onChange={change} />}
        {draft.step === "check" && (
          <CheckStep
            draft={draft}
            profile={plan.profile}
            rows={plan.rows}
            ownMapping={plan.chosen === ""}
            onChange={change}
          />
        )}
        {draft.step === "import" && plan.profile && (
          <StartStep draft={draft} profile={plan.profile} rows={plan.rows} onStarted={kept.clear} />
        )}
        {lacks.length > 0 && (
          <ul className={surfaces.muted} aria-live="polite">
            {lacks.map((lack) => (
              <li key={lack}>{t(`imports.page.lack.${lack}`)}</li>
            ))}
          </ul>
        )}
        <div className={surfaces.row}>
          {previous && (
            <Button icon="back" onClick={() => change({ step: previous })}>
              {t("imports.back")}
            </Button>
          )}
          {next && (
            <Button
              tone={draft.step === "check" && lacks.length > 0 ? "plain" : "primary"}
              icon="next"
              disabled={lacks.length > 0 || (draft.step !== "files" && plan.pending)}
              onClick={() => change({ step: next })}
            >
              {t("imports.next")}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}

function FilesStep({ draft, onChange }: { draft: ImportDraft; onChange: (change: Partial<ImportDraft>) => void }) {
  const { t } = useText();
  return (
    <>
      <CountrySelect
        label={t("imports.country")}
        hint={t("imports.page.country.hint")}
        required
        value={draft.country}
        empty={t("imports.page.choose")}
        onChange={(country) => onChange({ country, profile: null })}
      />
      <FileUpload
        files={draft.files}
        onChange={(files) => onChange({ files, reading: {}, profile: null, own: null, unknownValues: {}, check: null })}
      />
    </>
  );
}

function StartStep(props: { draft: ImportDraft; profile: ProfileInput; rows: number | null; onStarted: () => void }) {
  const { t, name } = useText();
  const countryName = useCountryName();
  const go = useGo();
  const queries = useQueryClient();
  const { draft, profile } = props;
  const start = useMutation({
    mutationFn: () =>
      imports.run({ body: { country: draft.country, files: draft.files.map(({ id }) => id), profile } }),
    onSuccess: ({ id }) => {
      props.onStarted();
      void queries.invalidateQueries({ queryKey: ["imports"] });
      // The number of rows lets the page of the import show how far it is.
      go(addressOf(`/imports/${id}`, { country: draft.country, rows: String(props.rows ?? 0) }));
    },
  });
  return (
    <div className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
      <p>
        {t("imports.page.start.lead", {
          files: draft.files.length,
          country: countryName(draft.country),
          profile: name(profile.names) || profile.id,
        })}
      </p>
      {start.isError && <ProblemNotice problem={start.error} />}
      <div>
        <Button tone="primary" icon="import" busy={start.isPending} onClick={() => start.mutate()}>
          {t("imports.run.start")}
        </Button>
      </div>
    </div>
  );
}
