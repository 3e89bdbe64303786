import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { areaUnits } from "../model.ts";
import type { Definition } from "../model-definition.ts";
import styles from "./reporting.module.css";
import type { ReportAddress } from "./use-report.ts";
import { useWords } from "./use-words.ts";

const typedDay = (date: string | undefined) => (date ? { date, precision: "day" as const } : null);

/** Which report of what, for which period, as known when, in which unit; all of it in the address. */
export function ReportFilters({
  address,
  definitions,
}: {
  address: ReportAddress;
  definitions: readonly Definition[];
}) {
  const text = useText();
  const { t } = text;
  const say = useWords();
  const { asked, change, definition } = address;
  return (
    <search className={`${surfaces.card} ${surfaces.pad} ${styles.filters}`}>
      <div className={styles.wide}>
        <Select
          label={t("reporting.report")}
          value={definition?.id ?? ""}
          onChange={(value) => change({ definition: value, form: undefined })}
          options={definitions.map(({ id, words }) => ({ value: id, label: say(words) }))}
        />
      </div>
      {definition?.scope !== "region" && (
        <CountrySelect value={asked.country} onChange={(value) => change({ country: value })} />
      )}
      <DateField
        label={t("reporting.from")}
        value={typedDay(asked.from)}
        onChange={(value) => value && change({ from: value.date })}
      />
      <DateField
        label={t("reporting.to")}
        value={typedDay(asked.to)}
        onChange={(value) => value && change({ to: value.date })}
      />
      <DateField
        label={t("reporting.known-on")}
        hint={t("reporting.known-on.hint")}
        value={typedDay(asked.knownOn)}
        onChange={(value) => change({ knownOn: value?.date })}
      />
      <Select
        label={t("reporting.area-unit")}
        value={asked.in}
        onChange={(value) => change({ in: value })}
        options={areaUnits.map((value) => ({ value, label: t(`reporting.unit.${value}`) }))}
      />
      {definition?.forms && definition.forms.length > 1 && (
        <Select
          label={t("reporting.form")}
          value={asked.form ?? definition.forms[0]?.id ?? ""}
          onChange={(value) => change({ form: value })}
          options={definition.forms.map(({ id, words }) => ({ value: id, label: say(words) }))}
        />
      )}
    </search>
  );
}
