import type { Text } from "../../i18n/I18nProvider.tsx";

/**
 * What an event is called: the words of whoever records it, else for a record its type and what was done, else the type
 * as it stands.
 */
export function eventTitle(text: Text, type: string): string {
  const keys = [`event.${type}`, `administration.event.${type}`];
  if (keys.some(text.has)) return text.first(keys.filter(text.has));
  const at = type.lastIndexOf(".");
  const record = `record.${type.slice(0, at)}`;
  const action = `ui.history.action.${type.slice(at + 1)}`;
  if (!text.has(record) || !text.has(action)) return type;
  return text.t("audit.record-event", { record: text.t(record), action: text.t(action) });
}
