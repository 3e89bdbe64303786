import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { TextArea } from "../../../../platform/ui/TextArea.tsx";
import { typeRules } from "../../model.ts";
import { Anchor } from "../fields.tsx";
import type { BlockProps } from "./block.ts";

/** Why land is cancelled or a record put right. */
export function ReasonBlock({ form, type, change, problem }: BlockProps) {
  const { t } = useText();
  return (
    <Anchor name="reason">
      <TextArea
        label={t("land-reports.field.reason")}
        required={form.suspends || form.voids || typeRules[type].required.includes("reason")}
        problem={problem("reason")}
        maxLength={2000}
        value={form.reason ?? ""}
        onChange={(value) => change({ reason: value === "" ? null : value })}
      />
    </Anchor>
  );
}

/** Whatever else there is to say. */
export function NotesBlock({ form, change }: BlockProps) {
  const { t } = useText();
  return (
    <TextArea
      label={t("land-reports.field.notes")}
      hideLabel
      maxLength={20_000}
      value={form.notes ?? ""}
      onChange={(value) => change({ notes: value === "" ? null : value })}
    />
  );
}
