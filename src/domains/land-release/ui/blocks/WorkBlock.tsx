import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Checkbox } from "../../../../platform/ui/Checkbox.tsx";
import { FieldSet } from "../../../../platform/ui/FieldSet.tsx";
import { NumberField } from "../../../../platform/ui/NumberField.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../../platform/ui/TextArea.tsx";
import { TextField } from "../../../../platform/ui/TextField.tsx";
import { codeLists, methods, typeRules } from "../../model.ts";
import { Anchor, CodeChecks, CodeSelect, DayField, PeopleFields } from "../fields.tsx";
import { type WorkField, workFieldsOf } from "../form-sections.ts";
import { type Callout, emptyBeneficiaries, emptyCallout, type ReportForm } from "../report-form.ts";
import styles from "../reports.module.css";
import type { BlockProps } from "./block.ts";

/** How much ground each chosen method went over. */
function ProcessedFields({ form, change }: Pick<BlockProps, "form" | "change">) {
  const text = useText();
  const { t } = text;
  const chosen = methods.filter((method) => form.methods.includes(method));
  return (
    <FieldSet
      legend={t("land-reports.field.processed")}
      hint={t(chosen.length === 0 ? "land-reports.processed.first" : "land-reports.processed.hint")}
    >
      {chosen.length > 0 && (
        <div className={styles.checks}>
          {chosen.map((method) => (
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
      )}
    </FieldSet>
  );
}

/** Who profits from the land, directly and in other ways. */
function BeneficiaryFields({ form, change }: Pick<BlockProps, "form" | "change">) {
  const { t } = useText();
  const value = form.beneficiaries ?? emptyBeneficiaries;
  return (
    <Anchor name="beneficiaries">
      <div className={surfaces.stack}>
        {(["direct", "indirect"] as const).map((kind) => (
          <PeopleFields
            key={kind}
            legend={t(`land-reports.beneficiaries.${kind}`)}
            value={value[kind]}
            onChange={(counts) => change({ beneficiaries: { ...value, [kind]: counts } })}
          />
        ))}
      </div>
    </Anchor>
  );
}

/** Who asked for a spot task, and when. */
function CalloutFields({ form, change: put }: Pick<BlockProps, "form" | "change">) {
  const { t } = useText();
  const value = form.callout ?? emptyCallout;
  const change = (values: Partial<Callout>) => put({ callout: { ...value, ...values } });
  return (
    <div className={styles.pair}>
      <CodeSelect
        label={t("land-reports.callout.by")}
        list="callout-source"
        codes={codeLists["callout-source"]}
        value={value.requestedBy}
        onChange={(requestedBy) => change({ requestedBy })}
      />
      <DayField
        label={t("land-reports.callout.on")}
        value={value.requestedOn}
        onChange={(requestedOn) => change({ requestedOn })}
      />
    </div>
  );
}

/** What was done: team, methods, assets, ground gone over and effort. */
export function WorkBlock(props: BlockProps) {
  const { form, type, change, problem } = props;
  const { t } = useText();
  const shown = workFieldsOf(type);
  const shows = (field: WorkField) => shown.includes(field);
  const needed = (field: string) => typeRules[type].required.includes(field);
  const line = (field: "team" | "project" | "qualityLog") => (
    <TextField
      label={t(`land-reports.field.${field}`)}
      maxLength={field === "qualityLog" ? 300 : 200}
      value={form[field] ?? ""}
      onChange={(value) => change({ [field]: value === "" ? null : value } satisfies Partial<ReportForm>)}
    />
  );
  return (
    <>
      {shows("callout") && <CalloutFields form={form} change={change} />}
      <div className={styles.pair}>
        {line("team")}
        {line("project")}
        {shows("effort") && (
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
      </div>
      {shows("methods") && (
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
      {shows("processed") && <ProcessedFields form={form} change={change} />}
      {shows("assets") && (
        <TextArea
          label={t("land-reports.field.assets")}
          hint={t("land-reports.assets.hint")}
          rows={2}
          value={form.assets.join("\n")}
          onChange={(value) => change({ assets: value.split("\n") })}
        />
      )}
      {shows("qualityLog") && line("qualityLog")}
      {shows("suspends") && (
        <Checkbox
          label={t("land-reports.field.suspends")}
          checked={form.suspends}
          onChange={(suspends) => change({ suspends })}
        />
      )}
      {shows("beneficiaries") && <BeneficiaryFields form={form} change={change} />}
    </>
  );
}
