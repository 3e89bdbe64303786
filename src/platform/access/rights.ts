import type { Rights } from "./model.ts";

/** The rights of this area. Over whom an administrator has them is decided by the policy. */
export const rights = { "access.administer": "administrators" } as const satisfies Rights;
