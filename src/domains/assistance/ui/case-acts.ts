import { fields } from "../../../platform/contract/fields.ts";
import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import { recipientClasses } from "../../data-protection/model.ts";
import { currencies, needKinds, serviceCodes } from "../../services/model.ts";
import type { CaseOutput } from "../contract-case.ts";
import { causes, closeReasons, followUpKinds, priorities, serviceOutcomes } from "../model.ts";
import { referredParts } from "../model-referral.ts";
import { type Act, type ActField, type ActValues, filled } from "./ActDialog.tsx";
import { care, referring } from "./client.ts";

const organisation = fields.organisation("public");
const point = fields.record("public", "services.point");
const day = () => new Date().toISOString().slice(0, 10);

/** Options from a code list. */
export const optionsOf = (text: Text, list: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: text.code(list, value) }));

/** The things that somebody may do with a case, as dialogs. */
export function caseActs(text: Text, of: CaseOutput) {
  const { t } = text;
  const params = { country: of.country, id: of.id };
  const { version } = of;
  const body = (values: ActValues) => filled(values) as never;
  const on = (label: string): ActField => ({ name: "on", label, kind: "date", required: true, initial: day() });
  const reason: ActField = { name: "reason", label: t("assistance.reason"), kind: "words", required: true };
  const detail: ActField = {
    name: "detail",
    label: t("assistance.detail"),
    hint: t("assistance.no-names"),
    kind: "words",
  };
  const openNeeds = of.needs.map((need) => ({
    value: need.id,
    label: `${text.code("need-kind", need.kind)} (${text.code("need-state", need.state)})`,
  }));
  const choice = (
    name: string,
    label: string,
    list: string,
    values: readonly string[],
    more: object = {},
  ): ActField => ({
    name,
    label,
    kind: "choice",
    options: optionsOf(text, list, values),
    required: true,
    ...more,
  });
  const provider: ActField[] = [
    { name: "point", label: t("record.services.point"), kind: "record", field: point },
    {
      name: "organisation",
      label: t("assistance.provider"),
      hint: t("assistance.provider.hint"),
      kind: "record",
      field: organisation,
    },
  ];
  return {
    need: {
      draft: `${of.id}/need`,
      title: t("assistance.add-need"),
      fields: [
        choice("kind", t("assistance.need"), "need-kind", needKinds),
        choice("priority", t("assistance.priority"), "priority", priorities, { initial: "normal" }),
        {
          name: "identifiedOn",
          label: t("assistance.identified-on"),
          kind: "date",
          required: true,
          initial: day(),
        },
        detail,
      ],
      send: (values) => care.addNeed({ params, body: body(values) }),
    },
    service: {
      draft: `${of.id}/service`,
      title: t("assistance.add-service"),
      lead: t("assistance.add-service.lead"),
      fields: [
        choice("service", t("assistance.service"), "service", serviceCodes),
        { name: "givenOn", label: t("assistance.given-on"), kind: "date", required: true, initial: day() },
        ...provider,
        { name: "needs", label: t("assistance.for-needs"), kind: "choices", options: openNeeds },
        { name: "quantity", label: t("assistance.quantity"), kind: "number", initial: 1 },
        { name: "cost", label: t("assistance.cost"), kind: "number" },
        choice("currency", t("assistance.currency"), "currency", currencies, { required: false }),
        choice("outcome", t("assistance.outcome"), "service-outcome", serviceOutcomes),
        detail,
      ],
      send: (values) => care.addService({ params, body: body(values) }),
    },
    goal: {
      draft: `${of.id}/goal`,
      title: t("assistance.add-goal"),
      fields: [
        { name: "goal", label: t("assistance.goal"), hint: t("assistance.no-names"), kind: "words", required: true },
        { name: "targetOn", label: t("assistance.target-on"), kind: "date", required: true },
        { name: "need", label: t("assistance.need"), kind: "choice", options: openNeeds },
      ],
      send: (values) => care.addGoal({ params, body: body(values) }),
    },
    followUp: {
      draft: `${of.id}/follow-up`,
      title: t("assistance.add-follow-up"),
      fields: [
        choice("kind", t("assistance.kind"), "follow-up-kind", followUpKinds),
        { name: "dueOn", label: t("assistance.due-on"), kind: "date", required: true },
        detail,
      ],
      send: (values) => care.addFollowUp({ params, body: body(values) }),
    },
    referral: {
      draft: `${of.id}/referral`,
      title: t("assistance.refer"),
      lead: t("assistance.refer.lead"),
      fields: [
        ...provider,
        choice("recipientClass", t("assistance.recipient-class"), "recipient-class", recipientClasses, {
          initial: "rehabilitation-services",
        }),
        {
          name: "services",
          label: t("assistance.services-asked"),
          kind: "choices",
          required: true,
          options: optionsOf(text, "service", serviceCodes),
        },
        { name: "needs", label: t("assistance.for-needs"), kind: "choices", options: openNeeds },
        choice("priority", t("assistance.priority"), "priority", priorities, { initial: "normal" }),
        {
          name: "parts",
          label: t("assistance.parts"),
          hint: t("assistance.parts.hint"),
          kind: "choices",
          initial: ["case-facts", "needs"],
          options: optionsOf(text, "referred-part", referredParts),
        },
        {
          name: "message",
          label: t("assistance.message"),
          hint: t("assistance.no-names"),
          kind: "words",
        },
      ],
      send: (values) =>
        referring.createReferral({
          params,
          body: { ...filled(values), parts: (values.parts ?? []) as never } as never,
        }),
    },
    cause: {
      title: t("assistance.cause"),
      lead: t("assistance.cause.lead"),
      fields: [
        choice("cause", t("assistance.cause"), "cause", causes, { initial: of.cause?.cause ?? "explosive-ordnance" }),
        { name: "since", label: t("assistance.since"), kind: "date", initial: of.cause?.since ?? null },
      ],
      send: (values) =>
        care.setCause({
          params,
          body: { since: null, ...filled(values), version: of.cause?.version ?? 0 } as never,
        }),
    },
    assign: (carers: readonly { id: string; name: string }[]): Act => ({
      title: t("assistance.assign"),
      fields: [
        {
          name: "account",
          label: t("assistance.assignee"),
          hint: t("assistance.assignee.hint"),
          kind: "choice",
          options: carers.map((each) => ({ value: each.id, label: each.name })),
          initial: of.assignee,
        },
        { ...reason, required: false },
      ],
      send: ({ account, ...values }) =>
        care.assign({ params, body: { version, account: account || null, ...filled(values) } as never }),
    }),
    close: {
      title: t("assistance.close"),
      fields: [
        choice("why", t("assistance.close-reason"), "case-close-reason", closeReasons),
        on(t("assistance.on")),
        reason,
      ],
      send: (values) => care.close({ params, body: { ...filled(values), version } as never }),
    },
    reopen: {
      title: t("assistance.reopen"),
      fields: [on(t("assistance.on")), reason],
      send: (values) => care.reopen({ params, body: { ...filled(values), version } as never }),
    },
    needStep: (need: CaseOutput["needs"][number]): Act => ({
      title: t("assistance.change-need"),
      fields: [
        choice("state", t("assistance.state"), "need-state", need.next),
        choice("priority", t("assistance.priority"), "priority", priorities, { initial: need.priority }),
        on(t("assistance.on")),
        { ...reason, required: false },
      ],
      send: (values) =>
        care.stepNeed({
          params: { ...params, need: need.id },
          body: { ...filled(values), version: need.version } as never,
        }),
    }),
    goalEnd: (goal: CaseOutput["goals"][number]): Act => ({
      title: t("assistance.end-goal"),
      fields: [
        choice("state", t("assistance.state"), "goal-state", ["reached", "given-up"]),
        on(t("assistance.on")),
        { ...reason, required: false },
      ],
      send: (values) =>
        care.endGoal({
          params: { ...params, goal: goal.id },
          body: { ...filled(values), version: goal.version } as never,
        }),
    }),
    followUpEnd: (followUp: CaseOutput["followUps"][number]): Act => ({
      title: t("assistance.end-follow-up"),
      fields: [
        choice("state", t("assistance.state"), "follow-up-state", ["done", "cancelled"]),
        on(t("assistance.on")),
        { ...detail, name: "outcome", label: t("assistance.outcome") },
      ],
      send: (values) =>
        care.endFollowUp({
          params: { ...params, followUp: followUp.id },
          body: { ...filled(values), version: followUp.version } as never,
        }),
    }),
    withdrawService: (service: string): Act => ({
      title: t("assistance.withdraw-service"),
      fields: [reason],
      send: (values) => care.withdrawService({ params: { ...params, service }, body: body(values) }),
    }),
  } satisfies Record<string, Act | ((of: never) => Act)>;
}
