import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { newId } from "../../../platform/kernel/ids.ts";
import { useGo } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { problemOf } from "../../../platform/ui/problem-text.ts";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import type { FindingOutput, ReportOutput } from "../contract.ts";
import { codeLists, methods, type ReportType, typeRules } from "../model.ts";
import { DevicesFields, HandoverFields, InspectionFields, MonitoringFields } from "./BlockFields.tsx";
import { reportPath, reports } from "./client.ts";
import { FindingsList } from "./FindingsList.tsx";
import { Anchor, CodeChecks, DayField } from "./fields.tsx";
import { findingAt, findingText, leadTo } from "./findings.ts";
import { type Section, sectionsOf, workFieldsOf } from "./form-sections.ts";
import { PartFields } from "./PartFields.tsx";
import { pickers } from "./pickers.ts";
import { emptyPart, type ReportForm as Form, formOf, merge, wordsOf } from "./report-form.ts";
import styles from "./reports.module.css";

interface Kept {
  form: Form;
  /** The version on which the typing began; null for a report that is not stored yet. */
  base: Form | null;
  revision: number | null;
}

/** The value some moments after it last changed. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

/**
 * The form of a report: what its type needs, checked while it is typed and kept on this device until it is stored. When
 * somebody else stored the same report meanwhile, what only they changed is taken over and the rest stays as typed.
 */
export function ReportForm(props: {
  type: ReportType;
  country: string;
  initial: Form;
  /** The stored report, when there is one. */
  stored: ReportOutput | null;
  corrects: string | null;
}) {
  const text = useText();
  const { t } = text;
  const { type, country, stored, corrects } = props;
  const go = useGo();
  const toast = useToast();
  const queries = useQueryClient();
  const name = stored ? `land.report/${country}/${stored.report.id}` : `land.report/new/${country}/${type}/${corrects}`;
  const begin = useMemo(
    (): Kept => ({
      form: props.initial,
      base: stored ? props.initial : null,
      revision: stored?.report.revision ?? null,
    }),
    [props.initial, stored],
  );
  const draft = useDraft<Kept>(name, begin);
  const { form, base, revision } = draft.touched ? draft.value : begin;
  const change = (values: Partial<Form>) =>
    draft.set((before) => {
      const from = draft.touched ? before : begin;
      return { ...from, form: { ...from.form, ...values } };
    });
  const [clashes, setClashes] = useState<string[]>([]);
  const [fresh, setFresh] = useState<string | null>(null);

  const { words, gaps } = useMemo(() => wordsOf(form), [form]);
  const asked = useSettled(words, 700);
  const check = useQuery({
    queryKey: ["land-check", country, type, corrects, stored?.report.id, asked],
    gcTime: 10_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      reports.check(
        { body: { country, type, corrects, ...(stored ? { id: stored.report.id } : {}), ...asked } },
        { signal },
      ),
  });
  const findings: FindingOutput[] = [
    ...gaps.map(
      ({ field }): FindingOutput => ({
        check: "choice-missing",
        severity: "error",
        part: null,
        field,
        params: {},
      }),
    ),
    ...(check.data?.findings ?? []),
  ];
  const problem = (field: string) => {
    const found = findingAt(findings, field);
    return found ? findingText(text, found) : null;
  };

  const save = useMutation({
    mutationFn: async (thenSubmit: boolean) => {
      const answer =
        stored && revision !== null
          ? await reports.change({ params: { country, id: stored.report.id }, body: { revision, ...words } })
          : await reports.enter({ body: { country, type, corrects, ...words } });
      return { answer, thenSubmit };
    },
    onSuccess: async ({ answer, thenSubmit }) => {
      const { report } = answer;
      draft.clear();
      setClashes([]);
      queries.setQueryData(["land-report", country, report.id], answer);
      void queries.invalidateQueries({ queryKey: ["land-reports"] });
      toast({ text: t("land-reports.saved", { code: report.code }) });
      if (thenSubmit) {
        try {
          const submitted = await reports.submit({
            params: { country, id: report.id },
            body: { revision: report.revision, comment: null },
          });
          queries.setQueryData(["land-report", country, report.id], submitted);
          toast({ text: t("land-reports.done.submit") });
        } catch (cause) {
          // The words are stored; what keeps the report from being handed in stands on its page.
          toast({
            text: text.first([`problem.${problemOf(cause).code}`, "problem.common.internal"], problemOf(cause).params),
          });
        }
      }
      go(reportPath(report));
    },
    onError: async (cause) => {
      if (problemOf(cause).code !== "common.stale-revision" || !stored || !base) return;
      const newer = await reports.get({ params: { country, id: stored.report.id } });
      const theirs = formOf(newer.report as Parameters<typeof formOf>[0]);
      const merged = merge(base, form, theirs);
      draft.set({ form: merged.form, base: theirs, revision: newer.report.revision });
      setClashes(merged.clashes.map(({ field }) => field));
    },
  });
  const send = (thenSubmit: boolean) => {
    const unreadable = document.querySelector<HTMLElement>("[data-unreadable]");
    if (unreadable) unreadable.focus();
    else if (gaps[0]) leadTo([gaps[0].field]);
    else save.mutate(thenSubmit);
  };

  const rule = typeRules[type];
  const needed = (field: string) => rule.required.includes(field);
  const shows = workFieldsOf(type);
  const line = (field: "team" | "project") => (
    <TextField
      label={t(`land-reports.field.${field}`)}
      maxLength={200}
      value={form[field] ?? ""}
      onChange={(value) => change({ [field]: value === "" ? null : value })}
    />
  );
  const blocks: Readonly<Record<Section, () => React.ReactNode>> = {
    work: () => (
      <>
        {line("team")}
        {line("project")}
        {shows.includes("methods") && (
          <Anchor name="methods">
            <CodeChecks
              legend={t(needed("methods") ? "land-reports.needed" : "land-reports.plain", {
                field: t("land-reports.field.methods"),
              })}
              list="release-method"
              codes={methods}
              problem={problem("methods")}
              values={form.methods}
              onChange={(values) => change({ methods: values })}
            />
          </Anchor>
        )}
        {shows.includes("assets") && (
          <TextArea
            label={t("land-reports.field.assets")}
            hint={t("land-reports.assets.hint")}
            rows={2}
            value={form.assets.join("\n")}
            onChange={(value) => change({ assets: value.split("\n") })}
          />
        )}
        {shows.includes("processed") && (
          <FieldSet legend={t("land-reports.field.processed")} hint={t("land-reports.processed.hint")}>
            <div className={styles.checks}>
              {methods
                .filter((method) => form.methods.includes(method))
                .map((method) => (
                  <NumberField
                    key={method}
                    integer
                    min={0}
                    label={text.code("release-method", method)}
                    value={form.processed.find((row) => row.method === method)?.squareMetres ?? null}
                    onChange={(squareMetres) =>
                      change({
                        processed: [
                          ...form.processed.filter((row) => row.method !== method),
                          ...(squareMetres === null ? [] : [{ method, squareMetres }]),
                        ],
                      })
                    }
                  />
                ))}
            </div>
          </FieldSet>
        )}
        {shows.includes("effort") && (
          <>
            <NumberField
              integer
              min={0}
              label={t("land-reports.field.deminers")}
              value={form.deminers}
              onChange={(deminers) => change({ deminers })}
            />
            <NumberField
              min={0}
              label={t("land-reports.field.hours")}
              value={form.hours}
              onChange={(hours) => change({ hours })}
            />
          </>
        )}
        {shows.includes("suspends") && (
          <Checkbox
            label={t("land-reports.field.suspends")}
            checked={form.suspends}
            onChange={(suspends) => change({ suspends })}
          />
        )}
      </>
    ),
    evidence: () => (
      <Anchor name="evidence">
        {(["direct-evidence", "indirect-evidence"] as const).map((list) => (
          <CodeChecks
            key={list}
            legend={t(`land-reports.${list}`)}
            list={list}
            codes={codeLists[list]}
            values={form.evidence}
            onChange={(values) =>
              change({
                evidence: [
                  ...form.evidence.filter((each) => !(codeLists[list] as readonly string[]).includes(each)),
                  ...values,
                ],
              })
            }
          />
        ))}
      </Anchor>
    ),
    parts: () => (
      <Anchor name="parts">
        <div className={surfaces.stack}>
          {form.parts.map((part) => (
            <PartFields
              key={part.id}
              part={part}
              type={type}
              country={country}
              area={form.area}
              findings={findings}
              startsOpen={part.id === fresh}
              onChange={(next) => change({ parts: form.parts.map((each) => (each.id === part.id ? next : each)) })}
              onRemove={() => change({ parts: form.parts.filter((each) => each.id !== part.id) })}
            />
          ))}
          <div>
            <Button
              icon="add"
              onClick={() => {
                const part = emptyPart(newId(), type);
                setFresh(part.id);
                change({ parts: [...form.parts, part] });
              }}
            >
              {t("land-reports.part.add")}
            </Button>
          </div>
        </div>
      </Anchor>
    ),
    devices: () => (
      <Anchor name="devices">
        <DevicesFields rows={form.devices} onChange={(devices) => change({ devices })} />
      </Anchor>
    ),
    inspection: () => (
      <Anchor name="inspection">
        <InspectionFields value={form.inspection} onChange={(inspection) => change({ inspection })} />
      </Anchor>
    ),
    handover: () => (
      <Anchor name="handover">
        <HandoverFields value={form.handover} onChange={(handover) => change({ handover })} />
      </Anchor>
    ),
    monitoring: () => (
      <Anchor name="monitoring">
        <MonitoringFields value={form.monitoring} onChange={(monitoring) => change({ monitoring })} />
      </Anchor>
    ),
    reason: () => (
      <Anchor name="reason">
        <TextArea
          label={t("land-reports.field.reason")}
          required={needed("reason")}
          problem={problem("reason")}
          maxLength={2000}
          value={form.reason ?? ""}
          onChange={(value) => change({ reason: value === "" ? null : value })}
        />
      </Anchor>
    ),
    notes: () => (
      <TextArea
        label={t("land-reports.field.notes")}
        maxLength={20_000}
        value={form.notes ?? ""}
        onChange={(value) => change({ notes: value === "" ? null : value })}
      />
    ),
  };
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send(false);
      }}
    >
      {draft.restored && (
        <div className={surfaces.row}>
          <p className={surfaces.muted}>{t("ui.draft.restored")}</p>
          <Button small tone="quiet" onClick={draft.clear}>
            {t("ui.draft.drop")}
          </Button>
        </div>
      )}
      <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="block-header">
        <h2 id="block-header">{t("land-reports.block.header")}</h2>
        {(["organisation", "area", "task"] as const)
          .filter((field) => field !== "area" || rule.area !== "none")
          .map((field) => (
            <Anchor key={field} name={field}>
              <RecordPicker
                label={t(`land-reports.field.${field}`)}
                field={pickers[field]}
                country={country}
                required={needed(field) || (field === "area" && rule.area === "required")}
                problem={problem(field)}
                value={form[field] ?? ""}
                onChange={(value) => change({ [field]: value || null })}
              />
            </Anchor>
          ))}
        {(["effectiveOn", "startedOn", "endedOn"] as const).map((field) => (
          <Anchor key={field} name={field}>
            <DayField
              label={t(`land-reports.field.${field}`)}
              required={field === "effectiveOn"}
              problem={problem(field)}
              value={form[field]}
              onChange={(day) => change({ [field]: day })}
            />
          </Anchor>
        ))}
      </section>
      {sectionsOf(type).map((section) => (
        <section
          key={section}
          className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}
          aria-labelledby={`block-${section}`}
        >
          <h2 id={`block-${section}`}>{t(`land-reports.block.${section}`)}</h2>
          {blocks[section]()}
        </section>
      ))}
      {clashes.length > 0 && (
        <div className={surfaces.notice} role="alert">
          <div>
            <strong>{t("ui.stale.title")}</strong>
            <p>
              {t("land-reports.clash", {
                fields: text.format.list(clashes.map((field) => t(`land-reports.field.${field}`))),
              })}
            </p>
            {clashes.map((field) => (
              <Button
                key={field}
                small
                onClick={() => {
                  if (base) change({ [field]: base[field as keyof Form] });
                  setClashes(clashes.filter((each) => each !== field));
                }}
              >
                {t("land-reports.clash.theirs", { field: t(`land-reports.field.${field}`) })}
              </Button>
            ))}
          </div>
        </div>
      )}
      {save.isError && clashes.length === 0 && <ProblemNotice problem={save.error} />}
      <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="block-findings">
        <h2 id="block-findings">{t("land-reports.findings.count", { errors, warnings: findings.length - errors })}</h2>
        {check.isError && <ProblemNotice problem={check.error} onRetry={() => void check.refetch()} />}
        <FindingsList findings={findings} onLead={leadTo} />
      </section>
      <div className={`${styles.foot} ${surfaces.row}`}>
        <Button type="submit" busy={save.isPending}>
          {t("land-reports.save")}
        </Button>
        <Button tone="primary" busy={save.isPending} disabled={errors > 0} onClick={() => send(true)}>
          {t("land-reports.save-and-submit")}
        </Button>
      </div>
    </form>
  );
}
