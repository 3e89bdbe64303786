import { useText } from "../i18n/I18nProvider.tsx";
import { buttonClass } from "./Button.tsx";
import styles from "./surfaces.module.css";

/** The first stop of the tab key: jumps over the navigation to the content with the id `main`. */
export function SkipLink() {
  const { t } = useText();
  return (
    <a href="#main" className={`${buttonClass("primary")} ${styles.skip}`}>
      {t("ui.skip")}
    </a>
  );
}
