import type { ReactNode } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import type { PeopleCounts } from "./report-form.ts";
import styles from "./reports.module.css";

/** The place of a control to which findings lead. */
export function Anchor({ name, children }: { name: string; children: ReactNode }) {
  return <div data-field={name}>{children}</div>;
}

/** A choice from a code list; nothing chosen is null. */
export function CodeSelect<Code extends string>(props: {
  label: string;
  list: string;
  codes: readonly Code[];
  value: Code | null;
  required?: boolean;
  problem?: string | null;
  onChange: (code: Code | null) => void;
}) {
  const { t, code } = useText();
  return (
    <Select
      label={props.label}
      required={props.required ?? false}
      problem={props.problem ?? null}
      empty={t("land-reports.choose")}
      value={props.value ?? ""}
      onChange={(value) => props.onChange(props.codes.find((each) => each === value) ?? null)}
      options={props.codes.map((value) => ({ value, label: code(props.list, value) }))}
    />
  );
}

/** Several choices from a code list. */
export function CodeChecks<Code extends string>(props: {
  legend: string;
  list: string;
  codes: readonly Code[];
  values: readonly string[];
  problem?: string | null;
  onChange: (codes: Code[]) => void;
}) {
  const { code } = useText();
  const { codes, values } = props;
  return (
    <FieldSet legend={props.legend} problem={props.problem ?? null}>
      <div className={styles.checks}>
        {codes.map((each) => (
          <Checkbox
            key={each}
            label={code(props.list, each)}
            checked={values.includes(each)}
            onChange={(checked) => {
              const next = new Set(values.filter((value): value is Code => codes.some((known) => known === value)));
              if (checked) next.add(each);
              else next.delete(each);
              props.onChange([...next]);
            }}
          />
        ))}
      </div>
    </FieldSet>
  );
}

/** A day, as ISO text or null. */
export function DayField(props: {
  label: string;
  required?: boolean;
  problem?: string | null;
  value: string | null;
  onChange: (day: string | null) => void;
}) {
  return (
    <DateField
      label={props.label}
      required={props.required ?? false}
      problem={props.problem ?? null}
      value={props.value === null ? null : { date: props.value, precision: "day" }}
      onChange={(value) => props.onChange(value?.date ?? null)}
    />
  );
}

const groups = ["women", "men", "girls", "boys", "withDisabilities"] as const;

/** How many people, by sex and age; of them those with disabilities. */
export function PeopleFields(props: { legend: string; value: PeopleCounts; onChange: (counts: PeopleCounts) => void }) {
  const { t } = useText();
  return (
    <FieldSet legend={props.legend}>
      <div className={styles.checks}>
        {groups.map((group) => (
          <NumberField
            key={group}
            integer
            min={0}
            label={t(`land-reports.people.${group}`)}
            value={props.value[group]}
            onChange={(count) => props.onChange({ ...props.value, [group]: count ?? 0 })}
          />
        ))}
      </div>
    </FieldSet>
  );
}
