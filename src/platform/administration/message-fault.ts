import { IntlMessageFormat } from "intl-messageformat";

/** What a message does with an argument: writes it, counts with it, dates it, or chooses by it. */
type Use = "plain" | "number" | "date" | "choice";

/** Why a message cannot take the place of another: a code below `problem.translations.` and the arguments concerned. */
export interface MessageFault {
  code: "not-icu" | "argument-missing" | "argument-unknown" | "argument-kind";
  arguments: readonly string[];
}

type Ast = ReturnType<IntlMessageFormat["getAst"]>;

const parse = (message: string): Ast => new IntlMessageFormat(message, "en", undefined, { ignoreTag: true }).getAst();

/** Element types of a parsed message, as the parser numbers them. */
const uses: Readonly<Record<number, Use>> = { 1: "plain", 2: "number", 3: "date", 4: "date", 5: "choice", 6: "number" };

function collect(elements: Ast, found: Map<string, Set<Use>>): Map<string, Set<Use>> {
  for (const element of elements) {
    const use = uses[element.type];
    if (use && "value" in element) found.set(element.value, (found.get(element.value) ?? new Set()).add(use));
    if ("options" in element) for (const option of Object.values(element.options)) collect(option.value, found);
  }
  return found;
}

/**
 * The arguments of an ICU message and what it does with each.
 * @throws SyntaxError when it is not one
 */
export function messageArguments(message: string): ReadonlyMap<string, ReadonlySet<Use>> {
  return collect(parse(message), new Map());
}

/** A message as a page takes it: plain text as it stands, anything else parsed. */
export function parsedMessage(message: string): string | Ast {
  return /[{']/.test(message) ? parse(message) : message;
}

/**
 * Tells why a message cannot be filled with what fills the English one, or null when it can: it must be an ICU message,
 * name the same arguments, and use each as English does or plainly.
 */
export function messageFault(english: string, message: string): MessageFault | null {
  let own: ReadonlyMap<string, ReadonlySet<Use>>;
  try {
    own = messageArguments(message);
  } catch {
    return { code: "not-icu", arguments: [] };
  }
  const wanted = messageArguments(english);
  const names = (code: MessageFault["code"], list: string[]) => (list.length > 0 ? { code, arguments: list } : null);
  return (
    names(
      "argument-unknown",
      [...own.keys()].filter((name) => !wanted.has(name)),
    ) ??
    names(
      "argument-missing",
      [...wanted.keys()].filter((name) => !own.has(name)),
    ) ??
    names(
      "argument-kind",
      [...own]
        .filter(([name, how]) => [...how].some((use) => use !== "plain" && !wanted.get(name)?.has(use)))
        .map(([name]) => name),
    )
  );
}
