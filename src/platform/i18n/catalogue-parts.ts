/**
 * The parts in which a browser gets the words of a language, in the order in which it may need them: with the first
 * page; with a list of records or the map; with every other page. A new area's words come late by themselves.
 */
export const catalogueParts = ["first", "lists", "rest"] as const;
export type CataloguePart = (typeof catalogueParts)[number];

/** The frame, the common words, the names of records and pages, the overview and signing in. */
const atFirst =
  /^(app|records?|role|sensitivity|ui|unit|work)\.|^problem\.(access|common|field)\.|^imports\.new$|^field\.country$|\.headline\.|^[\w.-]+\.title$|^access\.(account|accounts|code|email|grant|oidc|own-account|passkey|password|sample-accounts|sign-in|sign-out)(\.|$)/;

const withLists = /^(check|check-title|code|field|problem)\./;

/** The part in which a message travels. */
export function partOf(key: string): CataloguePart {
  if (atFirst.test(key)) return "first";
  return withLists.test(key) ? "lists" : "rest";
}
