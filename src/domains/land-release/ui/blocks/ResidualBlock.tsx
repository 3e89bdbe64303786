import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Select } from "../../../../platform/ui/Select.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../../platform/ui/TextArea.tsx";
import { Anchor } from "../fields.tsx";
import { emptyResidual, type Residual } from "../report-form.ts";
import type { BlockProps } from "./block.ts";

/** What stays behind on the land: what may not be done there, and whether ground that was not worked is marked. */
export function ResidualBlock({ form, change: put, problem }: BlockProps) {
  const { t } = useText();
  const value = form.residual ?? emptyResidual;
  const change = (values: Partial<Residual>) => put({ residual: { ...value, ...values } });
  return (
    <Anchor name="residual">
      <div className={surfaces.stack}>
        <TextArea
          label={t("land-reports.residual.restrictions")}
          hint={t("land-reports.residual.restrictions.hint")}
          problem={problem("residual")}
          rows={3}
          value={value.restrictions.join("\n")}
          onChange={(text) => change({ restrictions: text === "" ? [] : text.split("\n") })}
        />
        <Select
          label={t("land-reports.residual.marked")}
          empty={t("land-reports.choose")}
          value={value.marked === null ? "" : value.marked ? "yes" : "no"}
          onChange={(marked) => change({ marked: marked === "" ? null : marked === "yes" })}
          options={[
            { value: "yes", label: t("ui.yes") },
            { value: "no", label: t("ui.no") },
          ]}
        />
        <TextArea
          label={t("land-reports.residual.statement")}
          maxLength={2000}
          rows={3}
          value={value.statement ?? ""}
          onChange={(text) => change({ statement: text === "" ? null : text })}
        />
      </div>
    </Anchor>
  );
}
