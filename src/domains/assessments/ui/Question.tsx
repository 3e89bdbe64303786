import { useId } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { type Answer, type Item, missingAnswers, optionLists, scales } from "../model.ts";
import styles from "./assessments.module.css";
import type { Say } from "./client.ts";

/** The value that an answer has in the list after an option was chosen or taken away; nothing of all this excludes the rest. */
function chosen(before: Answer | undefined, option: string): Answer | undefined {
  const now = Array.isArray(before) ? (before as readonly string[]) : [];
  if (option === "none") return now.includes("none") ? undefined : ["none"];
  const without = now.filter((one) => one !== "none" && one !== option);
  const next = now.includes(option) ? without : [...without, option];
  return next.length === 0 ? undefined : next;
}

/**
 * One question with its answers as large areas to press, and apart from them the two ways not to answer. Words of the
 * question and its answers are in the language of the person, those of the program in the reader's.
 */
export function Question(props: {
  instrument: string;
  item: Item;
  number: number;
  value: Answer | undefined;
  say: Say;
  problem: string | null;
  onChange: (value: Answer | undefined) => void;
}) {
  const { t } = useText();
  const { instrument, item, value, say, onChange } = props;
  const name = useId();
  const options =
    item.kind === "one"
      ? (scales[item.answers] ?? []).map((one) => ({
          value: one as Answer,
          words: say(`assessments.scale.${item.answers}.${one}`),
        }))
      : (optionLists[item.answers] ?? []).map((one) => ({
          value: one as Answer,
          words: say(`assessments.option.${item.answers}.${one}`),
        }));
  const many = item.kind === "many";
  const holds = (one: Answer) => (many ? Array.isArray(value) && value.includes(one as string) : value === one);
  const press = (one: Answer) => onChange(many ? chosen(value, one as string) : one);
  return (
    <fieldset className={styles.question} aria-describedby={props.problem ? `${name}-problem` : undefined}>
      <legend className={styles.words}>
        <span className={styles.number}>{props.number}</span> {say(`assessments.item.${instrument}.${item.code}`)}
      </legend>
      <div className={styles.answers}>
        {options.map((option) => (
          <label key={String(option.value)} className={styles.answer}>
            <input
              type={many ? "checkbox" : "radio"}
              name={name}
              checked={holds(option.value)}
              onChange={() => press(option.value)}
            />
            <span>{option.words}</span>
          </label>
        ))}
      </div>
      <div className={styles.without}>
        {missingAnswers.map((missing) => (
          <label key={missing} className={styles.small}>
            <input
              type="checkbox"
              checked={value === missing}
              onChange={() => onChange(value === missing ? undefined : missing)}
            />
            <span>{t(`assessments.form.${missing}`)}</span>
          </label>
        ))}
      </div>
      {props.problem && (
        <p id={`${name}-problem`} className={styles.problem}>
          <Icon name="warning" />
          <span>{props.problem}</span>
        </p>
      )}
    </fieldset>
  );
}
