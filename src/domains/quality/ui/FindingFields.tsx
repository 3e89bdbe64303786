import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { nonconformityTypes, severities } from "../model.ts";

/** A non-conformity while it is typed. */
export interface TypedFinding {
  severity: (typeof severities)[number];
  type: (typeof nonconformityTypes)[number];
  description: string;
  correctiveAction: string;
  deadline: string | null;
}

/** What a form begins with. */
export const blankFinding: TypedFinding = {
  severity: "minor",
  type: "other",
  description: "",
  correctiveAction: "",
  deadline: null,
};

/** A typed non-conformity as it is sent; what was left empty is left out. */
export function sentFinding(typed: TypedFinding) {
  const action = typed.correctiveAction.trim();
  return {
    severity: typed.severity,
    type: typed.type,
    description: typed.description,
    ...(action === "" ? {} : { correctiveAction: action }),
    ...(typed.deadline ? { deadline: typed.deadline } : {}),
  };
}

/** The fields of one non-conformity. */
export function FindingFields(props: {
  value: TypedFinding;
  onChange: (value: TypedFinding) => void;
  tried: boolean;
  problemOf: (field: string) => string | null;
}) {
  const { t, code } = useText();
  const { value, problemOf } = props;
  const set = (change: Partial<TypedFinding>) => props.onChange({ ...value, ...change });
  const short = props.tried && value.description.trim().length < 3;
  return (
    <>
      <div className={surfaces.gridTwo}>
        <Select
          label={t("quality.severity")}
          value={value.severity}
          onChange={(severity) => set({ severity: severity as TypedFinding["severity"] })}
          options={severities.map((each) => ({ value: each, label: code("nonconformity-severity", each) }))}
          problem={problemOf("severity")}
        />
        <Select
          label={t("quality.type")}
          value={value.type}
          onChange={(type) => set({ type: type as TypedFinding["type"] })}
          options={nonconformityTypes.map((each) => ({ value: each, label: code("nonconformity-type", each) }))}
          problem={problemOf("type")}
        />
      </div>
      <TextArea
        label={t("quality.description")}
        required
        rows={2}
        maxLength={4000}
        value={value.description}
        onChange={(description) => set({ description })}
        problem={short ? t("problem.field.too-small") : problemOf("description")}
      />
      <div className={surfaces.gridTwo}>
        <TextArea
          label={t("quality.corrective-action")}
          rows={2}
          maxLength={4000}
          value={value.correctiveAction}
          onChange={(correctiveAction) => set({ correctiveAction })}
          problem={problemOf("correctiveAction")}
        />
        <DateField
          label={t("quality.deadline")}
          hint={t("quality.deadline.hint")}
          value={value.deadline ? { date: value.deadline, precision: "day" } : null}
          onChange={(date) => set({ deadline: date?.date ?? null })}
          problem={problemOf("deadline")}
        />
      </div>
    </>
  );
}
