import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Field } from "../../../platform/ui/Field.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import {
  acceptProbability,
  boxesNeeded,
  fractionNeeded,
  lotAcceptProbability,
  notRuledOut,
  residual,
} from "../model-sampling.ts";
import styles from "./quality.module.css";
import { SampleBoxesCard } from "./SampleBoxesCard.tsx";

/** A share typed as per cent by a slider. */
function Share(props: { label: string; hint?: string; value: number; onChange: (value: number) => void }) {
  const { format } = useText();
  return (
    <Field label={`${props.label}: ${format.percent(props.value)}`} {...(props.hint ? { hint: props.hint } : {})}>
      {(attributes) => (
        <input
          {...attributes}
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={props.value}
          onChange={(event) => props.onChange(Number(event.target.value))}
        />
      )}
    </Field>
  );
}

/** What a sample proves: the consumer's risk in figures and in plain words. */
function RiskCard() {
  const { t, format } = useText();
  const [left, setLeft] = useState(5);
  const [fraction, setFraction] = useState(0.1);
  const [detection, setDetection] = useState(0.9);
  const [risk, setRisk] = useState(0.1);
  const limited = Math.min(0.99, Math.max(0.01, risk));
  const accepted = acceptProbability(left, fraction, detection);
  const needed = detection > 0 ? fractionNeeded(Math.max(1, left), limited, detection) : null;
  const unproven = notRuledOut(fraction, detection, limited);
  return (
    <section className={surfaces.card} aria-labelledby="risk">
      <div className={surfaces.panelHead}>
        <h2 id="risk">{t("quality.sampling.risk")}</h2>
      </div>
      <div className={`${surfaces.pad} ${surfaces.stack}`}>
        <div className={surfaces.gridTwo}>
          <NumberField
            label={t("quality.sampling.left")}
            hint={t("quality.sampling.left.hint")}
            integer
            min={0}
            max={100_000}
            value={left}
            onChange={(value) => setLeft(value ?? 0)}
          />
          <Share label={t("quality.sampling.fraction")} value={fraction} onChange={setFraction} />
          <Share
            label={t("quality.sampling.detection")}
            hint={t("quality.sampling.detection.hint")}
            value={detection}
            onChange={setDetection}
          />
          <Share
            label={t("quality.sampling.accepted-risk")}
            hint={t("quality.sampling.accepted-risk.hint")}
            value={limited}
            onChange={setRisk}
          />
        </div>
        <div role="status" className={surfaces.stack}>
          <div>
            <div className={`${styles.figure} numeric`}>{format.percent(accepted)}</div>
            <p>{t("quality.sampling.chance", { left, fraction: format.percent(fraction) })}</p>
          </div>
          <p>
            {needed === null
              ? t("quality.sampling.not-reachable")
              : t("quality.sampling.needed", {
                  needed: format.percent(needed),
                  left: Math.max(1, left),
                  risk: format.percent(limited),
                })}
          </p>
          <p>
            <strong>
              {unproven === null
                ? t("quality.sampling.proves-nothing")
                : t("quality.sampling.proves", { unproven, sure: format.percent(1 - limited) })}
            </strong>
          </p>
          <p className={surfaces.muted}>{t("quality.sampling.process")}</p>
        </div>
      </div>
    </section>
  );
}

/** Drawing boxes from a lot without putting back. */
function LotCard() {
  const { t, format } = useText();
  const [boxes, setBoxes] = useState(400);
  const [drawn, setDrawn] = useState(40);
  const [bad, setBad] = useState(5);
  const fits = drawn <= boxes && bad <= boxes && bad >= 1;
  return (
    <section className={surfaces.card} aria-labelledby="lot">
      <div className={surfaces.panelHead}>
        <h2 id="lot">{t("quality.sampling.lot")}</h2>
      </div>
      <div className={`${surfaces.pad} ${surfaces.stack}`}>
        <div className={surfaces.gridTwo}>
          <NumberField
            label={t("quality.sampling.boxes")}
            integer
            min={1}
            max={1_000_000}
            value={boxes}
            onChange={(value) => setBoxes(value ?? 1)}
          />
          <NumberField
            label={t("quality.sampling.drawn")}
            integer
            min={0}
            max={boxes}
            value={drawn}
            onChange={(value) => setDrawn(value ?? 0)}
          />
          <NumberField
            label={t("quality.sampling.bad")}
            integer
            min={1}
            max={boxes}
            value={bad}
            onChange={(value) => setBad(value ?? 1)}
          />
        </div>
        {fits && (
          <p role="status">
            {t("quality.sampling.lot-chance", {
              chance: format.percent(lotAcceptProbability(boxes, drawn, bad)),
              bad,
              needed: boxesNeeded(boxes, bad, 0.1),
            })}
          </p>
        )}
      </div>
    </section>
  );
}

/** What is left after clearance and control. */
function ResidualCard() {
  const { t, format } = useText();
  const [before, setBefore] = useState(20);
  const [clearance, setClearance] = useState(0.99);
  const [fraction, setFraction] = useState(0);
  const { expected, chanceOfAny } = residual(before, clearance, fraction, 0.9);
  return (
    <section className={surfaces.card} aria-labelledby="residual">
      <div className={surfaces.panelHead}>
        <h2 id="residual">{t("quality.sampling.residual")}</h2>
      </div>
      <div className={`${surfaces.pad} ${surfaces.stack}`}>
        <div className={surfaces.gridTwo}>
          <NumberField
            label={t("quality.sampling.before")}
            integer
            min={0}
            max={1_000_000}
            value={before}
            onChange={(value) => setBefore(value ?? 0)}
          />
          <Share label={t("quality.sampling.clearance")} value={clearance} onChange={setClearance} />
          <Share label={t("quality.sampling.fraction")} value={fraction} onChange={setFraction} />
        </div>
        <p role="status">
          {t("quality.sampling.residual-result", {
            expected: format.number(Number(expected.toPrecision(2))),
            chance: format.percent(chanceOfAny),
          })}
        </p>
      </div>
    </section>
  );
}

/** How much to search again, what a sample without a find proves, and which boxes to search. */
export function SamplingPage() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t("quality.sampling.title")} lead={t("quality.sampling.lead")} />
      <div className={surfaces.stack}>
        <RiskCard />
        <SampleBoxesCard />
        <div className={surfaces.strip}>
          <LotCard />
          <ResidualCard />
        </div>
      </div>
    </>
  );
}
