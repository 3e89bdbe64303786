import type { SurveyedPolygon } from "@santi/land-geometry";
import { type KeyboardEvent, useRef } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../../platform/ui/Checkbox.tsx";
import { TextField } from "../../../../platform/ui/TextField.tsx";
import { usePhone } from "../../../../platform/ui/use-media.ts";
import { typedNames } from "./finding-text.ts";
import styles from "./polygon-editor.module.css";
import { RowActions } from "./RowActions.tsx";
import { insertPoint, movePoint, removePoint, withClosingLeg, withPoint } from "./survey-state.ts";

/** The sides of an outline by bearing and distance, the last one leading back to the start. */
export function LegTable(props: {
  survey: SurveyedPolygon;
  onChange: (survey: SurveyedPolygon, field?: string) => void;
}) {
  const { t } = useText();
  const phone = usePhone();
  const { survey, onChange } = props;
  const list = useRef<HTMLOListElement>(null);
  const names = typedNames(survey);
  const last = names[names.length - 1] ?? "SP";
  const add = (index: number) => {
    onChange(insertPoint(survey, index));
    // The new row is there after the next paint.
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLInputElement>("[data-bearing] input")[index]?.focus(),
    );
  };
  const enterAdds = (index: number) => (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || event.target.type === "checkbox")
      return;
    event.preventDefault();
    add(index);
  };
  return (
    <div className={styles.stack}>
      <div className={styles.legHead} aria-hidden="true">
        <span>{t("land.survey.leg")}</span>
        <span>{t("land.survey.bearing")}</span>
        <span>{t("land.survey.distance")}</span>
      </div>
      <ol ref={list} className={styles.rows} aria-label={t("land.survey.legs")}>
        {survey.points.map((point, index) => {
          const leg = `${names[index] ?? ""} → ${names[index + 1] ?? ""}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a corner has no identity but its place in the list.
            <li key={index} className={styles.leg} onKeyDown={enterAdds(index + 1)}>
              <strong className={styles.name}>{leg}</strong>
              <div data-bearing>
                <TextField
                  label={t("land.survey.bearing-of", { leg })}
                  hideLabel={!phone}
                  inputMode="decimal"
                  autoComplete="off"
                  value={point.bearing ?? ""}
                  onChange={(bearing) => onChange(withPoint(survey, index, { bearing }), `${index}.bearing`)}
                />
              </div>
              <div>
                <TextField
                  label={t("land.survey.distance-of", { leg })}
                  hideLabel={!phone}
                  inputMode="decimal"
                  autoComplete="off"
                  value={point.distance ?? ""}
                  onChange={(distance) => onChange(withPoint(survey, index, { distance }), `${index}.distance`)}
                />
              </div>
              <div className={styles.rowFoot}>
                <Checkbox
                  label={t("land.survey.intermediate")}
                  checked={point.kind === "intermediate"}
                  onChange={(checked) =>
                    onChange(withPoint(survey, index, { kind: checked ? "intermediate" : "turning" }))
                  }
                />
                <RowActions
                  name={leg}
                  index={index}
                  count={survey.points.length}
                  onMove={(step) => onChange(movePoint(survey, index, step))}
                  onRemove={() => onChange(removePoint(survey, index))}
                />
              </div>
            </li>
          );
        })}
        <li className={styles.leg}>
          <strong className={styles.name}>{`${last} → SP`}</strong>
          <TextField
            label={t("land.survey.bearing-of", { leg: `${last} → SP` })}
            hideLabel={!phone}
            inputMode="decimal"
            autoComplete="off"
            value={survey.closingLeg?.bearing ?? ""}
            onChange={(bearing) => onChange(withClosingLeg(survey, { bearing }), "closing.bearing")}
          />
          <TextField
            label={t("land.survey.distance-of", { leg: `${last} → SP` })}
            hideLabel={!phone}
            inputMode="decimal"
            autoComplete="off"
            value={survey.closingLeg?.distance ?? ""}
            onChange={(distance) => onChange(withClosingLeg(survey, { distance }), "closing.distance")}
          />
          <p className={styles.rowNote}>{t("land.survey.closing.hint")}</p>
        </li>
      </ol>
      <div>
        <Button icon="add" small onClick={() => add(survey.points.length)}>
          {t("land.survey.add-leg")}
        </Button>
      </div>
    </div>
  );
}
