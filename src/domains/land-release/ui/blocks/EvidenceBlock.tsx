import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { codeLists } from "../../model.ts";
import { Anchor, CodeChecks } from "../fields.tsx";
import type { BlockProps } from "./block.ts";

/** On which evidence a class rests. */
export function EvidenceBlock({ form, change, problem }: BlockProps) {
  const { t } = useText();
  return (
    <Anchor name="evidence">
      {(["direct-evidence", "indirect-evidence"] as const).map((list) => (
        <CodeChecks
          key={list}
          legend={t(`land-reports.${list}`)}
          list={list}
          codes={codeLists[list]}
          problem={list === "indirect-evidence" ? problem("evidence") : null}
          values={form.evidence}
          onChange={(values) =>
            change({
              evidence: [
                ...form.evidence.filter((each) => !(codeLists[list] as readonly string[]).includes(each)),
                ...values,
              ],
            })
          }
        />
      ))}
    </Anchor>
  );
}
