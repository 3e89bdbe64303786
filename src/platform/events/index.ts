export { type EventInput, type RevisionInput, recordEvent, recordRevisions } from "./log.ts";
export { sealEvents, startSealer } from "./seal.ts";
export { type ChainProblem, type ChainReport, verifyChain } from "./verify.ts";
