import type { SurveyedPolygon, TypedCoordinate, TypedLeg } from "@santi/land-geometry";
import { generalCodeLists } from "../../../../platform/contract/code-lists.ts";
import { fixedBy } from "../../../../platform/contract/position.ts";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { FieldSet } from "../../../../platform/ui/FieldSet.tsx";
import { NumberField } from "../../../../platform/ui/NumberField.tsx";
import { Select } from "../../../../platform/ui/Select.tsx";
import { TextField } from "../../../../platform/ui/TextField.tsx";
import styles from "./polygon-editor.module.css";
import { without } from "./survey-state.ts";

type PointPart = "referencePoint" | "benchmark" | "start";
type LegPart = "referenceToBenchmark" | "benchmarkToStart";
type OnChange = (survey: SurveyedPolygon, field?: string) => void;

/** A coordinate with one member changed; an undefined one goes. */
function changedPoint(
  point: TypedCoordinate | undefined,
  change: { [Member in keyof TypedCoordinate]?: TypedCoordinate[Member] | undefined },
): TypedCoordinate | null {
  const members = Object.entries({ ...point, ...change }).filter(([, value]) => value !== undefined && value !== "");
  return members.length === 0 ? null : { text: "", ...Object.fromEntries(members) };
}

/** One named point: its coordinate as written, its datum where that differs, how it was fixed and how well. */
export function NamedPoint(props: {
  part: PointPart;
  survey: SurveyedPolygon;
  onChange: OnChange;
  required?: boolean;
}) {
  const text = useText();
  const { t } = text;
  const { part, survey, onChange } = props;
  const point = survey[part];
  const set = (change: Parameters<typeof changedPoint>[1], field?: string) => {
    const next = changedPoint(point, change);
    onChange(next ? { ...survey, [part]: next } : without(survey, part), field && `${part}.${field}`);
  };
  const datum = point?.reading?.datum ?? "";
  return (
    <FieldSet legend={t(`land.survey.place.${part}`)} hint={t(`land.survey.place.${part}.hint`)}>
      <div className={styles.fields}>
        <TextField
          label={t("land.survey.coordinate")}
          {...(props.required ? { required: true } : {})}
          autoComplete="off"
          value={point?.text ?? ""}
          onChange={(value) => set({ text: value }, "text")}
        />
        <Select
          label={t("land.survey.datum")}
          empty={t("land.survey.datum.same")}
          value={datum}
          onChange={(id) => set({ reading: id === "" ? undefined : { ...survey.reading, datum: id } })}
          options={generalCodeLists.datum.map((value) => ({ value, label: text.code("datum", value) }))}
        />
        <Select
          label={t("land.survey.fixed-by")}
          empty={t("land.survey.not-said")}
          value={point?.fixedBy ?? ""}
          onChange={(value) => set({ fixedBy: value || undefined })}
          options={fixedBy.map((value) => ({ value, label: text.code("fixed-by", value) }))}
        />
        <NumberField
          label={t("land.survey.accuracy")}
          min={0}
          value={point?.accuracyMetres ?? null}
          onChange={(value) => set({ accuracyMetres: value ?? undefined }, "accuracy")}
        />
      </div>
    </FieldSet>
  );
}

function ApproachLeg(props: { part: LegPart; survey: SurveyedPolygon; onChange: OnChange }) {
  const { t } = useText();
  const { part, survey, onChange } = props;
  const leg: TypedLeg = survey[part] ?? { bearing: "", distance: "" };
  const set = (change: Partial<TypedLeg>, field: string) => {
    const next = { ...leg, ...change };
    const isEmpty = next.bearing.trim() === "" && next.distance.trim() === "";
    onChange(isEmpty ? without(survey, part) : { ...survey, [part]: next }, `${part}.${field}`);
  };
  return (
    <FieldSet legend={t(`land.survey.place.${part}`)}>
      <div className={styles.fields}>
        <TextField
          label={t("land.survey.bearing")}
          inputMode="decimal"
          autoComplete="off"
          value={leg.bearing}
          onChange={(bearing) => set({ bearing }, "bearing")}
        />
        <TextField
          label={t("land.survey.distance")}
          inputMode="decimal"
          autoComplete="off"
          value={leg.distance}
          onChange={(distance) => set({ distance }, "distance")}
        />
      </div>
    </FieldSet>
  );
}

/** The way in: reference point, benchmark, and the legs that lead to the start. */
export function ApproachFields(props: { survey: SurveyedPolygon; onChange: OnChange }) {
  return (
    <div className={styles.stack}>
      <NamedPoint part="referencePoint" {...props} />
      <ApproachLeg part="referenceToBenchmark" {...props} />
      <NamedPoint part="benchmark" {...props} />
      <ApproachLeg part="benchmarkToStart" {...props} />
    </div>
  );
}
