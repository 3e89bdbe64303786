import type { ComputedSurvey, SurveyedPolygon, SurveyFinding } from "@santi/land-geometry";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { StatusTag, type Tone } from "../../../../platform/ui/StatusTag.tsx";
import { findingText, placeText, suggestionText } from "./finding-text.ts";
import styles from "./polygon-editor.module.css";

const tones: Readonly<Record<SurveyFinding["severity"], Tone>> = {
  error: { tone: "bad", pattern: "solid" },
  warning: { tone: "warn", pattern: "half" },
  advice: { tone: "info", pattern: "hollow" },
};

/** What there is to say about a survey, worst first, each with its one-tap correction where there is one. */
export function FindingList(props: {
  survey: SurveyedPolygon;
  computed: ComputedSurvey;
  onTake: (finding: SurveyFinding) => void;
  readOnly: boolean;
}) {
  const text = useText();
  const { t } = text;
  const { survey, computed } = props;
  return (
    <section className={styles.panel} aria-label={t("land.survey.findings")}>
      <h2>{t("land.survey.findings")}</h2>
      <div aria-live="polite">
        {computed.findings.length === 0 ? (
          <p>{t("land.survey.findings.none")}</p>
        ) : (
          <ul className={styles.findings}>
            {computed.findings.map((finding, index) => {
              const place = placeText(finding, survey, text);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: findings are made anew with every change.
                <li key={index}>
                  <StatusTag {...tones[finding.severity]}>{t(`land.survey.severity.${finding.severity}`)}</StatusTag>
                  <p>
                    {place !== "" && <strong>{place}: </strong>}
                    {findingText(finding, computed, text)}
                  </p>
                  {finding.suggestion && !props.readOnly && (
                    <Button small onClick={() => props.onTake(finding)}>
                      {suggestionText(finding, survey, text)}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </section>
  );
}
