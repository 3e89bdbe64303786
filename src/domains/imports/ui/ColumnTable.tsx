import { languages } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { languageTable } from "../../../platform/i18n/languages.ts";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Table } from "../../../platform/ui/Table.tsx";
import { type OwnMapping, positionColumns, targetFields } from "./import-draft.ts";
import styles from "./imports.module.css";

/** A column of the source as detection found it. */
export interface SourceColumn {
  name: string;
  samples: string[];
  /** Share of rows that have a value. */
  filled: number;
}

/** The label of a field that a column can fill, with the language for names. */
export function useTargetLabel(section: RecordSection): (target: string) => string {
  const text = useText();
  return (target) => {
    const [name = "", language] = target.split(".");
    const label = text.field(section.type.name, name);
    const spoken = languages.find((one) => one === language);
    return spoken
      ? text.t("imports.mapping.language", { field: label, language: languageTable[spoken].endonym })
      : label;
  };
}

/** Every column of the source with examples, and the field that it fills. */
export function ColumnTable(props: {
  section: RecordSection;
  columns: readonly SourceColumn[];
  own: OwnMapping;
  onChange: (own: OwnMapping) => void;
}) {
  const { t, format } = useText();
  const { section, own } = props;
  const label = useTargetLabel(section);
  const taken = positionColumns(own.position);
  const options = targetFields(section.type, languages).map(({ name, field }) => ({
    value: name,
    label: field.required ? t("imports.page.required-field", { field: label(name) }) : label(name),
  }));
  const choose = (column: string, field: string) => {
    const { [column]: _, ...others } = own.fieldOf;
    props.onChange({ ...own, fieldOf: field === "" ? others : { ...others, [column]: field } });
  };
  return (
    <Table
      caption={t("imports.mapping")}
      rows={props.columns}
      rowId={({ name }) => name}
      columns={[
        {
          id: "column",
          label: t("imports.mapping.column"),
          cell: ({ name, filled }) => (
            <>
              <span className={styles.samples}>{name}</span>
              {filled < 1 && (
                <span className={`${surfaces.small} ${surfaces.muted}`}>
                  {" "}
                  {t("imports.page.filled", { share: format.percent(filled) })}
                </span>
              )}
            </>
          ),
        },
        {
          id: "samples",
          label: t("imports.mapping.samples"),
          empty: ({ samples }) => samples.length === 0,
          cell: ({ samples }) => (
            <span className={`${styles.samples} ${surfaces.small}`}>
              {samples.map((sample) => sample.slice(0, 60)).join(" · ")}
            </span>
          ),
        },
        {
          id: "field",
          label: t("imports.mapping.field"),
          cell: ({ name }) =>
            taken.has(name) ? (
              t("imports.position")
            ) : (
              <Select
                label={t("imports.page.field-of", { column: name })}
                hideLabel
                value={own.fieldOf[name] ?? ""}
                empty={t("imports.mapping.nothing")}
                onChange={(field) => choose(name, field)}
                options={options}
              />
            ),
        },
      ]}
    />
  );
}
