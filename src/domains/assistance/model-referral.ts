/** Where a referral stands. */
export const referralStates = [
  "draft",
  "consent-recorded",
  "sent",
  "accepted",
  "declined",
  "no-capacity",
  "in-service",
  "completed",
  "dropped",
  "lost",
] as const;
export type ReferralState = (typeof referralStates)[number];

/** Who takes a step: who refers, the provider with an account, or the provider by a one-time link. */
export const referralSides = ["referrer", "provider", "link"] as const;
export type ReferralSide = (typeof referralSides)[number];

type Steps = Readonly<Partial<Record<ReferralState, readonly ReferralSide[]>>>;

/**
 * Which states may follow on another, and who may say so. After sending, the referrer may say what the provider said by
 * telephone; a link answers the question whether the provider takes somebody, and nothing after it.
 */
const steps: Readonly<Record<ReferralState, Steps>> = {
  draft: { "consent-recorded": ["referrer"], dropped: ["referrer"] },
  "consent-recorded": { sent: ["referrer"], dropped: ["referrer"] },
  sent: {
    accepted: ["provider", "link", "referrer"],
    declined: ["provider", "link", "referrer"],
    "no-capacity": ["provider", "link", "referrer"],
    dropped: ["referrer"],
    lost: ["referrer"],
  },
  accepted: {
    "in-service": ["provider", "referrer"],
    "no-capacity": ["provider", "referrer"],
    dropped: ["provider", "referrer"],
    lost: ["provider", "referrer"],
  },
  "in-service": {
    completed: ["provider", "referrer"],
    dropped: ["provider", "referrer"],
    lost: ["provider", "referrer"],
  },
  declined: {},
  "no-capacity": {},
  completed: {},
  dropped: {},
  lost: {},
};

/** The states that a side may bring a referral into. */
export function nextStates(from: ReferralState, side: ReferralSide): ReferralState[] {
  return referralStates.filter((to) => steps[from][to]?.includes(side));
}

/** Whether a step must say why. */
export const needsWord = (to: ReferralState): boolean =>
  to === "declined" || to === "no-capacity" || to === "dropped" || to === "lost";

/** Whether a step lets a referral go on, and so needs that the person agrees at that moment. */
export const needsConsent = (to: ReferralState): boolean =>
  to === "consent-recorded" || to === "sent" || to === "accepted" || to === "in-service" || to === "completed";

/** Whether nothing follows any more. */
export const isEnded = (state: ReferralState): boolean => Object.keys(steps[state]).length === 0;

/** States in which a provider has been asked and somebody is on the way to a service. */
export const activeStates: readonly ReferralState[] = ["sent", "accepted", "in-service"];

/** States that must not last: each has a number of days in the settings. */
export const clockedStates = ["draft", "consent-recorded", "sent", "accepted", "in-service"] as const;
export type ClockedState = (typeof clockedStates)[number];

/** How long each state may last, and after how many more days somebody above is to look. */
export interface Clocks {
  days: Readonly<Record<ClockedState, number>>;
  escalationDays: number;
}

/** The days that a node starts with. */
export const shippedClocks: Clocks = {
  days: { draft: 7, "consent-recorded": 3, sent: 7, accepted: 21, "in-service": 90 },
  escalationDays: 7,
};

export type Lateness = "in-time" | "overdue" | "escalated";

const day = 86_400_000;
const isClocked = (state: ReferralState): state is ClockedState => clockedStates.some((each) => each === state);

/**
 * The clock of a step.
 * @param since when the state began
 * @returns days in the state (whole), when it should have ended (null for one that may last), and how late it is
 */
export function clockOf(
  state: ReferralState,
  since: Date,
  now: Date,
  clocks: Clocks,
): { days: number; dueAt: string | null; late: Lateness } {
  const passed = now.getTime() - since.getTime();
  const days = Math.max(0, Math.floor(passed / day));
  if (!isClocked(state)) return { days, dueAt: null, late: "in-time" };
  const allowed = clocks.days[state];
  const late =
    passed > (allowed + clocks.escalationDays) * day ? "escalated" : passed > allowed * day ? "overdue" : "in-time";
  return { days, dueAt: new Date(since.getTime() + allowed * day).toISOString(), late };
}

/** Days between the steps of a referral. @param history oldest first */
export function daysBetween(
  history: readonly { state: ReferralState; recordedAt: string }[],
): { from: ReferralState; to: ReferralState; days: number }[] {
  return history.slice(1).flatMap((step, i) => {
    const before = history[i];
    if (!before || before.state === step.state) return [];
    const passed = Date.parse(step.recordedAt) - Date.parse(before.recordedAt);
    return [{ from: before.state, to: step.state, days: Math.floor(passed / day) }];
  });
}

/** What a referral may clear: no more of the identity than the purpose of a referral opens. */
export const referredParts = ["case-facts", "needs", "services", "names", "birth", "contacts", "residence"] as const;
export type ReferredPart = (typeof referredParts)[number];
/** Those that are parts of the identity, and need an opening each time. */
export const referredIdentity = ["names", "birth", "contacts", "residence"] as const;
