import { later } from "../../ui/later.tsx";
import type { PageEntry } from "../../ui/page-entry.ts";

const AccountsPage = later(() => import("./AccountsPage.tsx").then((m) => m.AccountsPage));
const OwnAccountPage = later(() => import("./OwnAccountPage.tsx").then((m) => m.OwnAccountPage));
const LinkPage = later(() => import("./LinkPage.tsx").then((m) => m.LinkPage));

/** The pages of accounts; the menu of the account links to `/account`. */
export const pages: readonly PageEntry[] = [
  {
    path: "/accounts",
    labelKey: "access.accounts",
    icon: "person",
    group: "administration",
    right: "access.administer",
    nav: true,
    Page: AccountsPage,
  },
  {
    path: "/account",
    labelKey: "access.own-account",
    icon: "person",
    group: "administration",
    nav: false,
    Page: OwnAccountPage,
  },
  {
    path: "/invitation",
    labelKey: "access.invitation",
    icon: "key",
    group: "administration",
    nav: false,
    Page: LinkPage,
  },
  {
    path: "/reset-password",
    labelKey: "access.reset-password",
    icon: "key",
    group: "administration",
    nav: false,
    Page: LinkPage,
  },
];
