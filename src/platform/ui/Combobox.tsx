import { Combobox as Base } from "@base-ui/react/combobox";
import { useContext, useMemo } from "react";
import { searchForm } from "../i18n/digits.ts";
import { useText } from "../i18n/I18nProvider.tsx";
import styles from "./controls.module.css";
import { DialogContainer } from "./dialog-container.ts";
import { Field, type FieldProps } from "./Field.tsx";
import type { Option } from "./Select.tsx";

/**
 * A choice from a long list, found by typing in any script; accents, zero-width signs and digit forms do not matter.
 * With `onSearch` the options come from elsewhere and are shown as given.
 */
export function Combobox({
  value,
  onChange,
  options,
  onSearch,
  ...field
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  options: readonly Option[];
  onSearch?: (text: string) => void;
}) {
  const { t } = useText();
  const container = useContext(DialogContainer);
  const selected = options.find((option) => option.value === value) ?? null;
  const forms = useMemo(() => new Map(options.map((option) => [option.value, searchForm(option.label)])), [options]);
  return (
    <Field {...field}>
      {(attributes) => (
        <Base.Root
          items={options}
          value={selected}
          itemToStringLabel={(option: Option) => option.label}
          isItemEqualToValue={(a: Option, b: Option) => a.value === b.value}
          filter={
            onSearch
              ? null
              : (option: Option, typed: string) => (forms.get(option.value) ?? "").includes(searchForm(typed))
          }
          onInputValueChange={(typed) => onSearch?.(typed)}
          onValueChange={(option) => onChange(option?.value ?? "")}
          disabled={field.disabled}
        >
          <Base.Input {...attributes} className={styles.input} placeholder={t("ui.combobox.type")} />
          <Base.Portal container={container ?? undefined}>
            <Base.Positioner sideOffset={4} style={{ zIndex: 60 }}>
              <Base.Popup className={styles.popup}>
                <Base.Empty>
                  <p className={styles.hint}>{t("ui.combobox.nothing")}</p>
                </Base.Empty>
                <Base.List>
                  {(option: Option) => (
                    <Base.Item key={option.value} value={option} className={styles.option}>
                      {option.label}
                    </Base.Item>
                  )}
                </Base.List>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  );
}
