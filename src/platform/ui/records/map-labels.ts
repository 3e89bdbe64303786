import type { Text } from "../../i18n/I18nProvider.tsx";
import type { MapLabels } from "../../map/SantiMap.tsx";

/** The words of a map. @param name what the map shows, as its accessible name */
export function mapLabels({ t }: Pick<Text, "t">, name: string): MapLabels {
  return {
    map: name,
    keyboardHelp: t("ui.map.keyboard"),
    zoomIn: t("ui.map.zoom-in"),
    zoomOut: t("ui.map.zoom-out"),
    showAll: t("ui.map.show-all"),
    attribution: t("ui.map.attribution"),
    unsupported: t("ui.map.unsupported"),
    metres: t("ui.map.metres"),
    kilometres: t("ui.map.kilometres"),
  };
}
