import { useState } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { newId } from "../../../../platform/kernel/ids.ts";
import { Button } from "../../../../platform/ui/Button.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import type { Part } from "../../contract-body.ts";
import { Anchor } from "../fields.tsx";
import { outlineOf, PartFields } from "../PartFields.tsx";
import { emptyPart } from "../report-form.ts";
import styles from "../reports.module.css";
import type { BlockProps } from "./block.ts";

/** The pieces of ground of a report, each with its outcome and polygon. */
export function GroundBlock(props: BlockProps & { opened: string | null; onOpened: (part: string | null) => void }) {
  const { form, type, change, problem } = props;
  const { t } = useText();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set(form.parts.map(({ id }) => id)));
  const add = (...parts: Part[]) => change({ parts: [...form.parts, ...parts] });
  const toggle = (id: string, open: boolean) => {
    const next = new Set(closed);
    if (open) next.delete(id);
    else next.add(id);
    setClosed(next);
    if (props.opened === id && !open) props.onOpened(null);
  };
  return (
    <Anchor name="parts">
      <div className={surfaces.stack}>
        {form.parts.map((part, at) => (
          <PartFields
            key={part.id}
            part={part}
            number={at + 1}
            others={form.parts.filter(({ id }) => id !== part.id)}
            type={type}
            country={props.country}
            area={form.area}
            task={form.task}
            problem={(field) => problem(field, part.id)}
            open={!closed.has(part.id) || props.opened === part.id}
            onToggle={(open) => toggle(part.id, open)}
            onChange={(next) => change({ parts: form.parts.map((each) => (each.id === part.id ? next : each)) })}
            onSplit={(next, pieces) =>
              change({
                parts: form.parts.flatMap((each) =>
                  each.id === part.id
                    ? [
                        next,
                        ...pieces.map(({ survey, geometry }) => ({
                          ...next,
                          ...outlineOf(survey, geometry),
                          id: newId(),
                        })),
                      ]
                    : [each],
                ),
              })
            }
            onRemove={() => change({ parts: form.parts.filter((each) => each.id !== part.id) })}
          />
        ))}
        {problem("parts") && <p className={styles.problem}>{problem("parts")}</p>}
        <div>
          <Button icon="add" onClick={() => add(emptyPart(newId(), type))}>
            {t("land-reports.part.add")}
          </Button>
        </div>
      </div>
    </Anchor>
  );
}
