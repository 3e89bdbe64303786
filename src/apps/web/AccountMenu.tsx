import { useText } from "../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../platform/ui/AppLink.tsx";
import { useGo } from "../../platform/ui/address.ts";
import { buttonClass } from "../../platform/ui/Button.tsx";
import { Icon } from "../../platform/ui/Icon.tsx";
import { Menu, menuItemClass } from "../../platform/ui/Menu.tsx";
import { useCountryName } from "../../platform/ui/records/records-context.ts";
import surfaces from "../../platform/ui/surfaces.module.css";
import table from "../../platform/ui/table.module.css";
import { pages } from "./compose.ts";
import { useSignInSearch } from "./SignInNeeded.tsx";
import { useSession, useSignOut } from "./session.ts";

const ownAccount = pages.find((page) => page.path === "/account");

/** Who is signed in, as what, and the way out; or the way in. */
export function AccountMenu() {
  const { t } = useText();
  const session = useSession();
  const signOut = useSignOut();
  const go = useGo();
  const countryName = useCountryName();
  const signInSearch = useSignInSearch();
  const account = session.data?.account;
  if (!session.data) return null;
  if (!account) {
    return (
      <AppLink to="/sign-in" search={signInSearch} className={buttonClass("primary")}>
        {t("access.sign-in")}
      </AppLink>
    );
  }
  return (
    <Menu icon="person" iconOnly quiet label={t("access.account", { name: account.name })}>
      <div className={table.popupBody}>
        <div>
          <strong>{account.name}</strong>
          <p className={`${surfaces.small} ${surfaces.muted}`}>{account.email}</p>
        </div>
        <ul className={surfaces.small}>
          {session.data.roles.map((grant) => (
            <li key={`${grant.role}-${grant.country}-${grant.organisation}`}>
              {t("access.grant", {
                role: t(`role.${grant.role}`),
                country: grant.country ? countryName(grant.country) : t("app.country.all"),
              })}
            </li>
          ))}
        </ul>
      </div>
      {ownAccount && (
        <AppLink to={ownAccount.path} className={menuItemClass}>
          <Icon name={ownAccount.icon} />
          <span>{t(ownAccount.labelKey)}</span>
        </AppLink>
      )}
      <button
        type="button"
        className={menuItemClass}
        onClick={() => signOut.mutate(undefined, { onSuccess: () => go("/") })}
      >
        <Icon name="out" />
        <span>{t("access.sign-out")}</span>
      </button>
    </Menu>
  );
}
