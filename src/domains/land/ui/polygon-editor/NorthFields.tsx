import { type DistanceUnit, distanceUnits, type SurveyedPolygon } from "@santi/land-geometry";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Checkbox } from "../../../../platform/ui/Checkbox.tsx";
import { DateField } from "../../../../platform/ui/DateField.tsx";
import { NumberField } from "../../../../platform/ui/NumberField.tsx";
import { Select } from "../../../../platform/ui/Select.tsx";
import styles from "./polygon-editor.module.css";

/** Which north the bearings are from, the declination with its date, the unit of distances, and the adjustment. */
export function NorthFields(props: {
  survey: SurveyedPolygon;
  onChange: (survey: SurveyedPolygon, field?: string) => void;
}) {
  const { t } = useText();
  const { survey, onChange } = props;
  const units = Object.keys(distanceUnits) as DistanceUnit[];
  return (
    <div className={styles.fields}>
      <Select
        label={t("land.survey.north")}
        hint={t(`land.survey.north.${survey.north}.hint`)}
        value={survey.north}
        onChange={(north) =>
          onChange({ ...survey, north: north === "grid" ? "grid" : north === "true" ? "true" : "magnetic" })
        }
        options={(["magnetic", "grid", "true"] as const).map((value) => ({
          value,
          label: t(`land.survey.north.${value}`),
        }))}
      />
      {survey.north === "magnetic" && (
        <>
          <NumberField
            label={t("land.survey.declination")}
            hint={t("land.survey.declination.hint")}
            required
            min={-180}
            max={180}
            value={survey.declinationDegrees}
            onChange={(declinationDegrees) => onChange({ ...survey, declinationDegrees }, "declination")}
          />
          <DateField
            label={t("land.survey.declination-date")}
            value={survey.declinationDate === null ? null : { date: survey.declinationDate, precision: "day" }}
            onChange={(value) => onChange({ ...survey, declinationDate: value?.date ?? null }, "declination-date")}
          />
        </>
      )}
      <Select
        label={t("land.survey.unit")}
        value={survey.distanceUnit}
        onChange={(unit) => onChange({ ...survey, distanceUnit: units.find((each) => each === unit) ?? "metre" })}
        options={units.map((value) => ({ value, label: t(`land.survey.unit.${value}`) }))}
      />
      <div className={styles.wideField}>
        <Checkbox
          label={t("land.survey.adjust")}
          hint={t("land.survey.adjust.hint")}
          checked={survey.adjust}
          onChange={(adjust) => onChange({ ...survey, adjust })}
        />
      </div>
    </div>
  );
}
