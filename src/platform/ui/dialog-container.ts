import { createContext } from "react";

/**
 * The open dialog around a component. A modal `<dialog>` stands in the browser's top layer, so lists that pop up
 * inside it must be children of it, not of the body.
 */
export const DialogContainer = createContext<HTMLElement | null>(null);
