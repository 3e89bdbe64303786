import type { PastAssessment } from "../../src/domains/assessments/index.ts";
import type { PastCase, PastNeed, PastReferral } from "../../src/domains/assistance/index.ts";
import type { ReferralState } from "../../src/domains/assistance/model-referral.ts";
import { type NeedKind, needKinds, type ServiceCode, servicesFor } from "../../src/domains/services/model.ts";
import { type Day, isoDate } from "../calendar.ts";
import { type Context, stream } from "../context.ts";
import { sampleId } from "../item.ts";
import type { Random } from "../random.ts";
import { assessmentsOf } from "./assessments.ts";
import { type CarePoint, momentBefore } from "./directory.ts";
import type { SamplePerson } from "./people.ts";
import { accountProvider, moneyOf } from "./providers.ts";
import { goalsOf, remarks } from "./words.ts";

/** What somebody agreed to, as the sample stores it. */
export interface SampleConsent {
  id: string;
  person: string;
  purpose: "referral" | "case-management";
  recipientClass: string;
  decision: "given" | "refused";
  decidedOn: string;
  withdrawnOn: string | null;
  method: string;
}

/** Everything about one person beside the record itself. */
export interface SampleCare {
  made: PastCase | null;
  consents: SampleConsent[];
  assessments: PastAssessment[];
}

/** Who works on the sample's cases; null while there is no such account. */
export interface CareStaff {
  officer: string | null;
}

/** Ways that referrals go, so that each state is there: the steps after the draft with days between, and who takes them. */
const ways: readonly (readonly (readonly [state: ReferralState, days: number])[])[] = [
  [
    ["consent-recorded", 0],
    ["sent", 1],
  ],
  [
    ["consent-recorded", 0],
    ["sent", 1],
    ["accepted", 3],
  ],
  [
    ["consent-recorded", 1],
    ["sent", 1],
    ["accepted", 4],
    ["in-service", 9],
  ],
  [
    ["consent-recorded", 0],
    ["sent", 2],
    ["accepted", 5],
    ["in-service", 12],
    ["completed", 40],
  ],
  [],
  [
    ["consent-recorded", 0],
    ["sent", 1],
    ["declined", 4],
  ],
  [["consent-recorded", 2]],
  [
    ["consent-recorded", 0],
    ["sent", 1],
    ["no-capacity", 6],
  ],
  [
    ["consent-recorded", 0],
    ["sent", 2],
    ["accepted", 6],
    ["lost", 60],
  ],
  [
    ["consent-recorded", 1],
    ["dropped", 5],
  ],
];

const byProvider: readonly ReferralState[] = ["accepted", "declined", "no-capacity", "in-service", "completed"];

/** In how many days the next follow-up of a case is due: some are overdue. */
const dueIn = [-12, -3, 0, 4, 11, 25];

/** What the cases of one country are made with. */
export interface CareSource {
  context: Context;
  today: Day;
  points: readonly CarePoint[];
  staff: CareStaff;
}

function needsOf(source: CareSource, opened: Day, random: Random): PastNeed[] {
  const { today } = source;
  const kinds = needKinds.filter((kind) =>
    random.chance(
      { medical: 0.35, rehabilitation: 0.6, "assistive-product": 0.5, psychosocial: 0.45 }[kind as string] ?? 0.2,
    ),
  );
  const chosen: NeedKind[] = kinds.length > 0 ? kinds.slice(0, 4) : ["rehabilitation"];
  const word = remarks[source.context.programme.country] ?? {};
  return chosen.map((kind) => {
    const identified = Math.min(today - 5, opened + random.integer(0, 20));
    const later = (days: number) => isoDate(Math.min(today - 1, identified + days));
    const way = random.weighted([
      ["open", 5],
      ["in-progress", 3],
      ["met", 4],
      ["unmet", 1],
      ["withdrawn", 0.5],
    ] as const);
    const steps: PastNeed["steps"] =
      way === "open"
        ? []
        : way === "met"
          ? [
              { state: "in-progress", on: later(15), reason: null },
              { state: "met", on: later(70), reason: null },
            ]
          : [{ state: way, on: later(20), reason: way === "in-progress" ? null : (word[way] ?? way) }];
    return {
      id: sampleId(Date.parse(`${isoDate(identified)}T02:00:00Z`), random),
      kind,
      detail: random.chance(0.5) ? (word[kind] ?? null) : null,
      priority: random.weighted([
        ["normal", 6],
        ["high", 3],
        ["urgent", 1],
        ["low", 1],
      ] as const),
      identifiedOn: isoDate(identified),
      steps,
    };
  });
}

const answering = (kind: NeedKind, points: readonly CarePoint[]) => {
  const wanted: readonly ServiceCode[] = servicesFor[kind];
  return points.flatMap((point) => {
    const services = point.services.filter((service) => wanted.includes(service));
    return services.length > 0 ? [{ point, services }] : [];
  });
};

function referralOf(
  source: CareSource,
  person: SamplePerson,
  need: PastNeed,
  n: number,
  consentOf: (recipientClass: string, day: Day, withdrawn: boolean) => string,
): PastReferral | null {
  const { today, context } = source;
  const random = stream(context, "care", "referral", n);
  const able = answering(need.kind, source.points);
  const near = able.filter(({ point }) => point.province === person.province);
  // Half go to the provider whose inbox the sample account opens, as far as it gives such a service.
  const known = able.filter(({ point }) => point.provider.code === accountProvider);
  const choice = known.length > 0 && random.chance(0.5) ? known : near.length > 0 ? near : able;
  const found = choice.length > 0 ? random.pick(choice) : null;
  const way = ways[n % ways.length] ?? [];
  if (!found) return null;
  const { point, services } = found;
  const passed = way.reduce((sum, [, days]) => sum + days, 0);
  const earliest = Math.max(passed + 1, today - person.registeredOn - 20);
  // What still goes on stands at its last step for some days: mostly in time, sometimes too long.
  const drafted = today - Math.min(earliest, passed + random.pick([1, 2, 4, 9, 16, 30]));
  const recipientClass = point.provider.recipients as PastReferral["recipientClass"];
  // One person in a while has taken the consent back after sending: the referral stands still.
  const withdrawn = way.at(-1)?.[0] === "sent" && n % 20 === 10;
  const consent = way.length > 0 ? consentOf(recipientClass, drafted, withdrawn) : null;
  let day = drafted;
  const steps: PastReferral["steps"] = [
    {
      state: "draft" as const,
      at: momentBefore(today, today - drafted, random),
      reason: null,
      side: "referrer" as const,
    },
    ...way.map(([state, days], at) => {
      day += days;
      return {
        state,
        // A minute after the step before, where both fall on one day.
        at: `${isoDate(day)}T10:0${at}:00.000Z`,
        reason:
          remarks[context.programme.country]?.[state] ??
          (["declined", "no-capacity", "dropped", "lost"].includes(state) ? state : null),
        side: byProvider.includes(state) ? ("provider" as const) : ("referrer" as const),
      };
    }),
  ];
  return {
    id: sampleId(Date.parse(steps[0]?.at as string), random),
    organisation: point.organisation,
    point: point.id,
    recipientClass,
    services: services.slice(0, 2),
    needs: [need.id],
    priority: need.priority,
    message: remarks[context.programme.country]?.message ?? null,
    parts: random.chance(0.7) ? ["case-facts", "needs", "names", "contacts"] : ["case-facts", "needs", "services"],
    consent,
    steps,
    seen: !byProvider.includes(way.at(-1)?.[0] ?? "draft") || random.chance(0.5),
  };
}

/**
 * What happened with a person who is cared for: case, needs, services, plan, referrals, consents, assessments.
 * @param n the person's number in the country; it decides which way things go, so that every state is there
 */
export function careOf(source: CareSource, person: SamplePerson, n: number): SampleCare {
  const { context, today, points, staff } = source;
  const { country } = context.programme;
  const random = stream(context, "care", "case", n);
  const consents: SampleConsent[] = [];
  const agree = (purpose: SampleConsent["purpose"], recipientClass: string, day: Day, withdrawn = false): string => {
    const known = consents.find((each) => each.purpose === purpose && each.recipientClass === recipientClass);
    if (known) return known.id;
    const id = sampleId(Date.parse(`${isoDate(day)}T01:00:00Z`), random);
    const method = random.pick(["signature", "thumbprint", "spoken"]);
    const withdrawnOn = withdrawn ? isoDate(today - 1) : null;
    const common = { id, person: person.id, purpose, recipientClass, method, withdrawnOn };
    consents.push({ ...common, decision: "given", decidedOn: isoDate(day) });
    return id;
  };
  // One in eight is known and has no case yet.
  if (n % 8 === 7) return { made: null, consents, assessments: [] };
  const adult = Number(isoDate(today).slice(0, 4)) - person.birthYear >= 19;
  const opened = Math.min(today - 20, person.registeredOn + random.integer(0, 6));
  if (adult) agree("case-management", "national-authority", opened);
  const needs = needsOf(source, opened, random);
  const closed = n % 9 === 5 ? Math.min(today - 1, opened + random.integer(90, 300)) : null;
  const recordedAt = momentBefore(today, today - opened, random);
  const cause = person.casualty
    ? { cause: "explosive-ordnance" as const, since: person.casualty.occurredOn }
    : {
        cause: random.pick([
          "explosive-ordnance",
          "road-traffic",
          "illness",
          "since-birth",
          "family-of-victim",
        ] as const),
        since: null,
      };
  const referrals: PastReferral[] = [];
  // For a child a guardian decides, which is entered by hand: the sample refers adults.
  if (adult && closed === null)
    for (const [at, need] of needs.slice(0, 1 + (n % 2)).entries()) {
      const made = referralOf(source, person, need, Math.floor(n * 1.5) + at, (recipients, day, withdrawn) =>
        agree("referral", recipients, Math.max(opened, day - 1), withdrawn),
      );
      if (made) referrals.push(made);
    }
  const [currency, unit] = moneyOf[country] ?? ["USD", 1];
  const services = needs
    .filter(() => random.chance(0.55))
    .flatMap((need) => {
      const able = answering(need.kind, points);
      const found = able.length > 0 ? random.pick(able) : null;
      if (!found) return [];
      const givenOn = isoDate(Math.min(today - 1, closed ?? today - 1, opened + random.integer(5, 120)));
      const paid = found.point.provider.cost === "partly-free";
      return [
        {
          id: sampleId(Date.parse(`${givenOn}T04:00:00Z`), random),
          service: random.pick(found.services),
          organisation: found.point.organisation,
          point: found.point.id,
          referral: null,
          givenOn,
          quantity: 1,
          cost: paid ? unit * random.integer(2, 30) : null,
          currency: paid ? currency : null,
          outcome: random.pick(["given", "improved", "improved", "unchanged", "not-finished"] as const),
          detail: null,
          withdrawn: false,
          withdrawnReason: null,
          needs: [need.id],
        },
      ];
    });
  const words = goalsOf[country] ?? goalsOf.en ?? [];
  const goals = needs
    .filter(() => random.chance(0.6))
    .map((need) => {
      const ended = random.chance(0.3) ? isoDate(Math.min(today - 1, opened + 80)) : null;
      return {
        id: sampleId(Date.parse(recordedAt), random),
        need: need.id,
        goal: words.length > 0 ? random.pick(words) : need.kind,
        targetOn: isoDate(opened + random.integer(60, 400)),
        state: ended ? ("reached" as const) : ("open" as const),
        endedOn: ended,
        reason: null,
      };
    });
  // In KHM, where the sample accounts are, two of three cases are somebody's.
  const assignee = country === "KHM" && n % 3 !== 2 ? staff.officer : null;
  const followUps = [
    { due: opened + 30, done: true },
    // Overdue, today and in the next weeks.
    ...(closed === null && n % 2 === 0 ? [{ due: today + (dueIn[(n / 2) % dueIn.length] ?? 0), done: false }] : []),
  ]
    .filter(({ due, done }) => !done || due < today)
    .map(({ due, done }) => ({
      id: sampleId(Date.parse(recordedAt), random),
      kind: random.pick(["visit", "call", "check-device", "appointment"] as const),
      dueOn: isoDate(due),
      assignee,
      detail: null,
      state: done ? ("done" as const) : ("due" as const),
      endedOn: done ? isoDate(Math.min(today - 1, due + 2)) : null,
      outcome: done ? (remarks[country]?.["follow-up"] ?? null) : null,
    }));
  const made: PastCase = {
    id: sampleId(Date.parse(recordedAt), random),
    person: person.id,
    organisation: null,
    assignee,
    openedOn: isoDate(opened),
    closeReason: closed === null ? null : "needs-met",
    closedOn: closed === null ? null : isoDate(closed),
    closeNote: closed === null ? null : (remarks[country]?.closed ?? "needs-met"),
    recordedAt,
    recordedBy: country === "KHM" ? staff.officer : null,
    facts: { sex: String(person.values.sex), birthYear: person.birthYear, unit: String(person.values.unit) },
    cause,
    needs,
    services,
    goals,
    followUps,
    referrals,
  };
  return { made, consents, assessments: assessmentsOf(source, person, opened, n, random) };
}
