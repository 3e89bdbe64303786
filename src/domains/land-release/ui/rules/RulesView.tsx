import type { ReactNode } from "react";
import { type Text, useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { StatusTag } from "../../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import type { RulesBody } from "../../contract-land.ts";
import { codeLists, type Transition } from "../../model.ts";
import styles from "./rules.module.css";
import { changedRules, listDifference, type RuleName, ruleNames, stepKey } from "./rules-difference.ts";

/** What a code of evidence is called, in whichever of the two lists it is. */
export function evidenceName(text: Text, code: string): string {
  const direct = (codeLists["direct-evidence"] as readonly string[]).includes(code);
  return text.code(direct ? "direct-evidence" : "indirect-evidence", code);
}

/** A step in words: what happens, from which class and statuses, to which. */
export function stepText(text: Text, { event, class: from, status, toClass, toStatus }: Transition): string {
  const { t, format } = text;
  return t("land-rules.step", {
    event: t(`land-rules.event.${event}`),
    class: from ? text.code("area-class", from) : t("land-rules.any-class"),
    status: format.list(status.map((each) => text.code("area-status", each))),
    to: [toClass && text.code("area-class", toClass), text.code("area-status", toStatus)].filter(Boolean).join(", "),
  });
}

/** One part of the rules as a list of words, or as a single value. */
function wordsOf(text: Text, rules: RulesBody, name: RuleName): { key: string; words: string }[] {
  const { t, format } = text;
  const one = (words: string) => [{ key: words, words }];
  switch (name) {
    case "confirms":
    case "suspects":
      return rules[name].map((code) => ({ key: code, words: evidenceName(text, code) }));
    case "transitions":
      return rules.transitions.map((step) => ({ key: stepKey(step), words: stepText(text, step) }));
    case "landClasses":
      return rules.landClasses.map(({ code, label, class: as, antipersonnel }) => ({
        key: [code, label, as, antipersonnel].join("|"),
        words: t("land-rules.land-class", {
          code,
          label,
          class: as ? text.code("area-class", as) : t("land-rules.no-class"),
          mines: t(antipersonnel ? "land-rules.with-mines" : "land-rules.without-mines"),
        }),
      }));
    case "clearedNeedsControl":
    case "accreditation":
      return one(t(`land-rules.strictness.${rules[name]}`));
    case "verifierMayApprove":
      return one(t(rules[name] ? "ui.yes" : "ui.no"));
    case "usualDepthCentimetres":
      return one(
        rules[name] === null ? t("land-rules.no-depth") : t("unit.cm", { value: format.number(rules[name] ?? 0) }),
      );
    case "fadeOutWarnShare":
      return one(format.percent(rules[name]));
  }
}

function Part(props: { name: RuleName; rules: RulesBody; before: RulesBody }): ReactNode {
  const text = useText();
  const { t } = text;
  const after = wordsOf(text, props.rules, props.name);
  const before = wordsOf(text, props.before, props.name);
  const { added, removed } = listDifference(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
  );
  if (after.length === 0 && removed.length === 0) return <span className={surfaces.muted}>{t("land-rules.none")}</span>;
  return (
    <ul className={styles.values}>
      {after.map(({ key, words }) => (
        <li key={key}>
          {added.includes(key) ? (
            <ins>
              <span className="visually-hidden">{t("land-rules.own")} </span>
              {words}
            </ins>
          ) : (
            words
          )}
        </li>
      ))}
      {before
        .filter(({ key }) => removed.includes(key))
        .map(({ key, words }) => (
          <li key={key}>
            <del>
              <span className="visually-hidden">{t("land-rules.not-here")} </span>
              {words}
            </del>
          </li>
        ))}
    </ul>
  );
}

/** Rules in words, part by part, marked where they differ from others: what is more, and what is less. */
export function RulesView(props: { rules: RulesBody; before: RulesBody; only?: readonly RuleName[] }) {
  const { t } = useText();
  const { rules, before } = props;
  const changed = changedRules(before, rules);
  return (
    <dl className={surfaces.fields}>
      {(props.only ?? ruleNames).map((name) => (
        <div key={name}>
          <dt>
            {t(`land-rules.rule.${name}`)}{" "}
            {changed.includes(name) && (
              <StatusTag tone="info" pattern="half">
                {t("land-rules.differs")}
              </StatusTag>
            )}
          </dt>
          <dd>
            <Part name={name} rules={rules} before={before} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
