import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import type { Finding } from "../contract.ts";
import { layerNames } from "../model.ts";
import styles from "./access.module.css";

/** What the reader should know about ground and services, the gravest first. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const { t } = useText();
  if (findings.length === 0) return null;
  const order = ["error", "warning", "info"];
  const sorted = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const details = (finding: Finding) => {
    const layer = layerNames.find(
      (name) => name === finding.details.layer || name === layerOf[`${finding.details.layer}`],
    );
    return layer ? { ...finding.details, layer: t(`code.terrain-layer.${layer}`) } : finding.details;
  };
  return (
    <ul className={styles.findings} aria-label={t("access-to-care.findings")}>
      {sorted.map((finding) => (
        <li key={`${finding.code} ${JSON.stringify(finding.details)}`} className={styles.finding}>
          <Icon name={finding.severity === "info" ? "info" : "warning"} />
          <span>{t(`access-to-care.finding.${finding.code}`, details(finding))}</span>
        </li>
      ))}
    </ul>
  );
}

/** Names of layers as the engine writes them. */
const layerOf: Readonly<Record<string, string>> = { landCover: "land-cover" };
