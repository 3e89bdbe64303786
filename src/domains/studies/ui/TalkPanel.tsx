import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { RecommendationState } from "../model.ts";
import { CommentForm } from "./CommentForm.tsx";
import { type FullRecommendation, type Item, itemOf, type OfStudy } from "./client.ts";
import { DecisionForm } from "./DecisionForm.tsx";
import styles from "./studies.module.css";
import { stateTones } from "./tones.ts";

/** One recommendation while it is talked about: what sectors say of it, and what is decided. */
export function TalkPanel(props: { study: OfStudy; consultation: Item; of: FullRecommendation }) {
  const text = useText();
  const { t } = text;
  const { consultation, of } = props;
  const record = itemOf(of.record);
  const code = String(record.code);
  const said = of.comments.filter((each) => each.consultation === consultation.id);
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-label={code}>
      <div className={surfaces.row}>
        <span className={surfaces.mono}>{code}</span>
        <StatusTag {...stateTones[record.state as RecommendationState]}>
          {text.code("recommendation-state", String(record.state))}
        </StatusTag>
      </div>
      <p className={styles.words}>{String(record.wording)}</p>
      {said.length > 0 && (
        <ul className={styles.actions} aria-label={t("studies.comments", { count: said.length })}>
          {said.map((each) => (
            <li key={each.id} className={styles.comment}>
              <span className={surfaces.row}>
                <strong>{text.code("study-sector", each.sector)}</strong>
                <span className={surfaces.muted}>{text.code("comment-stance", each.stance)}</span>
              </span>
              <span>{each.comment}</span>
            </li>
          ))}
        </ul>
      )}
      <CommentForm {...props} />
      <DecisionForm key={of.version} {...props} />
    </section>
  );
}
