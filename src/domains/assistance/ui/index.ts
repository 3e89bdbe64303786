import type { IconName } from "../../../platform/ui/Icon.tsx";
import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { rights } from "../contract.ts";

type Right = keyof typeof rights;

export const casesPath = "/assistance/cases";
export const referralsPath = "/assistance/referrals";
/** The page of a case. */
export const casePath = (of: { country: string; id: string }) => `${casesPath}/${of.country}/${of.id}`;
/** The page of a referral. */
export const referralPath = (of: { country: string; id: string }) => `${referralsPath}/${of.country}/${of.id}`;

/** The cases of a person, as a card for pages about that person. */
export const CasesPanel = later<{ country: string; person: string }>(() =>
  import("./CasesPanel.tsx").then((m) => m.CasesPanel),
);

const page = (
  path: string,
  labelKey: string,
  icon: IconName,
  right: Right,
  nav: boolean,
  Page: PageEntry["Page"],
  waits: PageEntry["waits"] = [],
): PageEntry => ({ path, labelKey, icon, group: "assistance", right, nav, waits, Page });

/** The pages of cases and referrals. */
export const pages: readonly PageEntry[] = [
  page(
    casesPath,
    "assistance.cases.title",
    "care",
    "assistance.read",
    true,
    later(() => import("./CasesPage.tsx").then((m) => m.CasesPage)),
  ),
  page(
    `${casesPath}/$country/$id`,
    "assistance.case.title",
    "care",
    "assistance.read",
    false,
    later(() => import("./CasePage.tsx").then((m) => m.CasePage)),
  ),
  page(
    "/assistance/follow-ups",
    "assistance.follow-ups.title",
    "calendar",
    "assistance.read",
    true,
    later(() => import("./FollowUpsPage.tsx").then((m) => m.FollowUpsPage)),
    [{ kind: "follow-ups" }],
  ),
  page(
    referralsPath,
    "assistance.referrals.title",
    "out",
    "assistance.read",
    true,
    later(() => import("./ReferralsPage.tsx").then((m) => m.ReferralsPage)),
    [
      { kind: "referral-news", search: { view: "news" } },
      { kind: "referrals-late", search: { view: "late" } },
    ],
  ),
  page(
    `${referralsPath}/$country/$id`,
    "assistance.referral.title",
    "out",
    "assistance.read",
    false,
    later(() => import("./ReferralPage.tsx").then((m) => m.ReferralPage)),
  ),
  page(
    "/assistance/inbox",
    "assistance.inbox.title",
    "import",
    "assistance.inbox",
    true,
    later(() => import("./InboxPage.tsx").then((m) => m.InboxPage)),
    [{ kind: "referrals-received" }],
  ),
  {
    path: "/referral-answer",
    labelKey: "assistance.answer.title",
    icon: "check",
    group: "assistance",
    nav: false,
    Page: later(() => import("./AnswerPage.tsx").then((m) => m.AnswerPage)),
  },
];
