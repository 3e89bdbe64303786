import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../../platform/ui/Checkbox.tsx";
import { FieldSet } from "../../../../platform/ui/FieldSet.tsx";
import { NumberField } from "../../../../platform/ui/NumberField.tsx";
import { Select } from "../../../../platform/ui/Select.tsx";
import { TextField } from "../../../../platform/ui/TextField.tsx";
import { areaClasses, areaStatuses } from "../../../land/model.ts";
import type { RulesBody } from "../../contract-land.ts";
import { codeLists, statusEvents } from "../../model.ts";
import { evidenceName } from "./RulesView.tsx";
import styles from "./rules.module.css";

type Step = RulesBody["transitions"][number];
type LandClass = RulesBody["landClasses"][number];

const evidence = [...new Set([...codeLists["direct-evidence"], ...codeLists["indirect-evidence"]])];
const strictness = ["refuse", "warn", "no"] as const;

const without = <T,>(list: readonly T[], at: number) => list.filter((_, place) => place !== at);
const replaced = <T,>(list: readonly T[], at: number, value: T) =>
  list.map((each, place) => (place === at ? value : each));
const toggled = <T,>(list: readonly T[], value: T, on: boolean) =>
  on ? [...list, value] : list.filter((each) => each !== value);

function StepFields(props: { step: Step; number: number; onChange: (step: Step) => void; onRemove: () => void }) {
  const text = useText();
  const { t } = text;
  const { step, onChange } = props;
  const classOptions = areaClasses.map((value) => ({ value, label: text.code("area-class", value) }));
  const classOf = (value: string) => areaClasses.find((each) => each === value) ?? null;
  return (
    <FieldSet legend={t("land-rules.step.number", { number: props.number })}>
      <div className={styles.grid}>
        <Select
          label={t("land-rules.step.event")}
          value={step.event}
          onChange={(value) => onChange({ ...step, event: statusEvents.find((each) => each === value) ?? step.event })}
          options={statusEvents.map((value) => ({ value, label: t(`land-rules.event.${value}`) }))}
        />
        <Select
          label={t("land-rules.step.class")}
          empty={t("land-rules.any-class")}
          value={step.class ?? ""}
          onChange={(value) => onChange({ ...step, class: classOf(value) })}
          options={classOptions}
        />
        <Select
          label={t("land-rules.step.to-class")}
          empty={t("land-rules.step.same-class")}
          value={step.toClass ?? ""}
          onChange={(value) => onChange({ ...step, toClass: classOf(value) })}
          options={classOptions}
        />
        <Select
          label={t("land-rules.step.to-status")}
          value={step.toStatus}
          onChange={(value) =>
            onChange({ ...step, toStatus: areaStatuses.find((each) => each === value) ?? step.toStatus })
          }
          options={areaStatuses.map((value) => ({ value, label: text.code("area-status", value) }))}
        />
      </div>
      <FieldSet
        legend={t("land-rules.step.status")}
        problem={step.status.length === 0 ? t("land-rules.step.status.none") : null}
      >
        <div className={styles.checks}>
          {areaStatuses.map((status) => (
            <Checkbox
              key={status}
              label={text.code("area-status", status)}
              checked={step.status.includes(status)}
              onChange={(on) => onChange({ ...step, status: toggled(step.status, status, on) })}
            />
          ))}
        </div>
      </FieldSet>
      <div>
        <Button small tone="quiet" icon="close" onClick={props.onRemove}>
          {t("land-rules.remove", { what: t("land-rules.step.number", { number: props.number }) })}
        </Button>
      </div>
    </FieldSet>
  );
}

function LandClassFields(props: {
  value: LandClass;
  number: number;
  onChange: (value: LandClass) => void;
  onRemove: () => void;
}) {
  const text = useText();
  const { t } = text;
  const { value, onChange } = props;
  const name = t("land-rules.land-class.number", { number: props.number });
  return (
    <FieldSet legend={name}>
      <div className={styles.grid}>
        <TextField
          label={t("land-rules.land-class.code")}
          required
          maxLength={40}
          value={value.code}
          onChange={(code) => onChange({ ...value, code })}
        />
        <TextField
          label={t("land-rules.land-class.label")}
          required
          maxLength={200}
          value={value.label}
          onChange={(label) => onChange({ ...value, label })}
        />
        <Select
          label={t("land-rules.land-class.class")}
          empty={t("land-rules.no-class")}
          value={value.class ?? ""}
          onChange={(next) => onChange({ ...value, class: areaClasses.find((each) => each === next) ?? null })}
          options={areaClasses.map((each) => ({ value: each, label: text.code("area-class", each) }))}
        />
      </div>
      <Checkbox
        label={t("land-rules.land-class.mines")}
        checked={value.antipersonnel}
        onChange={(antipersonnel) => onChange({ ...value, antipersonnel })}
      />
      <div>
        <Button small tone="quiet" icon="close" onClick={props.onRemove}>
          {t("land-rules.remove", { what: name })}
        </Button>
      </div>
    </FieldSet>
  );
}

/** Changes the national rules; nothing is stored before the difference was confirmed. */
export function RulesForm({ rules, onChange }: { rules: RulesBody; onChange: (rules: RulesBody) => void }) {
  const text = useText();
  const { t } = text;
  const set = (changes: Partial<RulesBody>) => onChange({ ...rules, ...changes });
  return (
    <div className={styles.form}>
      {(["confirms", "suspects"] as const).map((name) => (
        <FieldSet key={name} legend={t(`land-rules.rule.${name}`)} hint={t(`land-rules.rule.${name}.hint`)}>
          <div className={styles.checks}>
            {evidence.map((code) => (
              <Checkbox
                key={code}
                label={evidenceName(text, code)}
                checked={rules[name].includes(code)}
                onChange={(on) => set({ [name]: toggled(rules[name], code, on) })}
              />
            ))}
          </div>
        </FieldSet>
      ))}
      <div className={styles.grid}>
        {(["clearedNeedsControl", "accreditation"] as const).map((name) => (
          <Select
            key={name}
            label={t(`land-rules.rule.${name}`)}
            value={rules[name]}
            onChange={(value) => set({ [name]: strictness.find((each) => each === value) ?? rules[name] })}
            options={strictness.map((value) => ({ value, label: t(`land-rules.strictness.${value}`) }))}
          />
        ))}
        <NumberField
          label={t("land-rules.rule.usualDepthCentimetres")}
          hint={t("land-rules.rule.usualDepthCentimetres.hint")}
          integer
          min={1}
          max={500}
          value={rules.usualDepthCentimetres}
          onChange={(usualDepthCentimetres) => set({ usualDepthCentimetres })}
        />
        <NumberField
          label={t("land-rules.rule.fadeOutWarnShare")}
          hint={t("land-rules.rule.fadeOutWarnShare.hint")}
          min={0}
          max={100}
          value={Math.round(rules.fadeOutWarnShare * 10_000) / 100}
          onChange={(value) => set({ fadeOutWarnShare: (value ?? 0) / 100 })}
        />
      </div>
      <Checkbox
        label={t("land-rules.rule.verifierMayApprove")}
        checked={rules.verifierMayApprove}
        onChange={(verifierMayApprove) => set({ verifierMayApprove })}
      />
      <section className={styles.rows} aria-labelledby="rules-transitions">
        <h3 id="rules-transitions">{t("land-rules.rule.transitions")}</h3>
        {rules.transitions.map((step, at) => (
          <StepFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a step has no identity but its place while it is being changed
            key={at}
            step={step}
            number={at + 1}
            onChange={(next) => set({ transitions: replaced(rules.transitions, at, next) })}
            onRemove={() => set({ transitions: without(rules.transitions, at) })}
          />
        ))}
        <div>
          <Button
            icon="add"
            onClick={() =>
              set({
                transitions: [
                  ...rules.transitions,
                  { event: "work-started", class: null, status: ["open"], toClass: null, toStatus: "worked-on" },
                ],
              })
            }
          >
            {t("land-rules.step.add")}
          </Button>
        </div>
      </section>
      <section className={styles.rows} aria-labelledby="rules-land-classes">
        <h3 id="rules-land-classes">{t("land-rules.rule.landClasses")}</h3>
        {rules.landClasses.map((value, at) => (
          <LandClassFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a class has no identity but its place while it is being changed
            key={at}
            value={value}
            number={at + 1}
            onChange={(next) => set({ landClasses: replaced(rules.landClasses, at, next) })}
            onRemove={() => set({ landClasses: without(rules.landClasses, at) })}
          />
        ))}
        <div>
          <Button
            icon="add"
            onClick={() =>
              set({ landClasses: [...rules.landClasses, { code: "", label: "", class: null, antipersonnel: false }] })
            }
          >
            {t("land-rules.land-class.add")}
          </Button>
        </div>
      </section>
    </div>
  );
}
