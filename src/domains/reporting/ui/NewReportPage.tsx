import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { addressOf, useAddress, useGo } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import type { Definition, Where } from "../model-definition.ts";
import { type Dimension, dimensions, dimensionWords } from "../model-measures.ts";
import { reporting } from "./client.ts";
import { canNarrow, Narrowing } from "./Narrowing.tsx";

interface Draft {
  title: string;
  by: (typeof dimensions)[number];
  measures: string[];
  chart: string;
  map: string;
  only: Where;
  shared: boolean;
}

const columnId = (measure: string) => measure.replaceAll(".", "-");

/** The definition that a draft stands for: one table, and a chart and a map of its columns where they are wanted. */
function definitionOf(
  id: string,
  language: string,
  { title, by, measures, chart, map, only }: Draft,
  narrowed: string,
): Definition {
  const words = { texts: { [language]: title.trim() } };
  // A table that does not count everything says so wherever it is shown.
  const caption = narrowed === "" ? words : { texts: { [language]: `${title.trim()} (${narrowed})` } };
  return {
    ...{ id, words, scope: "country" },
    blocks: [
      {
        ...{ kind: "table", id: "table", words: caption, by, total: true },
        ...(narrowed === "" ? {} : { where: only }),
        columns: measures.map((measure) => ({ kind: "measure", id: columnId(measure), measure })),
      },
      ...(measures.includes(chart) ? [{ kind: "chart" as const, table: "table", column: columnId(chart), words }] : []),
      ...(by === "province" && measures.includes(map)
        ? [{ kind: "map" as const, table: "table", column: columnId(map), words }]
        : []),
    ],
  };
}

/** Makes a report of one's own: what is counted, by what, with which chart. It is kept and opened like those that ship. */
export function NewReportPage() {
  const text = useText();
  const { t, language } = text;
  const [search] = useAddress();
  const { countries, home } = useRecords();
  const go = useGo();
  const toast = useToast();
  const form = useId();
  const queries = useQueryClient();
  const country = [search.country, home].find((each) => each && countries.has(each)) ?? [...countries.keys()][0] ?? "";
  const draft = useDraft<Draft>(`reporting/new/${country}`, {
    ...{ title: "", by: "province", measures: [], chart: "", map: "", only: {}, shared: false },
  });
  const [tried, setTried] = useState(false);
  const offered = useQuery({
    queryKey: ["report-measures"],
    queryFn: ({ signal }) => reporting.measures({}, { signal }),
  });
  const { title, by, measures, chart, map, only, shared } = draft.value;
  const possible = (offered.data?.items ?? []).filter((each) => each.retired === null && each.dimensions.includes(by));
  const chosen = measures.filter((id) => possible.some((each) => each.id === id));
  const set = (changes: Partial<Draft>) => draft.set((before) => ({ ...before, ...changes }));
  // Only what every column can be narrowed by.
  const narrowing = dimensions.filter(
    (each) =>
      each !== by &&
      canNarrow(each) &&
      chosen.length > 0 &&
      chosen.every((id) => possible.find((one) => one.id === id)?.dimensions.includes(each)),
  );
  const kept = Object.fromEntries(
    Object.entries(only ?? {}).filter(([name]) => narrowing.some((each) => each === name)),
  );
  const narrowed = Object.entries(kept).map(([name, values]) => {
    const list = dimensionWords[name as Dimension]?.list;
    const words = list
      ? values.map((code) => text.code(list, code))
      : [t("reporting.builder.chosen", { n: values.length })];
    return t("reporting.builder.narrowed", { by: t(`reporting.by.${name}`), values: text.format.list(words) });
  });
  const send = useMutation({
    mutationFn: () => {
      const id = `own-${crypto.randomUUID().slice(0, 12)}`;
      const definition = definitionOf(
        id,
        language,
        { ...draft.value, measures: chosen, only: kept },
        narrowed.join("; "),
      );
      return reporting.saveDefinition({ body: { country, definition, shared } });
    },
    onSuccess: async ({ id }) => {
      draft.clear();
      toast({ text: t("reporting.written") });
      await queries.invalidateQueries({ queryKey: ["reports-offered"] });
      go(addressOf("/reports", { country, definition: id }));
    },
  });
  const cuts = dimensions.filter((each) => offered.data?.items.some((measure) => measure.dimensions.includes(each)));
  const wrong = title.trim() === "" || chosen.length === 0;
  return (
    <>
      <PageHeader
        title={t("reporting.builder.title")}
        crumbs={[{ label: t("reporting.title"), to: "/reports" }]}
        lead={t("reporting.builder.lead")}
      />
      {offered.isError && <ErrorState problem={offered.error} onRetry={() => void offered.refetch()} />}
      {offered.isPending && <Skeleton lines={8} />}
      {offered.data && (
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          <Form
            id={form}
            draft={draft}
            problem={send.error}
            onSubmit={() => {
              setTried(true);
              if (!wrong) send.mutate();
            }}
          >
            <div className={surfaces.stack}>
              <TextField
                label={t("reporting.builder.name")}
                required
                maxLength={200}
                value={title}
                onChange={(value) => set({ title: value })}
                problem={tried && title.trim() === "" ? t("problem.field.required") : undefined}
              />
              <Select
                label={t("reporting.builder.rows")}
                value={by}
                onChange={(value) => set({ by: cuts.find((each) => each === value) ?? "province" })}
                options={cuts.map((value) => ({ value, label: t(`reporting.by.${value}`) }))}
              />
              <FieldSet
                legend={t("reporting.builder.columns")}
                problem={tried && chosen.length === 0 ? t("problem.field.required") : undefined}
              >
                {possible.map(({ id }) => (
                  <Checkbox
                    key={id}
                    label={t(`reporting.measure.${id}`)}
                    hint={t(`reporting.rule.${id}`)}
                    checked={chosen.includes(id)}
                    onChange={(on) => set({ measures: on ? [...chosen, id] : chosen.filter((each) => each !== id) })}
                  />
                ))}
              </FieldSet>
              <Narrowing
                country={country}
                dimensions={narrowing}
                value={kept}
                onChange={(value) => set({ only: value })}
              />
              <Select
                label={t("reporting.builder.chart")}
                empty={t("reporting.builder.no-chart")}
                value={chosen.includes(chart) ? chart : ""}
                onChange={(value) => set({ chart: value })}
                options={chosen.map((value) => ({ value, label: t(`reporting.measure.${value}`) }))}
              />
              {by === "province" && (
                <Select
                  label={t("reporting.builder.map")}
                  empty={t("reporting.builder.no-map")}
                  value={chosen.includes(map) ? map : ""}
                  onChange={(value) => set({ map: value })}
                  options={chosen.map((value) => ({ value, label: t(`reporting.measure.${value}`) }))}
                />
              )}
              <Checkbox
                label={t("reporting.builder.shared")}
                checked={shared}
                onChange={(value) => set({ shared: value })}
              />
              <div className={surfaces.row}>
                <Button type="submit" form={form} tone="primary" busy={send.isPending}>
                  {t("reporting.keep")}
                </Button>
              </div>
            </div>
          </Form>
        </div>
      )}
    </>
  );
}
