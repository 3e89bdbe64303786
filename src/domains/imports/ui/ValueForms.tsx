import { useState } from "react";
import { languages } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { type SourceColumn, useTargetLabel } from "./ColumnTable.tsx";
import { fieldOfTarget, nothing, type OwnMapping, targetFields } from "./import-draft.ts";
import styles from "./imports.module.css";

interface Props {
  section: RecordSection;
  columns: readonly SourceColumn[];
  own: OwnMapping;
  onChange: (own: OwnMapping) => void;
}

/** The values of a code or yes-no field with their labels. */
function useChoices(section: RecordSection): (target: string) => { value: string; label: string }[] | null {
  const text = useText();
  return (target) => {
    const field = fieldOfTarget(section.type, target);
    if (field?.kind === "boolean")
      return (["true", "false"] as const).map((value) => ({
        value,
        label: text.t(value === "true" ? "ui.yes" : "ui.no"),
      }));
    const list = field?.list;
    if (!list || (field.kind !== "code" && field.kind !== "codes")) return null;
    return (section.codeLists[list] ?? []).map((value) => ({ value, label: text.code(list, value) }));
  };
}

/** What the values of columns for codes mean, where the program would not know or would be wrong. */
export function ValueMeanings(props: Props & { unknown: Readonly<Record<string, readonly string[]>> }) {
  const { t } = useText();
  const { section, own } = props;
  const choices = useChoices(section);
  const label = useTargetLabel(section);
  const fields = [...new Set(Object.values(own.fieldOf))].flatMap((target) => {
    const options = choices(target);
    if (!options) return [];
    const samples = props.columns.filter(({ name }) => own.fieldOf[name] === target).flatMap((one) => one.samples);
    const unknown = props.unknown[target] ?? [];
    const values = [...new Set([...unknown, ...Object.keys(own.values[target] ?? {}), ...samples])];
    return values.length > 0 ? [{ target, options, values, unknown }] : [];
  });
  if (fields.length === 0) return null;
  const set = (target: string, cell: string, value: string) => {
    const { [cell]: _, ...others } = own.values[target] ?? {};
    props.onChange({
      ...own,
      values: { ...own.values, [target]: value === "" ? others : { ...others, [cell]: value } },
    });
  };
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-label={t("imports.mapping.values")}>
      <h2>{t("imports.mapping.values")}</h2>
      <p className={surfaces.muted}>{t("imports.page.values.hint")}</p>
      {fields.map(({ target, options, values, unknown }) => (
        <details key={target} open={unknown.length > 0}>
          <summary>
            {label(target)}
            {unknown.length > 0 && ` · ${t("imports.page.values.unknown", { count: unknown.length })}`}
          </summary>
          <div className={`${styles.form} ${surfaces.pad}`}>
            {values.map((cell) => (
              <Select
                key={cell}
                label={t("imports.mapping.value", { value: cell.slice(0, 80) })}
                value={own.values[target]?.[cell] ?? ""}
                empty={t("imports.mapping.value.auto")}
                onChange={(value) => set(target, cell, value)}
                options={[...options, { value: nothing, label: t("imports.page.values.nothing") }]}
              />
            ))}
          </div>
        </details>
      ))}
    </section>
  );
}

/** Values that are the same for all rows: for required fields that no column fills, and for any other. */
export function SameForAll({ section, own, onChange }: Omit<Props, "columns">) {
  const { t } = useText();
  const choices = useChoices(section);
  const label = useTargetLabel(section);
  const [added, setAdded] = useState<readonly string[]>([]);
  const filled = new Set(Object.values(own.fieldOf));
  const open = targetFields(section.type, languages).filter(({ name }) => !filled.has(name));
  const shown = open.filter(
    ({ name, field }) => (field.required && field.kind !== "names") || name in own.constants || added.includes(name),
  );
  const others = open.filter((target) => !shown.includes(target));
  const set = (name: string, value: string) => {
    const { [name]: _, ...rest } = own.constants;
    onChange({ ...own, constants: value === "" ? rest : { ...rest, [name]: value } });
    if (!added.includes(name)) setAdded([...added, name]);
  };
  return (
    <FieldSet legend={t("imports.page.same")} hint={t("imports.page.same.hint")}>
      <div className={styles.form}>
        {shown.map(({ name, field }) => {
          const options = choices(name);
          const common = { label: label(name), required: field.required, value: own.constants[name] ?? "" };
          return options ? (
            <Select
              key={name}
              {...common}
              empty={t("imports.page.same.none")}
              onChange={(value) => set(name, value)}
              options={options}
            />
          ) : (
            <TextField key={name} {...common} onChange={(value) => set(name, value)} />
          );
        })}
        <Select
          label={t("imports.page.same.add")}
          value=""
          empty={t("imports.page.choose")}
          onChange={(name) => name !== "" && setAdded([...added, name])}
          options={others.map(({ name }) => ({ value: name, label: label(name) }))}
        />
      </div>
    </FieldSet>
  );
}
