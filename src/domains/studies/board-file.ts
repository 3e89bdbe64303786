import type { Language } from "../../platform/contract/fields.ts";
import type { WriteField, WriteRow } from "../../platform/files/write.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import type { Reference } from "../../platform/records/references.ts";
import type { BoardRow } from "./contract-board.ts";

/** The columns of the board as a file, in order. Codes stand beside their words, so that files of two languages meet. */
export const boardColumns: readonly WriteField[] = [
  { name: "country" },
  { name: "study" },
  { name: "programme" },
  { name: "code" },
  { name: "recommendation" },
  { name: "outcome" },
  { name: "outcome_words" },
  { name: "state" },
  { name: "addressee" },
  { name: "term" },
  { name: "priority" },
  { name: "cost", kind: "number" },
  { name: "currency" },
  { name: "decided_on" },
  { name: "action" },
  { name: "owner" },
  { name: "due_on" },
  { name: "action_status" },
  { name: "done_on" },
  { name: "linked_to" },
  { name: "proof" },
];

/** A line for each action, and one for each recommendation without any. */
export function* boardLines(
  rows: readonly BoardRow[],
  names: Readonly<Record<string, Reference>>,
  { t }: Translator,
  language: Language,
): Generator<WriteRow> {
  const called = (id: string | null) => {
    const known = id === null ? undefined : names[id];
    return known ? (known.names[language] ?? known.names.en ?? known.code) : null;
  };
  for (const row of rows) {
    const of = {
      country: row.country,
      study: row.studyCode,
      programme: row.programme,
      code: row.code,
      recommendation: row.wording,
      outcome: row.outcome,
      outcome_words: t(`code.recommendation-outcome.${row.outcome}`),
      state: row.state,
      addressee: called(row.addressee) ?? (row.sector ? t(`code.study-sector.${row.sector}`) : null),
      term: row.term,
      priority: row.priority,
      cost: row.cost,
      currency: row.currency,
      decided_on: row.decidedOn,
    };
    const none = {
      action: null,
      owner: null,
      due_on: null,
      action_status: null,
      done_on: null,
      linked_to: null,
      proof: null,
    };
    if (row.actions.length === 0) yield { fields: { ...of, ...none } };
    for (const action of row.actions)
      yield {
        fields: {
          ...of,
          action: action.description,
          owner: called(action.owner) ?? action.ownerAsWritten,
          due_on: action.dueOn,
          action_status: action.status,
          done_on: action.doneOn,
          linked_to: action.linkedTitle,
          proof: action.proof,
        },
      };
  }
}
