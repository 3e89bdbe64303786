import { type Field, type GeometryValue, languages } from "../../contract/fields.ts";
import type { RecordType } from "../../contract/record-type.ts";
import type { DatePrecision } from "../../i18n/format.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { languageTable } from "../../i18n/languages.ts";
import { Checkbox } from "../Checkbox.tsx";
import { DateField } from "../DateField.tsx";
import { FieldSet } from "../FieldSet.tsx";
import { NumberField } from "../NumberField.tsx";
import { Select } from "../Select.tsx";
import { TextArea } from "../TextArea.tsx";
import { TextField } from "../TextField.tsx";
import { PositionField } from "./PositionField.tsx";
import { RecordPicker } from "./RecordPicker.tsx";
import { RecordsPicker } from "./RecordsPicker.tsx";

/** The values of a form by field name; null empties a field. */
export type FormValues = Record<string, unknown>;

/** The control that fits a field: what a form is made of. */
export function FieldControl(props: {
  type: RecordType;
  name: string;
  field: Field;
  codeLists: Readonly<Record<string, readonly string[]>>;
  country: string;
  values: FormValues;
  onChange: (changes: FormValues) => void;
  problem?: string | null;
}) {
  const text = useText();
  const { type, name, field, values } = props;
  const value = values[name] ?? null;
  const set = (next: unknown) => props.onChange({ [name]: next });
  const common = { label: text.field(type.name, name), problem: props.problem ?? null, required: field.required };
  switch (field.kind) {
    case "text":
      return (
        <TextField
          {...common}
          maxLength={field.maxLength}
          value={typeof value === "string" ? value : ""}
          onChange={(next) => set(next === "" ? null : next)}
        />
      );
    case "long-text":
      return (
        <TextArea
          {...common}
          maxLength={field.maxLength}
          value={typeof value === "string" ? value : ""}
          onChange={(next) => set(next === "" ? null : next)}
        />
      );
    case "integer":
    case "number":
      return (
        <NumberField
          {...common}
          integer={field.kind === "integer"}
          min={field.min}
          max={field.max}
          value={typeof value === "number" ? value : null}
          onChange={set}
        />
      );
    case "boolean":
      return (
        <Select
          {...common}
          empty={text.t("ui.not-recorded")}
          options={[
            { value: "true", label: text.t("ui.yes") },
            { value: "false", label: text.t("ui.no") },
          ]}
          value={value === null ? "" : String(value)}
          onChange={(next) => set(next === "" ? null : next === "true")}
        />
      );
    case "date": {
      const precision = `${name}Precision`;
      const partial = type.fields[precision] !== undefined;
      return (
        <DateField
          {...common}
          partial={partial}
          value={
            typeof value === "string"
              ? { date: value, precision: ((values[precision] as DatePrecision | null) ?? "day") as DatePrecision }
              : null
          }
          onChange={(next) =>
            props.onChange({ [name]: next?.date ?? null, ...(partial ? { [precision]: next?.precision ?? null } : {}) })
          }
        />
      );
    }
    case "code": {
      // A needed choice that nobody has made yet stands on nothing, and cannot go back to it.
      const empty = field.required ? value === null && text.t("ui.choose") : text.t("ui.not-recorded");
      return (
        <Select
          {...common}
          {...(empty ? { empty } : {})}
          options={(props.codeLists[field.list ?? ""] ?? []).map((code) => ({
            value: code,
            label: text.code(field.list ?? "", code),
          }))}
          value={typeof value === "string" ? value : ""}
          onChange={(next) => set(next === "" ? null : next)}
        />
      );
    }
    case "codes": {
      const chosen = Array.isArray(value) ? (value as string[]) : [];
      return (
        <FieldSet legend={common.label} problem={common.problem}>
          {(props.codeLists[field.list ?? ""] ?? []).map((code) => (
            <Checkbox
              key={code}
              label={text.code(field.list ?? "", code)}
              checked={chosen.includes(code)}
              onChange={(checked) => set(checked ? [...chosen, code] : chosen.filter((other) => other !== code))}
            />
          ))}
        </FieldSet>
      );
    }
    case "names": {
      const names = (typeof value === "object" && value !== null ? value : {}) as Record<string, string>;
      return (
        <FieldSet legend={common.label} problem={common.problem}>
          {languages.map((language) => (
            <TextField
              key={language}
              lang={language}
              label={languageTable[language].endonym}
              value={names[language] ?? ""}
              onChange={(next) => {
                const { [language]: _, ...others } = names;
                set(next === "" ? others : { ...others, [language]: next });
              }}
            />
          ))}
        </FieldSet>
      );
    }
    case "units":
      return (
        <RecordsPicker
          {...common}
          field={field}
          country={props.country}
          value={Array.isArray(value) ? (value as string[]) : []}
          onChange={set}
        />
      );
    case "unit":
    case "organisation":
    case "record":
      return (
        <RecordPicker
          {...common}
          field={field}
          country={props.country}
          value={typeof value === "string" ? value : ""}
          onChange={(next) => set(next === "" ? null : next)}
        />
      );
    case "geometry":
      return <PositionField {...common} value={value as GeometryValue | null} onChange={set} />;
    default:
      return null;
  }
}
