import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Timeline } from "../../../platform/ui/Timeline.tsx";
import type { Sheet } from "../contract-work.ts";
import { addresseeOf, costOf, type FullRecommendation, type Item, itemOf, type OfStudy, ownerOf } from "./client.ts";
import { DecideDialog } from "./DecideDialog.tsx";
import { CodeList } from "./FindingsTab.tsx";
import { ItemActions } from "./ItemActions.tsx";
import type { Opened } from "./StudyDialog.tsx";
import styles from "./studies.module.css";
import { actionTones, outcomeTones, stateTones } from "./tones.ts";

/** What is done about a recommendation: who, until when, and what it led to. */
function ActionLine(props: { item: Item; late: boolean; sheet: Sheet }) {
  const text = useText();
  const { t, format } = text;
  const { item, late } = props;
  const day = typeof item.dueOn === "string" ? format.date(item.dueOn) : "";
  return (
    <div className={styles.action}>
      <span className={surfaces.row}>
        {late ? (
          <StatusTag tone="bad" pattern="stripes">
            {t("studies.late-since", { date: day })}
          </StatusTag>
        ) : (
          <StatusTag {...(actionTones[String(item.status)] ?? { tone: "neutral" })}>
            {text.code("action-status", String(item.status))}
          </StatusTag>
        )}
        <span className={surfaces.muted}>
          {[
            ownerOf(text, props.sheet.references, item),
            typeof item.doneOn === "string"
              ? t("studies.done-on", { date: format.date(item.doneOn) })
              : t("studies.due-on", { date: day }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <span>{String(item.description)}</span>
      {typeof item.linkedTitle === "string" && (
        <span className={surfaces.small}>
          {t("studies.led-to", { kind: text.code("linked-kind", String(item.linkedKind)), title: item.linkedTitle })}
        </span>
      )}
      {typeof item.proof === "string" && <span className={`${surfaces.small} ${surfaces.muted}`}>{item.proof}</span>}
      {typeof item.url === "string" && (
        <a className={surfaces.small} href={item.url} rel="noreferrer">
          {item.url}
        </a>
      )}
    </div>
  );
}

/** A recommendation: its words, whom it addresses, what was decided and said of it, and what is done about it. */
export function RecommendationCard(props: {
  study: OfStudy;
  sheet: Sheet;
  of: FullRecommendation;
  onOpen: (opened: Opened) => void;
}) {
  const text = useText();
  const { t, format } = text;
  const { study, sheet, of, onOpen } = props;
  const [deciding, setDeciding] = useState(false);
  const item = itemOf(of.record);
  const code = String(item.code);
  const writes = sheet.allowed.includes("write");
  const agreed = item.state === "agreed" || item.state === "amended";
  const titles = new Map(sheet.consultations.map(({ record }) => [record.id, String(itemOf(record).title)]));
  return (
    <li id={item.id} className={styles.item}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <span className={surfaces.row}>
          <span className={surfaces.mono}>{code}</span>
          <StatusTag {...outcomeTones[of.outcome]}>{text.code("recommendation-outcome", of.outcome)}</StatusTag>
        </span>
        {writes && <ItemActions study={study} kind="recommendation" item={item} onOpen={onOpen} />}
      </div>
      <p className={styles.words}>{String(item.wording)}</p>
      <span className={surfaces.muted}>
        {[
          addresseeOf(text, sheet.references, item),
          text.code("study-term", String(item.term)),
          t("studies.priority", { priority: text.code("study-priority", String(item.priority)) }),
          costOf(text, item),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
      <CodeList
        label={t("studies.follows-from")}
        none={t("studies.loose")}
        ids={of.findings}
        items={sheet.findings.map(({ record }) => record) as unknown as Item[]}
        words="statement"
      />
      {of.actions.length > 0 && (
        <ul className={styles.actions} aria-label={t("studies.actions-of", { code })}>
          {of.actions.map(({ record, late }) => {
            const action = itemOf(record);
            return (
              <li key={action.id} id={action.id}>
                <ActionLine item={action} late={late} sheet={sheet} />
                {writes && <ItemActions study={study} kind="action" item={action} of={item.id} onOpen={onOpen} />}
              </li>
            );
          })}
        </ul>
      )}
      {writes && (
        <div className={surfaces.row}>
          {of.decisions.length > 0 && (
            <Button small icon="check" aria-label={t("studies.decide-of", { code })} onClick={() => setDeciding(true)}>
              {t("studies.decide")}
            </Button>
          )}
          {agreed && (
            <Button
              small
              icon="add"
              aria-label={t("studies.add-action-of", { code })}
              onClick={() => onOpen({ kind: "action", item: null, of: item.id })}
            >
              {t("studies.add.action")}
            </Button>
          )}
        </div>
      )}
      {of.comments.length > 0 && (
        <details>
          <summary>{t("studies.comments", { count: of.comments.length })}</summary>
          <ul className={styles.list}>
            {of.comments.map((comment) => (
              <li key={comment.id} className={styles.comment}>
                <span className={surfaces.row}>
                  <strong>{text.code("study-sector", comment.sector)}</strong>
                  <span className={surfaces.muted}>{text.code("comment-stance", comment.stance)}</span>
                </span>
                <span>{comment.comment}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {of.wordings.length > 1 && (
        <details>
          <summary>{t("studies.wordings", { count: of.wordings.length })}</summary>
          <Timeline
            items={of.wordings.map((wording) => ({
              id: wording.version,
              content: (
                <div className={styles.wording}>
                  <span className={surfaces.row}>
                    <StatusTag {...stateTones[wording.state]}>
                      {text.code("recommendation-state", wording.state)}
                    </StatusTag>
                    <span className={surfaces.muted}>
                      {[
                        format.date(wording.recordedAt.slice(0, 10)),
                        titles.get(wording.consultation ?? "") ?? "",
                        wording.author ?? "",
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                  </span>
                  <span>{wording.wording}</span>
                  {wording.reason && <span className={surfaces.muted}>{wording.reason}</span>}
                </div>
              ),
            }))}
          />
        </details>
      )}
      {deciding && <DecideDialog study={study} sheet={sheet} of={of} onClose={() => setDeciding(false)} />}
    </li>
  );
}
