import { SPEEDS } from "@santi/travel-time/speeds";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { Parameters } from "../contract.ts";
import { seasons } from "../model.ts";
import styles from "./access.module.css";

type Speeds = NonNullable<Parameters["speeds"]>;

const groups = ["landCover", "roads", "rivers", "crossings"] as const satisfies readonly (keyof Speeds)[];

/** The table of a manner of travel as an analysis keeps it. */
function usual(mode: Parameters["mode"]): Speeds {
  const copy = (group: keyof Speeds) =>
    Object.fromEntries(Object.entries(SPEEDS[mode][group]).map(([name, rule]) => [name, { ...rule }]));
  return { landCover: copy("landCover"), roads: copy("roads"), rivers: copy("rivers"), crossings: copy("crossings") };
}

/** Speeds on each kind of ground in both seasons: those of the manner of travel, or the analysis's own. */
export function SpeedEditor(props: {
  mode: Parameters["mode"];
  value: Parameters["speeds"];
  onChange: (speeds: Parameters["speeds"]) => void;
}) {
  const text = useText();
  const { t } = text;
  const { mode, value, onChange } = props;
  const table = value ?? usual(mode);
  const change = (group: keyof Speeds, name: string, season: (typeof seasons)[number], speed: number | null) => {
    const rule = table[group][name];
    if (rule) onChange({ ...table, [group]: { ...table[group], [name]: { ...rule, [season]: speed } } });
  };
  return (
    <details>
      <summary>{t(value ? "access-to-care.speeds.own" : "access-to-care.speeds.usual")}</summary>
      <div className={surfaces.stack}>
        <p className={surfaces.muted}>{t("access-to-care.speeds.hint")}</p>
        {groups.map((group) => (
          <table key={group} className={styles.speeds}>
            <caption>{t(`access-to-care.speeds.${group}`)}</caption>
            <thead>
              <tr>
                <th scope="col">{t("access-to-care.speeds.class")}</th>
                {seasons.map((season) => (
                  <th key={season} scope="col">
                    {text.code("season", season)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Object.entries(table[group]).map(([name, rule]) => (
                <tr key={name}>
                  <th scope="row">
                    {t(`access-to-care.speeds.${group}.${name}`)}{" "}
                    <span className={surfaces.muted}>{text.code("travel-mode", rule.mode)}</span>
                  </th>
                  {seasons.map((season) => (
                    <td key={season}>
                      <NumberField
                        hideLabel
                        label={`${t(`access-to-care.speeds.${group}.${name}`)}: ${text.code("season", season)}`}
                        min={0.1}
                        max={200}
                        value={rule[season]}
                        onChange={(speed) => change(group, name, season, speed)}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
        {value && (
          <div>
            <Button onClick={() => onChange(null)}>{t("access-to-care.speeds.reset")}</Button>
          </div>
        )}
      </div>
    </details>
  );
}
