import type { SurveyedPolygon } from "@santi/land-geometry";
import { useRef, useState } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../../platform/ui/Checkbox.tsx";
import { TextArea } from "../../../../platform/ui/TextArea.tsx";
import { TextField } from "../../../../platform/ui/TextField.tsx";
import { typedNames } from "./finding-text.ts";
import styles from "./polygon-editor.module.css";
import { RowActions } from "./RowActions.tsx";
import { insertPoint, movePoint, pastedPoints, removePoint, withPoint } from "./survey-state.ts";

/** The corners of an outline by coordinate: one by one, or pasted as text with a corner on each line. */
export function CoordinateTable(props: {
  survey: SurveyedPolygon;
  onChange: (survey: SurveyedPolygon, field?: string) => void;
  /** Whether a whole list can be pasted here. */
  canPaste: boolean;
}) {
  const { t } = useText();
  const { survey, onChange } = props;
  const list = useRef<HTMLOListElement>(null);
  const [pasted, setPasted] = useState("");
  const names = typedNames(survey);
  const found = pastedPoints(pasted);
  const add = () => {
    onChange(insertPoint(survey, survey.points.length));
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>("li:last-child input")?.focus());
  };
  return (
    <div className={styles.stack}>
      {props.canPaste && (
        <details className={styles.paste} open={survey.points.length === 0}>
          <summary>{t("land.survey.paste")}</summary>
          <div className={styles.stack}>
            <TextArea
              label={t("land.survey.paste.label")}
              hint={t("land.survey.paste.hint")}
              rows={5}
              value={pasted}
              onChange={setPasted}
            />
            <div>
              <Button
                small
                disabled={found.length === 0}
                onClick={() => {
                  onChange({ ...survey, points: found });
                  setPasted("");
                }}
              >
                {t("land.survey.paste.take", { count: found.length })}
              </Button>
            </div>
          </div>
        </details>
      )}
      {survey.points.length > 0 && (
        <ol ref={list} className={styles.rows} aria-label={t("land.survey.corners")}>
          {survey.points.map((point, index) => {
            const name = names[index] ?? "";
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a corner has no identity but its place in the list.
              <li key={index} className={styles.corner}>
                <strong className={styles.name}>{name}</strong>
                <TextField
                  label={t("land.survey.coordinate-of", { name })}
                  hideLabel
                  autoComplete="off"
                  value={point.coordinate ?? ""}
                  onChange={(coordinate) => onChange(withPoint(survey, index, { coordinate }), `${index}.coordinate`)}
                />
                <div className={styles.rowFoot}>
                  {index > 0 ? (
                    <Checkbox
                      label={t("land.survey.intermediate")}
                      checked={point.kind === "intermediate"}
                      onChange={(checked) =>
                        onChange(withPoint(survey, index, { kind: checked ? "intermediate" : "turning" }))
                      }
                    />
                  ) : (
                    <span className={styles.rowNote}>{t("land.survey.start-point")}</span>
                  )}
                  <RowActions
                    name={name}
                    index={index}
                    count={survey.points.length}
                    onMove={(step) => onChange(movePoint(survey, index, step))}
                    onRemove={() => onChange(removePoint(survey, index))}
                  />
                </div>
              </li>
            );
          })}
        </ol>
      )}
      <div>
        <Button icon="add" small onClick={add}>
          {t("land.survey.add-corner")}
        </Button>
      </div>
    </div>
  );
}
