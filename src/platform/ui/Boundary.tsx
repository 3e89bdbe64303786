import { Component, type ReactNode } from "react";

/**
 * Stands in for what broke below it. React offers this to classes only. Give it the page's path as its key, so that
 * another page starts afresh.
 */
export class Boundary extends Component<
  { instead: (error: unknown) => ReactNode; children: ReactNode },
  { broken: { error: unknown } | null }
> {
  override state: { broken: { error: unknown } | null } = { broken: null };

  static getDerivedStateFromError(error: unknown) {
    return { broken: { error } };
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.instead(this.state.broken.error) : this.props.children;
  }
}
