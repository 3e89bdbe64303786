import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { IconButton } from "../../../../platform/ui/IconButton.tsx";
import styles from "./polygon-editor.module.css";

/** What can be done with one row of a list of corners. */
export function RowActions(props: {
  /** The row in words, as "TP1 → TP2". */
  name: string;
  index: number;
  count: number;
  onMove: (step: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { t } = useText();
  const { name, index, count } = props;
  return (
    <div className={styles.actions}>
      <IconButton
        small
        icon="up"
        label={t("land.survey.move-up", { name })}
        disabled={index === 0}
        onClick={() => props.onMove(-1)}
      />
      <IconButton
        small
        icon="down"
        label={t("land.survey.move-down", { name })}
        disabled={index === count - 1}
        onClick={() => props.onMove(1)}
      />
      <IconButton small icon="close" label={t("land.survey.remove", { name })} onClick={props.onRemove} />
    </div>
  );
}
