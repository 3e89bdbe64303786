import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import type { CaseOutput } from "../contract-case.ts";

/** Something that happened, or is to happen, on a day. */
export interface Moment {
  id: string;
  day: string;
  words: string;
  /** Lies ahead. */
  ahead: boolean;
}

/** What happened to somebody from the accident until today, and what is due, in order of days. */
export function momentsOf(text: Text, of: CaseOutput, today: string): Moment[] {
  const { t } = text;
  const moments: Omit<Moment, "ahead">[] = [
    ...(of.cause?.since ? [{ id: "cause", day: of.cause.since, words: text.code("cause", of.cause.cause) }] : []),
    ...of.steps.map((step, at) => ({
      id: `step-${at}`,
      day: step.happenedOn,
      words: t(`assistance.happened.${step.step}`),
    })),
    ...of.needs.flatMap((need) =>
      need.steps.map((step) => ({
        id: `${need.id}-${step.version}`,
        day: step.happenedOn,
        words: t("assistance.happened.need", {
          need: text.code("need-kind", need.kind),
          state: text.code("need-state", step.state),
        }),
      })),
    ),
    ...of.services
      .filter(({ withdrawn }) => !withdrawn)
      .map((service) => ({
        id: service.id,
        day: service.givenOn,
        words: t("assistance.happened.service", { service: text.code("service", service.service) }),
      })),
    ...of.referrals.map((referral) => ({
      id: referral.id,
      day: referral.since.slice(0, 10),
      words: t("assistance.happened.referral", {
        code: referral.code,
        state: text.code("referral-state", referral.state),
      }),
    })),
    ...of.followUps
      .filter(({ state }) => state !== "cancelled")
      .map((followUp) => ({
        id: followUp.id,
        day: followUp.endedOn ?? followUp.dueOn,
        words: t(followUp.endedOn ? "assistance.happened.follow-up" : "assistance.ahead.follow-up", {
          kind: text.code("follow-up-kind", followUp.kind),
        }),
      })),
  ];
  return moments
    .map((moment) => ({ ...moment, ahead: moment.day > today }))
    .sort((a, b) => a.day.localeCompare(b.day) || a.id.localeCompare(b.id));
}
