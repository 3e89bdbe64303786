import { useState } from "react";
import { useText } from "../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../platform/ui/AppLink.tsx";
import { Icon } from "../../platform/ui/Icon.tsx";
import { type NavGroup, navGroups } from "../../platform/ui/records/section.ts";
import type { NavEntry } from "./navigation.ts";
import styles from "./shell.module.css";

/** Whether a page belongs to an entry of the navigation. */
export function isCurrent(path: string, entry: NavEntry): boolean {
  return entry.path === "/" ? path === "/" : path === entry.path || path.startsWith(`${entry.path}/`);
}

const closedKey = "santi.navigation.closed";

/** The groups that this person has closed, as kept on the device. */
function readClosed(): ReadonlySet<string> {
  try {
    return new Set((localStorage.getItem(closedKey) ?? "").split(","));
  } catch {
    return new Set(); // A browser that keeps nothing shows every group.
  }
}

function Entries({
  entries,
  path,
  onFollow,
}: {
  entries: NavEntry[];
  path: string;
  onFollow?: (() => void) | undefined;
}) {
  const { t } = useText();
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.path}>
          <AppLink
            to={entry.path}
            className={styles.entry}
            aria-current={isCurrent(path, entry) ? "page" : undefined}
            onClick={onFollow}
          >
            <Icon name={entry.icon} />
            <span>{t(entry.labelKey)}</span>
          </AppLink>
        </li>
      ))}
    </ul>
  );
}

/** The entries of the navigation in their groups. Groups can be closed; the one with the shown page is always open. */
export function NavList({ entries, path, onFollow }: { entries: NavEntry[]; path: string; onFollow?: () => void }) {
  const { t } = useText();
  const [closed, setClosed] = useState(readClosed);
  const toggle = (group: NavGroup, open: boolean) => {
    const next = new Set(closed);
    if (open) next.delete(group);
    else next.add(group);
    setClosed(next);
    try {
      localStorage.setItem(closedKey, [...next].filter(Boolean).join());
    } catch {
      // Closed for now, and open again on the next visit.
    }
  };
  return navGroups.map((group) => {
    const own = entries.filter((entry) => entry.group === group);
    if (own.length === 0) return null;
    const list = <Entries entries={own} path={path} onFollow={onFollow} />;
    if (group === "work") return <div key={group}>{list}</div>;
    return (
      <details
        key={group}
        open={!closed.has(group) || own.some((entry) => isCurrent(path, entry))}
        onToggle={({ currentTarget: { open } }) => {
          if (open === closed.has(group)) toggle(group, open);
        }}
      >
        <summary className={styles.groupTitle}>
          <span>{t(`app.group.${group}`)}</span>
          <Icon name="down" />
        </summary>
        {list}
      </details>
    );
  });
}
