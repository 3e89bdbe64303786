import { useId } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { TextField } from "../../../platform/ui/TextField.tsx";
import type { ChecklistOutput, FilledChecklist } from "../contract.ts";
import { checklistAnswers } from "../model.ts";
import { questionOf } from "./client.ts";
import styles from "./quality.module.css";

type Answers = FilledChecklist["answers"];

/** The questions of a checklist, each answered by one tap, with room for a note where the answer is no. */
export function Checklist(props: {
  items: ChecklistOutput["items"];
  answers: Answers;
  onChange: (answers: Answers) => void;
}) {
  const text = useText();
  const base = useId();
  return (
    <div>
      {props.items.map((item) => {
        const given = props.answers[item.code];
        const set = (next: Answers[string]) => props.onChange({ ...props.answers, [item.code]: next });
        return (
          <fieldset key={item.code} className={styles.question}>
            <legend>{questionOf(text, item)}</legend>
            <div className={styles.answers}>
              {checklistAnswers.map((answer) => (
                <label key={answer} className={styles.answer}>
                  <input
                    type="radio"
                    name={`${base}-${item.code}`}
                    checked={given?.answer === answer}
                    onChange={() => set({ ...given, answer })}
                  />
                  <span>{text.code("checklist-answer", answer)}</span>
                </label>
              ))}
            </div>
            {given?.answer === "no" && (
              <TextField
                label={text.t("quality.checklist.note")}
                maxLength={1000}
                value={given.note ?? ""}
                onChange={(note) => set({ ...given, note })}
              />
            )}
          </fieldset>
        );
      })}
    </div>
  );
}
