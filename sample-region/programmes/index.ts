import { khm } from "./khm.ts";
import { lao } from "./lao.ts";
import { mmr } from "./mmr.ts";
import { phl } from "./phl.ts";
import type { Programme } from "./programme.ts";
import { tha } from "./tha.ts";
import { vnm } from "./vnm.ts";

/** The national programmes of the sample region, in the order in which they are generated. */
export const programmes: readonly Programme[] = [khm, lao, vnm, tha, mmr, phl];
