import { Link } from "@tanstack/react-router";
import type { ComponentProps } from "react";

/** The address of a page: the filters and choices after the question mark, all texts. */
export type Search = Record<string, string | undefined>;

/** Every link carries the country scope along, unless it names one itself. */
function keepCountry(search: Search) {
  return (before: Search): Search => ({ ...(before.country ? { country: before.country } : {}), ...search });
}

/**
 * A link within the application. The pages are composed at run time from what the domains offer, so their paths are
 * texts, and `search` is the whole query except for the country, which is carried along.
 */
export function AppLink({
  to,
  search,
  ...rest
}: { to: string; search?: Search } & Omit<ComponentProps<"a">, "href" | "ref">) {
  return <Link {...rest} to={to as "/"} search={keepCountry(search ?? {}) as never} />;
}
