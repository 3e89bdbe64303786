/**
 * Accounts of the land ledger (IMAS 07.11; the balance of an area as in double-entry book-keeping). Every square metre
 * of a hazardous area is in exactly one of them. Sources hold negative balances, all others positive ones.
 */
export const accounts = [
  "identified",
  "boundary-increase",
  "suspected",
  "confirmed",
  "cancelled",
  "reduced-without-asset",
  "reduced-with-asset",
  "cleared",
  "boundary-decrease",
  "administrative",
] as const;
export type Account = (typeof accounts)[number];

/** Where square metres are while they are a hazardous area. */
export const stockAccounts = ["suspected", "confirmed"] as const satisfies readonly Account[];
/** Where they come from. */
export const sourceAccounts = ["identified", "boundary-increase"] as const satisfies readonly Account[];
/** Where released land goes: cancelled + reduced + cleared. */
export const releaseAccounts = [
  "cancelled",
  "reduced-without-asset",
  "reduced-with-asset",
  "cleared",
] as const satisfies readonly Account[];

/** What a table of the ledger can be cut by. */
export const dimensions = [
  "province",
  "unit",
  "organisation",
  "contamination",
  "method",
  "landClass",
  "project",
] as const;
export type Dimension = (typeof dimensions)[number];

/** What an entry is about, beside account and amount. */
export interface EntryDimensions {
  province: string | null;
  unit: string | null;
  organisation: string | null;
  project: string | null;
  contamination: readonly string[];
  method: string | null;
  landClass: string | null;
  depthCentimetres: number | null;
}

/** One amount in one account of one area, before it is posted. */
export interface Posting extends EntryDimensions {
  area: string;
  account: Account;
  /** Whole square metres; negative where they leave the account. */
  squareMetres: number;
  /** The day from which it holds, ISO. */
  effectiveOn: string;
  /** The report whose facts it states. */
  about: string;
}

/** Square metres by account. */
export type Amounts = Readonly<Partial<Record<Account, number>>>;

/** Sums postings by account. */
export function amountsOf(postings: readonly Pick<Posting, "account" | "squareMetres">[]): Amounts {
  const sums: Partial<Record<Account, number>> = {};
  for (const { account, squareMetres } of postings) sums[account] = (sums[account] ?? 0) + squareMetres;
  return sums;
}

/** What is left over when all postings are added; zero when they balance. */
export function imbalance(postings: readonly Pick<Posting, "squareMetres">[]): number {
  return postings.reduce((sum, { squareMetres }) => sum + squareMetres, 0);
}

/** A period of the ledger as people read it. Every figure is positive where the word says what happened. */
export interface Movement {
  opening: number;
  identified: number;
  boundaryIncrease: number;
  boundaryDecrease: number;
  administrative: number;
  cancelled: number;
  reducedWithoutAsset: number;
  reducedWithAsset: number;
  cleared: number;
  closing: number;
  closingSuspected: number;
  closingConfirmed: number;
}

/**
 * The statement of a period from the balances of all accounts before and after it.
 * closing = opening + identified + boundary increase − boundary decrease − administrative − cancelled − reduced −
 * cleared, which holds because each balance sums to zero over all accounts.
 */
export function movementOf(before: Amounts, after: Amounts): Movement {
  const change = (account: Account) => (after[account] ?? 0) - (before[account] ?? 0);
  const stock = (amounts: Amounts) => stockAccounts.reduce((sum, account) => sum + (amounts[account] ?? 0), 0);
  return {
    opening: stock(before),
    identified: -change("identified") || 0,
    boundaryIncrease: -change("boundary-increase") || 0,
    boundaryDecrease: change("boundary-decrease"),
    administrative: change("administrative"),
    cancelled: change("cancelled"),
    reducedWithoutAsset: change("reduced-without-asset"),
    reducedWithAsset: change("reduced-with-asset"),
    cleared: change("cleared"),
    closing: stock(after),
    closingSuspected: after.suspected ?? 0,
    closingConfirmed: after.confirmed ?? 0,
  };
}

/** Cancelled, reduced and cleared land of a period together. */
export function releasedIn(movement: Movement): number {
  return movement.cancelled + movement.reducedWithoutAsset + movement.reducedWithAsset + movement.cleared;
}

/** What a statement is out by; zero unless a figure was changed outside the ledger. */
export function movementGap(m: Movement): number {
  return (
    m.opening + m.identified + m.boundaryIncrease - m.boundaryDecrease - m.administrative - releasedIn(m) - m.closing
  );
}
