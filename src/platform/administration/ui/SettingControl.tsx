import { languages } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { languageTable } from "../../i18n/languages.ts";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { FieldSet } from "../../ui/FieldSet.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { RadioGroup } from "../../ui/RadioGroup.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { TextField } from "../../ui/TextField.tsx";
import type { SettingKind } from "../setting.ts";
import styles from "./administration.module.css";

/** Choices up to this many are all shown at once. */
const fewChoices = 3;

/** The form control of a setting, made from its kind. */
export function SettingControl(props: {
  kind: SettingKind;
  label: string;
  hint: string;
  problem: string | null;
  disabled: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const { t } = useText();
  const { kind, value, onChange, ...field } = props;
  switch (kind.kind) {
    case "text":
      return <TextField {...field} maxLength={kind.maxLength} value={String(value ?? "")} onChange={onChange} />;
    case "integer":
      return (
        <NumberField
          {...field}
          integer
          min={kind.min}
          max={kind.max}
          value={typeof value === "number" ? value : null}
          onChange={onChange}
        />
      );
    case "boolean":
      return (
        <Checkbox
          label={field.label}
          hint={field.hint}
          disabled={field.disabled}
          checked={value === true}
          onChange={onChange}
        />
      );
    case "choice": {
      const options = kind.values.map((each) => ({ value: each, label: t(`${kind.labels}.${each}`) }));
      if (kind.values.length > fewChoices)
        return <Select {...field} options={options} value={String(value)} onChange={onChange} />;
      return (
        <RadioGroup
          legend={field.label}
          hint={field.hint}
          problem={field.problem}
          options={options}
          value={String(value)}
          onChange={onChange}
        />
      );
    }
    case "names": {
      const known = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, string>>;
      const change = (language: string, typed: string) => {
        const next = Object.fromEntries(
          Object.entries({ ...known, [language]: typed }).filter(([, each]) => each !== ""),
        );
        onChange(next);
      };
      return (
        <FieldSet legend={field.label} hint={field.hint} problem={field.problem}>
          <div className={styles.pair}>
            {languages.map((language) => {
              const text = {
                label: languageTable[language].endonym,
                disabled: field.disabled,
                value: known[language] ?? "",
              };
              return kind.long ? (
                <TextArea
                  key={language}
                  {...text}
                  rows={2}
                  maxLength={kind.maxLength}
                  onChange={(typed) => change(language, typed)}
                />
              ) : (
                <TextField
                  key={language}
                  {...text}
                  lang={language}
                  maxLength={kind.maxLength}
                  onChange={(typed) => change(language, typed)}
                />
              );
            })}
          </div>
        </FieldSet>
      );
    }
  }
}
