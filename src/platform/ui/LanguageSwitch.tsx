import { useText } from "../i18n/I18nProvider.tsx";
import { languageTable } from "../i18n/languages.ts";
import { Icon } from "./Icon.tsx";
import { Menu, menuItemClass } from "./Menu.tsx";

/** Picks the language; each stands under its own name. */
export function LanguageSwitch() {
  const { t, language, setLanguage } = useText();
  return (
    <Menu icon="language" iconOnly quiet label={t("ui.language", { name: languageTable[language].endonym })}>
      {Object.values(languageTable).map((entry) => (
        <button
          key={entry.code}
          type="button"
          lang={entry.code}
          className={menuItemClass}
          aria-current={entry.code === language ? "true" : undefined}
          onClick={() => setLanguage(entry.code)}
        >
          <span>{entry.endonym}</span>
          {entry.code === language && <Icon name="check" />}
        </button>
      ))}
    </Menu>
  );
}
