import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Checkbox } from "../../../../platform/ui/Checkbox.tsx";
import { NumberField } from "../../../../platform/ui/NumberField.tsx";
import { RadioGroup } from "../../../../platform/ui/RadioGroup.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { codeLists } from "../../model.ts";
import { Anchor, CodeSelect, PeopleFields } from "../fields.tsx";
import { emptyMonitoring, type MonitoringForm } from "../report-form.ts";
import type { BlockProps } from "./block.ts";

/** How released land is used. */
export function MonitoringBlock({ form, change: put, problem }: BlockProps) {
  const { t } = useText();
  const value = form.monitoring ?? emptyMonitoring;
  const change = (values: Partial<MonitoringForm>) => put({ monitoring: { ...value, ...values } });
  return (
    <Anchor name="monitoring">
      <div className={surfaces.stack}>
        <Anchor name="monitoring.use">
          <CodeSelect
            label={t("land-reports.monitoring.use")}
            list="land-use"
            codes={codeLists["land-use"]}
            required
            problem={problem("monitoring.use") ?? problem("monitoring")}
            value={value.use}
            onChange={(use) => change({ use })}
          />
        </Anchor>
        <Anchor name="monitoring.asPlanned">
          <RadioGroup
            legend={t("land-reports.needed", { field: t("land-reports.monitoring.asPlanned") })}
            problem={problem("monitoring.asPlanned")}
            value={value.asPlanned === null ? "" : String(value.asPlanned)}
            onChange={(answer) => change({ asPlanned: answer === "true" })}
            options={[
              { value: "true", label: t("ui.yes") },
              { value: "false", label: t("ui.no") },
            ]}
          />
        </Anchor>
        <Checkbox
          label={t("land-reports.monitoring.disputes")}
          checked={value.disputes}
          onChange={(disputes) => change({ disputes })}
        />
        <NumberField
          integer
          min={0}
          label={t("land-reports.monitoring.items")}
          value={value.itemsFoundSince}
          onChange={(items) => change({ itemsFoundSince: items ?? 0 })}
        />
        <PeopleFields
          legend={t("land-reports.monitoring.users")}
          value={value.users}
          onChange={(users) => change({ users })}
        />
      </div>
    </Anchor>
  );
}
