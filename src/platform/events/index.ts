export { type EventInput, recordEvent, recordRevisions, type RevisionInput } from "./log.ts";
export { type ChainProblem, type ChainReport, verifyChain } from "./verify.ts";
export { sealEvents, startSealer } from "./seal.ts";
