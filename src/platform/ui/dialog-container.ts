import { createContext } from "react";

/**
 * The open dialog or menu around a component. A modal `<dialog>` stands in the browser's top layer, and a press outside
 * a menu closes it, so lists that pop up inside either must be children of it, not of the body.
 */
export const DialogContainer = createContext<HTMLElement | null>(null);
