import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useText } from "../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../platform/ui/AppLink.tsx";
import { useAddress, usePath } from "../../platform/ui/address.ts";
import { Boundary } from "../../platform/ui/Boundary.tsx";
import { classes } from "../../platform/ui/classes.ts";
import { Dialog } from "../../platform/ui/Dialog.tsx";
import { ErrorState } from "../../platform/ui/ErrorState.tsx";
import { Icon } from "../../platform/ui/Icon.tsx";
import { LanguageSwitch } from "../../platform/ui/LanguageSwitch.tsx";
import { changeSearch } from "../../platform/ui/records/list-search.ts";
import { RecordsContext, type RecordsWorld } from "../../platform/ui/records/records-context.ts";
import { Select } from "../../platform/ui/Select.tsx";
import { Skeleton } from "../../platform/ui/Skeleton.tsx";
import { SkipLink } from "../../platform/ui/SkipLink.tsx";
import { ThemeSwitch } from "../../platform/ui/ThemeSwitch.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { kinds, sections } from "./compose.ts";
import { languageChosen } from "./language.ts";
import { isCurrent, NavList } from "./NavList.tsx";
import { navigation } from "./navigation.ts";
import { Pages } from "./Pages.tsx";
import { RouteProblem } from "./RouteProblem.tsx";
import logo from "./santi.svg";
import { usePageScroll } from "./scroll.ts";
import { clearanceIn, ownCountries, useSession, useSystem } from "./session.ts";
import styles from "./shell.module.css";

/** Pages of people who are not in yet. */
const withoutNavigation = new Set(["/sign-in", "/invitation", "/reset-password"]);

/** Rows of a list while nothing is known about the node. */
const fewRows = 20;

const only = (codes: readonly string[]) => (codes.length === 1 ? (codes[0] ?? null) : null);

function CountryScope() {
  const { t, name, format } = useText();
  const system = useSystem();
  const [search, setSearch] = useAddress();
  const options = (system.data?.countries ?? [])
    .map((country) => ({ value: country.code, label: name(country.names) || country.code }))
    .toSorted((a, b) => format.compare(a.label, b.label));
  return (
    <div className={styles.country}>
      <Select
        label={t("app.country")}
        hideLabel
        empty={t("app.country.all")}
        options={options}
        value={search.country ?? ""}
        onChange={(country) =>
          // Units belong to one country; a filter on them would find nothing in another.
          setSearch(
            changeSearch(search, {
              country: country || undefined,
              "filter.unit": undefined,
              "filter.parent": undefined,
            }),
          )
        }
      />
    </div>
  );
}

/** What surrounds every page: header, navigation, the note that the data are invented, and the way to the content. */
export function Shell() {
  const text = useText();
  const { t } = text;
  const system = useSystem();
  const session = useSession();
  const [search] = useAddress();
  const path = usePath();
  const [drawer, setDrawer] = useState(false);
  const main = useRef<HTMLElement>(null);
  const shownPath = useRef(path);

  usePageScroll(path);
  // After a change of page the keyboard and the screen reader start at its content.
  useEffect(() => {
    if (shownPath.current === path) return;
    shownPath.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);

  const accountLanguage = session.data?.account?.language;
  useEffect(() => {
    if (accountLanguage && !languageChosen() && accountLanguage !== text.language) text.setLanguage(accountLanguage);
  }, [accountLanguage, text]);

  const world = useMemo(
    (): RecordsWorld => ({
      sections: new Map(sections.map((section) => [section.type.name, section])),
      kinds,
      countries: new Map((system.data?.countries ?? []).map((country) => [country.code, country.names])),
      clearance: clearanceIn(session.data, search.country),
      home: only(ownCountries(session.data)),
      listRows: system.data?.listRows ?? fewRows,
    }),
    [system.data, session.data, search.country],
  );

  const nodeName = text.name(system.data?.node.name) || t("app.name");
  const contact = text.name(system.data?.node.contact);
  const plain = withoutNavigation.has(path);
  const entries = navigation(session.data?.rights ?? []);
  const primary = entries.filter((entry) => entry.primary).slice(0, 4);
  const problem = system.error ?? session.error;

  return (
    <RecordsContext value={world}>
      <SkipLink />
      <div className={classes(styles.shell, plain && styles.plain, path === "/map" && styles.wide)}>
        <header className={styles.header}>
          <div className={styles.bar}>
            <AppLink to="/" className={styles.brand} aria-label={t("app.home", { name: nodeName })}>
              <img src={logo} alt="" width="30" height="30" />
              <span title={nodeName}>{nodeName}</span>
            </AppLink>
            {!plain && <CountryScope />}
            <div className={styles.end}>
              <LanguageSwitch />
              <ThemeSwitch />
              {!plain && <AccountMenu />}
            </div>
          </div>
          {system.data?.sample && (
            <p className={styles.sample}>
              <span>{t("app.sample-banner")}</span>
            </p>
          )}
        </header>
        {!plain && (
          <nav className={styles.side} aria-label={t("app.navigation")}>
            <div className={styles.sideInner}>
              <NavList entries={entries} path={path} />
            </div>
          </nav>
        )}
        <main id="main" ref={main} className={styles.main} tabIndex={-1}>
          <div className={styles.inner}>
            {problem && (
              <ErrorState
                problem={problem}
                onRetry={() => {
                  void system.refetch();
                  void session.refetch();
                }}
              />
            )}
            {!problem && (session.isPending || system.isPending ? <Skeleton lines={8} /> : null)}
            {session.data && system.data && (
              <Boundary key={path} instead={(error) => <RouteProblem error={error} />}>
                <Suspense fallback={<Skeleton lines={8} />}>
                  <Pages />
                </Suspense>
              </Boundary>
            )}
          </div>
        </main>
        {contact !== "" && path !== "/map" && (
          <footer className={styles.foot}>
            <strong>{nodeName}</strong>
            <p>{contact}</p>
          </footer>
        )}
        {!plain && (
          <nav className={styles.bottom} aria-label={t("app.navigation.short")}>
            {primary.map((entry) => (
              <AppLink key={entry.path} to={entry.path} aria-current={isCurrent(path, entry) ? "page" : undefined}>
                <Icon name={entry.icon} />
                <span>{t(entry.labelKey)}</span>
              </AppLink>
            ))}
            <button type="button" aria-haspopup="dialog" onClick={() => setDrawer(true)}>
              <Icon name="menu" />
              <span>{t("app.more")}</span>
            </button>
          </nav>
        )}
        <Dialog drawer open={drawer} onClose={() => setDrawer(false)} title={t("app.navigation")}>
          <NavList entries={entries} path={path} onFollow={() => setDrawer(false)} />
        </Dialog>
      </div>
    </RecordsContext>
  );
}
