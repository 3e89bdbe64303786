import type { Field } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../Button.tsx";
import { FieldSet } from "../FieldSet.tsx";
import surfaces from "../surfaces.module.css";
import { RecordPicker } from "./RecordPicker.tsx";
import { useRecordTitle, useTarget } from "./records-context.ts";

function Chosen(props: { field: Field; country: string; id: string; onRemove: () => void }) {
  const { t } = useText();
  const { title, failed } = useRecordTitle(useTarget(props.field), props.country, props.id);
  const name = failed ? t("ui.reference.unknown") : (title ?? "…");
  return (
    <li className={surfaces.row}>
      <span>{name}</span>
      <Button small icon="close" aria-label={t("ui.several.remove", { name })} onClick={props.onRemove}>
        {t("ui.several.take-away")}
      </Button>
    </li>
  );
}

/** Picks several records, such as the units that a service is for: each is found as by itself and joins a list. */
export function RecordsPicker(props: {
  label: string;
  problem: string | null;
  field: Field;
  country: string;
  value: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const { t } = useText();
  const { field, country, value, onChange } = props;
  return (
    <FieldSet legend={props.label} problem={props.problem}>
      {value.length > 0 && (
        <ul className={surfaces.stack}>
          {value.map((id) => (
            <Chosen
              key={id}
              field={field}
              country={country}
              id={id}
              onRemove={() => onChange(value.filter((other) => other !== id))}
            />
          ))}
        </ul>
      )}
      <RecordPicker
        // Empty again after each choice.
        key={value.length}
        label={t("ui.several.add")}
        field={field}
        country={country}
        value=""
        onChange={(id) => {
          if (id !== "" && !value.includes(id)) onChange([...value, id]);
        }}
      />
    </FieldSet>
  );
}
