import { fields } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { RecordsPicker } from "../../../platform/ui/records/RecordsPicker.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { Where } from "../model-definition.ts";
import { type Dimension, dimensionWords } from "../model-measures.ts";

const organisations = fields.organisation("public");

type CodeLists = Readonly<Record<string, readonly string[]>>;

/** What a table can be narrowed to by choosing codes or organisations; rows of the same cut are told by the rows themselves. */
export const canNarrow = (dimension: Dimension): boolean =>
  dimension === "organisation" || dimensionWords[dimension]?.list !== undefined;

/** What a report counts: everything, or only what has one of the chosen values. Folded away, because most count everything. */
export function Narrowing(props: {
  country: string;
  dimensions: readonly Dimension[];
  value: Where;
  onChange: (value: Where) => void;
}) {
  const text = useText();
  const { t } = text;
  const { sections } = useRecords();
  const codeLists = Object.assign({}, ...[...sections.values()].map((section) => section.codeLists)) as CodeLists;
  const { country, dimensions, value, onChange } = props;
  const set = (dimension: Dimension, values: readonly string[]) => {
    const { [dimension]: _, ...others } = value;
    onChange(values.length > 0 ? { ...others, [dimension]: [...values] } : others);
  };
  if (dimensions.length === 0) return null;
  const count = dimensions.filter((dimension) => value[dimension]).length;
  return (
    <details>
      <summary>{t("reporting.builder.only", { count })}</summary>
      <div className={surfaces.stack}>
        {dimensions.map((dimension) => {
          const chosen = value[dimension] ?? [];
          const label = t(`reporting.by.${dimension}`);
          const list = dimensionWords[dimension]?.list;
          if (list === undefined)
            return (
              <RecordsPicker
                key={dimension}
                label={label}
                problem={null}
                field={organisations}
                country={country}
                value={chosen}
                onChange={(ids) => set(dimension, ids)}
              />
            );
          return (
            <FieldSet key={dimension} legend={label}>
              {(codeLists[list] ?? []).map((code) => (
                <Checkbox
                  key={code}
                  label={text.code(list, code)}
                  checked={chosen.includes(code)}
                  onChange={(on) => set(dimension, on ? [...chosen, code] : chosen.filter((other) => other !== code))}
                />
              ))}
            </FieldSet>
          );
        })}
      </div>
    </details>
  );
}
