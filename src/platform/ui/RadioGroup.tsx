import { useId } from "react";
import styles from "./controls.module.css";
import { FieldSet } from "./FieldSet.tsx";
import type { Option } from "./Select.tsx";

/** One of a few choices that should all be seen at once. */
export function RadioGroup(props: {
  legend: string;
  hint?: string;
  problem?: string | null;
  value: string;
  onChange: (value: string) => void;
  options: readonly Option[];
}) {
  const name = useId();
  return (
    <FieldSet legend={props.legend} hint={props.hint} problem={props.problem}>
      <div className={styles.choices}>
        {props.options.map((option) => (
          <div className={styles.choice} key={option.value}>
            <input
              id={`${name}-${option.value}`}
              type="radio"
              name={name}
              value={option.value}
              checked={props.value === option.value}
              onChange={() => props.onChange(option.value)}
            />
            <label htmlFor={`${name}-${option.value}`}>{option.label}</label>
          </div>
        ))}
      </div>
    </FieldSet>
  );
}
