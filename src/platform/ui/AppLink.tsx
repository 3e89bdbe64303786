import type { ComponentProps } from "react";
import { Link } from "wouter";
import { addressOf, keepCountry, type Search, useAddress, usePath } from "./address.ts";

export type { Search } from "./address.ts";

/**
 * A link within the application. `search` is the whole query except for the country, which is carried along.
 */
export function AppLink({
  to,
  search,
  ...rest
}: { to: string; search?: Search } & Omit<ComponentProps<"a">, "href" | "ref">) {
  const [before] = useAddress();
  const path = usePath();
  const href = addressOf(to, keepCountry(before, search ?? {}));
  // As browsers do it: a link to the page one is on leaves no second step to go back.
  return <Link {...rest} href={href} replace={href === addressOf(path, before)} />;
}
