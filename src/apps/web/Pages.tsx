import { type ReactNode, useEffect } from "react";
import { Route, Switch } from "wouter";
import type { CataloguePart } from "../../platform/i18n/catalogue-parts.ts";
import { useText } from "../../platform/i18n/I18nProvider.tsx";
import { later } from "../../platform/ui/later.tsx";
import { Skeleton } from "../../platform/ui/Skeleton.tsx";
import { pages, sections } from "./compose.ts";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { OverviewPage } from "./OverviewPage.tsx";
import { SignInNeeded } from "./SignInNeeded.tsx";
import { useSession } from "./session.ts";

const SignInPage = later(() => import("./SignInPage.tsx").then((m) => m.SignInPage));
const MapPage = later(() => import("./map/MapPage.tsx").then((m) => m.MapPage));
const RecordListPage = later(() =>
  import("../../platform/ui/records/RecordListPage.tsx").then((m) => m.RecordListPage),
);
const RecordPage = later(() => import("../../platform/ui/records/RecordPage.tsx").then((m) => m.RecordPage));

/**
 * Shows a page to whoever may have the right to it, and the way in to somebody who is not signed in and lacks it. What
 * an account may do is the server's to say.
 */
function Guarded(props: { right: string | undefined; titleKey: string; children: ReactNode }) {
  const session = useSession();
  const { right } = props;
  const open = right === undefined || right === "open" || session.data?.rights.includes(right);
  return open || session.data?.account ? props.children : <SignInNeeded titleKey={props.titleKey} />;
}

/** Shows a page when its words are here. */
function Worded({ part, children }: { part: CataloguePart; children: ReactNode }) {
  const { isHere, need } = useText();
  useEffect(() => need(part), [need, part]);
  return isHere(part) ? children : <Skeleton lines={8} />;
}

/** The paths of page entries write their parts as `$id`. */
const pattern = (path: string) => path.replaceAll("$", ":");

/** The page that the address names. Addresses hold plain texts: `?country=KHM&filter.status=open`. */
export function Pages() {
  return (
    <Switch>
      <Route path="/">
        <OverviewPage />
      </Route>
      <Route path="/sign-in">
        <SignInPage />
      </Route>
      <Route path="/map">
        <Worded part="lists">
          <MapPage />
        </Worded>
      </Route>
      {sections.flatMap((section) => {
        const guard = { right: section.routes.list.right, titleKey: `records.${section.type.name}` };
        return [
          <Route key={section.path} path={section.path}>
            <Guarded {...guard}>
              <Worded part="lists">
                <RecordListPage key={section.type.name} section={section} />
              </Worded>
            </Guarded>
          </Route>,
          <Route key={`${section.path}/one`} path={pattern(`${section.path}/$country/$id`)}>
            <Guarded {...guard}>
              <Worded part="rest">
                <RecordPage key={section.type.name} section={section} />
              </Worded>
            </Guarded>
          </Route>,
        ];
      })}
      {pages.map(({ path, right, labelKey, Page }) => (
        <Route key={path} path={pattern(path)}>
          <Guarded right={right} titleKey={labelKey}>
            <Worded part="rest">
              <Page />
            </Worded>
          </Guarded>
        </Route>
      ))}
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  );
}
