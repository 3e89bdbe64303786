import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { type ComponentType, lazy } from "react";
import { useText } from "../../platform/i18n/I18nProvider.tsx";
import { listSearch } from "../../platform/ui/records/list-search.ts";
import { Skeleton } from "../../platform/ui/Skeleton.tsx";
import { pages, sections } from "./compose.ts";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { RouteProblem } from "./RouteProblem.tsx";
import { Shell } from "./Shell.tsx";

const OverviewPage = lazy(() => import("./OverviewPage.tsx").then((m) => ({ default: m.OverviewPage })));
const SignInPage = lazy(() => import("./SignInPage.tsx").then((m) => ({ default: m.SignInPage })));
const MapPage = lazy(() => import("./map/MapPage.tsx").then((m) => ({ default: m.MapPage })));
const RecordListPage = lazy(() =>
  import("../../platform/ui/records/RecordListPage.tsx").then((m) => ({ default: m.RecordListPage })),
);
const RecordPage = lazy(() =>
  import("../../platform/ui/records/RecordPage.tsx").then((m) => ({ default: m.RecordPage })),
);

type Texts = Record<string, string | undefined>;

/** Keeps the parts of an address that are texts; everything in Santi's addresses is. */
function texts(search: Record<string, unknown>): Texts {
  return Object.fromEntries(
    Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: RouteProblem,
  validateSearch: texts,
});

const overview = createRoute({ getParentRoute: () => root, path: "/", component: OverviewPage });
const signIn = createRoute({ getParentRoute: () => root, path: "/sign-in", component: SignInPage });
const map = createRoute({ getParentRoute: () => root, path: "/map", component: MapPage });

const records = sections.flatMap((section) => [
  createRoute({
    getParentRoute: () => root,
    path: section.path,
    validateSearch: (search: Record<string, unknown>): Texts => listSearch(section.type, search),
    component: () => <RecordListPage key={section.type.name} section={section} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: `${section.path}/$country/$id`,
    component: () => <RecordPage key={section.type.name} section={section} />,
  }),
]);

/** A page whose words come after the first page's. */
function LatePage({ Page }: { Page: ComponentType }) {
  const { complete } = useText();
  return complete ? <Page /> : <Skeleton lines={8} />;
}

const others = pages.map(({ path, Page }) =>
  createRoute({ getParentRoute: () => root, path, component: () => <LatePage Page={Page} /> }),
);

/** The application's pages. Addresses hold plain texts: `?country=KHM&filter.status=open`. */
export const router = createRouter({
  routeTree: root.addChildren([overview, signIn, map, ...records, ...others]),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(texts(search as Record<string, unknown>)) as [string, string][],
    ).toString();
    return text === "" ? "" : `?${text.replaceAll("%2C", ",")}`;
  },
  defaultPendingComponent: () => <Skeleton lines={8} />,
  defaultPreload: false,
  scrollRestoration: true,
});
