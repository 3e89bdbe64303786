import { useMemo } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { SantiMap } from "../../../platform/map/SantiMap.tsx";
import { boundsOf } from "../../../platform/ui/records/bounds.ts";
import { mapLabels } from "../../../platform/ui/records/map-labels.ts";
import { useTheme } from "../../../platform/ui/ThemeSwitch.tsx";
import type { DirectoryEntry } from "../contract.ts";
import { points } from "./index.ts";
import styles from "./services.module.css";

/** Where the places of a list are, with their names. Places that are kept from public maps are not in the list. */
export function DirectoryMap({ entries }: { entries: readonly DirectoryEntry[] }) {
  const text = useText();
  const theme = useTheme();
  const features = useMemo(
    () =>
      entries.flatMap(({ id, longitude, latitude, names, code }) =>
        longitude === null || latitude === null
          ? []
          : [
              {
                type: "Feature" as const,
                id,
                properties: { id, name: text.name(names) || code },
                geometry: { type: "Point" as const, coordinates: [longitude, latitude] },
              },
            ],
      ),
    [entries, text],
  );
  const layers = useMemo(() => {
    const layer = points.mapLayer?.({ data: { type: "FeatureCollection", features } });
    return layer ? [layer] : [];
  }, [features]);
  const bounds = boundsOf(
    { type: "MultiPoint", coordinates: features.map(({ geometry }) => geometry.coordinates) },
    0.1,
  );
  return (
    <div className={styles.map}>
      <SantiMap
        language={text.language}
        theme={theme}
        labels={mapLabels(text, text.t("services.directory.title"))}
        layers={layers}
        {...(bounds ? { bounds } : {})}
      />
    </div>
  );
}
