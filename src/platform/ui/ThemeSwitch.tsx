import { useState, useSyncExternalStore } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { IconButton } from "./IconButton.tsx";
import { applyTheme, readTheme, type ThemeChoice } from "./theme.ts";

const order: readonly ThemeChoice[] = ["auto", "light", "dark"];
const icons = { auto: "auto", light: "sun", dark: "moon" } as const;

/** The theme in force, for parts that draw themselves. */
export function useTheme(): "light" | "dark" {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("santi-theme", changed);
      return () => window.removeEventListener("santi-theme", changed);
    },
    () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light"),
  );
}

/** Goes round the system's theme, light and dark; its name says which is in force. */
export function ThemeSwitch() {
  const { t } = useText();
  const [choice, setChoice] = useState(readTheme);
  return (
    <IconButton
      icon={icons[choice]}
      label={t("ui.theme", { choice: t(`ui.theme.${choice}`) })}
      onClick={() => {
        const next = order[(order.indexOf(choice) + 1) % order.length] ?? "auto";
        applyTheme(next);
        setChoice(next);
      }}
    />
  );
}
