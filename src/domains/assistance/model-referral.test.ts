import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  activeStates,
  clockOf,
  daysBetween,
  isEnded,
  needsConsent,
  needsWord,
  nextStates,
  type ReferralState,
  referralSides,
  referralStates,
  shippedClocks,
} from "./model-referral.ts";

const start = new Date("2026-01-01T00:00:00Z");
const later = (days: number) => new Date(start.getTime() + days * 86_400_000);

describe("the way of a referral", () => {
  it("goes from a draft to a service in the order of the standard, and each side says only its own", () => {
    expect(nextStates("draft", "referrer")).toEqual(["consent-recorded", "dropped"]);
    expect(nextStates("consent-recorded", "referrer")).toEqual(["sent", "dropped"]);
    expect(nextStates("sent", "provider")).toEqual(["accepted", "declined", "no-capacity"]);
    expect(nextStates("sent", "link")).toEqual(["accepted", "declined", "no-capacity"]);
    expect(nextStates("accepted", "link")).toEqual([]);
    expect(nextStates("in-service", "provider")).toEqual(["completed", "dropped", "lost"]);
    expect(nextStates("draft", "provider")).toEqual([]);
  });

  it("never reaches a provider but through recorded consent, whatever steps are tried", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...referralStates), fc.constantFrom(...referralSides))),
        (tried) => {
          let state: ReferralState = "draft";
          const seen: ReferralState[] = [state];
          for (const [to, side] of tried) {
            if (!nextStates(state, side).includes(to)) continue;
            state = to;
            seen.push(to);
          }
          const sent = seen.indexOf("sent");
          if (activeStates.includes(state)) expect(seen.indexOf("consent-recorded")).toBe(sent - 1);
          expect(new Set(seen).size).toBe(seen.length);
          if (isEnded(state)) for (const side of referralSides) expect(nextStates(state, side)).toEqual([]);
        },
      ),
    );
  });

  it("asks for a word when somebody is not helped, and for consent when it goes on", () => {
    expect(referralStates.filter(needsWord)).toEqual(["declined", "no-capacity", "dropped", "lost"]);
    expect(referralStates.filter((state) => needsConsent(state) && needsWord(state))).toEqual([]);
    for (const state of activeStates) expect(needsConsent(state)).toBe(true);
  });
});

describe("the clock of a step", () => {
  it("is late after the days of its state, and escalated after more", () => {
    const of = (days: number) => clockOf("sent", start, later(days), shippedClocks);
    expect(of(7)).toEqual({ days: 7, dueAt: later(7).toISOString(), late: "in-time" });
    expect(of(7.5).late).toBe("overdue");
    expect(of(14).late).toBe("overdue");
    expect(of(14.5).late).toBe("escalated");
    expect(clockOf("declined", start, later(400), shippedClocks)).toEqual({ days: 400, dueAt: null, late: "in-time" });
  });

  it("tells the days between steps, and passes over notes that change no state", () => {
    const at = (state: ReferralState, days: number) => ({ state, recordedAt: later(days).toISOString() });
    expect(daysBetween([at("draft", 0), at("consent-recorded", 1), at("sent", 1.2), at("accepted", 6)])).toEqual([
      { from: "draft", to: "consent-recorded", days: 1 },
      { from: "consent-recorded", to: "sent", days: 0 },
      { from: "sent", to: "accepted", days: 4 },
    ]);
    expect(daysBetween([])).toEqual([]);
  });
});
