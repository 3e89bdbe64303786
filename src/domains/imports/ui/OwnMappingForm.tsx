import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { ProfileInput } from "../profile.ts";
import { ColumnTable, type SourceColumn, useTargetLabel } from "./ColumnTable.tsx";
import { imports } from "./client.ts";
import type { OwnMapping } from "./import-draft.ts";
import { PositionForm } from "./PositionForm.tsx";
import { SameForAll, ValueMeanings } from "./ValueForms.tsx";

const orders = ["dmy", "mdy", "ymd"] as const;

/** A mapping that somebody makes: columns to fields, values to codes, position, order of dates, and what tells records apart. */
export function OwnMappingForm(props: {
  country: string;
  section: RecordSection;
  columns: readonly SourceColumn[];
  hasShapes: boolean;
  own: OwnMapping;
  onChange: (own: OwnMapping) => void;
  unknown: Readonly<Record<string, readonly string[]>>;
  /** What would be saved; null while something is lacking. */
  profile: ProfileInput | null;
}) {
  const { t } = useText();
  const { own, section, columns, onChange } = props;
  const label = useTargetLabel(section);
  const mapped = [...new Set(Object.values(own.fieldOf))];
  return (
    <div className={surfaces.stack}>
      <div className={`${surfaces.card} ${surfaces.stack}`}>
        <div className={surfaces.pad}>
          <h2>{t("imports.mapping")}</h2>
          <p className={surfaces.muted}>{t("imports.page.mapping.hint")}</p>
        </div>
        <ColumnTable section={section} columns={columns} own={own} onChange={onChange} />
      </div>
      <ValueMeanings section={section} columns={columns} own={own} onChange={onChange} unknown={props.unknown} />
      {section.type.geometryField && (
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          <PositionForm
            value={own.position}
            onChange={(position) => onChange({ ...own, position })}
            columns={columns.map(({ name }) => name)}
            hasShapes={props.hasShapes}
          />
        </div>
      )}
      <div className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
        <SameForAll section={section} own={own} onChange={onChange} />
        <RadioGroup
          legend={t("imports.date-order")}
          value={own.dateOrder}
          onChange={(order) => onChange({ ...own, dateOrder: order as OwnMapping["dateOrder"] })}
          options={[
            { value: "", label: t("imports.date-order.none") },
            ...orders.map((value) => ({ value, label: t(`imports.date-order.${value}`) })),
          ]}
        />
        <Checkbox
          label={t("imports.decimal-comma")}
          checked={own.decimalComma}
          onChange={(decimalComma) => onChange({ ...own, decimalComma })}
        />
        <Select
          label={t("imports.key")}
          hint={t("imports.page.key.hint")}
          value={own.key}
          empty={t("imports.key.content")}
          onChange={(key) => onChange({ ...own, key })}
          options={mapped.map((value) => ({ value, label: label(value) }))}
        />
      </div>
      <KeepProfile country={props.country} own={own} onChange={onChange} profile={props.profile} />
    </div>
  );
}

function KeepProfile(props: {
  country: string;
  own: OwnMapping;
  onChange: (own: OwnMapping) => void;
  profile: ProfileInput | null;
}) {
  const { t } = useText();
  const toast = useToast();
  const queries = useQueryClient();
  const { own, profile } = props;
  const save = useMutation({
    mutationFn: (kept: ProfileInput) => imports.saveProfile({ body: { country: props.country, profile: kept } }),
    onSuccess: async () => {
      toast({ text: t("imports.profile.saved") });
      await queries.invalidateQueries({ queryKey: ["import-profiles"] });
    },
  });
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-label={t("imports.profile.save")}>
      <TextField
        label={t("imports.profile.name")}
        hint={t("imports.page.profile.name.hint")}
        maxLength={200}
        value={own.name}
        onChange={(name) => props.onChange({ ...own, name })}
      />
      {save.isError && <ProblemNotice problem={save.error} />}
      <div>
        <Button
          disabled={profile === null || own.name.trim() === ""}
          busy={save.isPending}
          onClick={() => profile && save.mutate(profile)}
        >
          {t("imports.profile.save")}
        </Button>
      </div>
    </section>
  );
}
