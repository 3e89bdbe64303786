import { createClient } from "../../../platform/contract/client.ts";
import type { Tone } from "../../../platform/ui/StatusTag.tsx";
import { routes } from "../contract.ts";
import { referralRoutes } from "../contract-referral.ts";
import type { NeedState, Priority } from "../model.ts";
import type { ReferralState } from "../model-referral.ts";

/** The client of cases. */
export const care = createClient(routes);
/** The client of referrals on both sides. */
export const referring = createClient(referralRoutes);

/** How a need looks. */
export const needTones: Readonly<Record<NeedState, Tone>> = {
  open: { tone: "warn", pattern: "hollow" },
  "in-progress": { tone: "info", pattern: "half" },
  met: { tone: "good", pattern: "solid" },
  unmet: { tone: "bad", pattern: "stripes" },
  withdrawn: { tone: "neutral", pattern: "dots" },
};

/** How a referral looks. */
export const referralTones: Readonly<Record<ReferralState, Tone>> = {
  draft: { tone: "neutral", pattern: "hollow" },
  "consent-recorded": { tone: "neutral", pattern: "half" },
  sent: { tone: "info", pattern: "hollow" },
  accepted: { tone: "info", pattern: "half" },
  "in-service": { tone: "info", pattern: "solid" },
  completed: { tone: "good", pattern: "solid" },
  declined: { tone: "bad", pattern: "stripes" },
  "no-capacity": { tone: "bad", pattern: "dots" },
  dropped: { tone: "neutral", pattern: "stripes" },
  lost: { tone: "bad", pattern: "hollow" },
};

/** How a priority looks. */
export const priorityTones: Readonly<Record<Priority, Tone>> = {
  urgent: { tone: "bad", pattern: "solid" },
  high: { tone: "warn", pattern: "half" },
  normal: { tone: "neutral", pattern: "hollow" },
  low: { tone: "neutral", pattern: "dots" },
};
