import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import type { Parameters } from "../contract.ts";
import { sitingKinds, sitingSearches } from "../model.ts";
import styles from "./access.module.css";

/** How further services are looked for: how many, where, and within which budget. */
export function SitingFields({ asked, change }: { asked: Parameters; change: (changes: Partial<Parameters>) => void }) {
  const text = useText();
  const { t } = text;
  const positive = (value: number | null) => (value !== null && value > 0 ? value : null);
  const costs = [
    ["costNew", asked.sitingKind !== "upgrade"],
    ["costUpgrade", asked.sitingKind !== "new"],
    ["budget", true],
  ] as const;
  return (
    <FieldSet legend={t("access-to-care.report.siting")}>
      <div className={styles.filters}>
        <NumberField
          integer
          label={t("access-to-care.analyses.siting")}
          min={0}
          max={20}
          value={asked.siting}
          onChange={(value) => change({ siting: value ?? 0 })}
        />
        {asked.siting > 0 && (
          <>
            <Select
              label={t("access-to-care.analyses.siting-kind")}
              value={asked.sitingKind}
              onChange={(kind) => change({ sitingKind: sitingKinds.find((each) => each === kind) ?? asked.sitingKind })}
              options={sitingKinds.map((value) => ({ value, label: text.code("siting-kind", value) }))}
            />
            <Select
              label={t("access-to-care.analyses.siting-search")}
              value={asked.sitingSearch}
              onChange={(search) =>
                change({ sitingSearch: sitingSearches.find((each) => each === search) ?? asked.sitingSearch })
              }
              options={sitingSearches.map((value) => ({ value, label: text.code("siting-search", value) }))}
            />
            {costs.map(
              ([name, shown]) =>
                shown && (
                  <NumberField
                    key={name}
                    label={t(`access-to-care.analyses.${name}`)}
                    min={0}
                    max={1e12}
                    value={asked[name]}
                    onChange={(value) => change({ [name]: positive(value) })}
                  />
                ),
            )}
          </>
        )}
      </div>
    </FieldSet>
  );
}
