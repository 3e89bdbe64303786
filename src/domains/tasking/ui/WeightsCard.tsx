import { useId, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { CriteriaOutput } from "../contract-priority.ts";
import type { WeightTolerance } from "../model-sensitivity.ts";
import { SaveCriteriaDialog } from "./SaveCriteriaDialog.tsx";
import styles from "./tasking.module.css";

/** A slider for one weight, with the weights at which another area would come first. */
function Weight(props: {
  label: string;
  value: number;
  max: number;
  tolerance: WeightTolerance | undefined;
  codeOf: (id: string) => string;
  onChange: (value: number) => void;
}) {
  const { t, format } = useText();
  const id = useId();
  const { tolerance } = props;
  const round = (value: number) => format.number(Number(value.toPrecision(3)));
  const turns = [tolerance?.lighter, tolerance?.heavier].filter((turn) => turn !== null && turn !== undefined);
  return (
    <div className={styles.weight}>
      <label htmlFor={id}>{props.label}</label>
      <span className="numeric">{round(props.value)}</span>
      <input
        id={id}
        type="range"
        min={0}
        max={props.max}
        step={props.max / 100}
        value={props.value}
        onChange={(event) => props.onChange(Number(event.target.value))}
      />
      {turns.length > 0 && (
        <span className={`${surfaces.muted} ${surfaces.small}`}>
          {turns
            .map((turn) =>
              t("tasking.sensitivity.turn", { weight: round(turn.weight), code: props.codeOf(turn.leader) }),
            )
            .join(" ")}
        </span>
      )}
    </div>
  );
}

/** The weights as sliders, and how firmly the first rank stands against them. */
export function WeightsCard(props: {
  set: CriteriaOutput;
  country: string;
  weights: readonly number[];
  onWeights: (weights: readonly number[]) => void;
  changed: boolean;
  tolerances: readonly WeightTolerance[];
  shares: readonly { id: string; code: string; share: number }[];
  codeOf: (id: string) => string;
  draws: number;
  mayManage: boolean;
}) {
  const { t, format } = useText();
  const [saving, setSaving] = useState(false);
  const { criteria } = props.set.definition;
  const own = criteria.map(({ weight }) => weight);
  const max = Math.max(1e-3, ...own) * 2;
  return (
    <div className={surfaces.stack}>
      <section className={surfaces.card} aria-labelledby="weights">
        <div className={surfaces.panelHead}>
          <h2 id="weights">{t("tasking.weights")}</h2>
          {props.changed && (
            <Button small tone="quiet" onClick={() => props.onWeights(own)}>
              {t("tasking.weights.reset")}
            </Button>
          )}
        </div>
        <div className={`${surfaces.pad} ${surfaces.stack}`}>
          {criteria.map(({ indicator, direction }, at) => (
            <Weight
              key={indicator}
              label={
                direction === "cost"
                  ? t("tasking.weights.less-is-better", { indicator: t(`tasking.indicator.${indicator}`) })
                  : t(`tasking.indicator.${indicator}`)
              }
              value={props.weights[at] ?? 0}
              max={max}
              tolerance={props.tolerances[at]}
              codeOf={props.codeOf}
              onChange={(value) => props.onWeights(props.weights.map((weight, k) => (k === at ? value : weight)))}
            />
          ))}
          <p className={`${surfaces.muted} ${surfaces.small}`}>{t("tasking.sensitivity.firm")}</p>
          {props.mayManage && (
            <div>
              <Button onClick={() => setSaving(true)}>{t("tasking.criteria.save")}</Button>
            </div>
          )}
        </div>
      </section>
      <section className={surfaces.card} aria-labelledby="shares">
        <div className={surfaces.panelHead}>
          <h2 id="shares">{t("tasking.sensitivity.title")}</h2>
        </div>
        <div className={`${surfaces.pad} ${surfaces.stack}`}>
          <p className={surfaces.muted}>{t("tasking.sensitivity.lead", { count: props.draws })}</p>
          <ol>
            {props.shares.map(({ id, code, share }) => (
              <li key={id}>{t("tasking.sensitivity.share", { code, share: format.percent(share) })}</li>
            ))}
          </ol>
        </div>
      </section>
      {saving && (
        <SaveCriteriaDialog
          set={props.set}
          country={props.country}
          weights={props.weights}
          onClose={() => setSaving(false)}
        />
      )}
    </div>
  );
}
