import { type ComponentType, useEffect, useState } from "react";
import { Skeleton } from "./Skeleton.tsx";

/**
 * A page that is loaded when it is first shown, with grey lines until then. React's own `lazy` keeps its stand-in for
 * three tenths of a second even when the page is there at once, so that many stand-ins do not flicker; of pages there is
 * one at a time.
 * @param load `() => import("./SomePage.tsx").then((m) => m.SomePage)`; tried again by the next visit when it fails
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<ComponentType<Props>> | undefined;

  return function Later(props: Props) {
    const [, setReady] = useState(Loaded !== undefined);
    const [failure, setFailure] = useState<{ error: unknown } | null>(null);
    useEffect(() => {
      if (Loaded) return;
      let shown = true;
      loading ??= load();
      loading.then(
        (component) => {
          Loaded = component;
          if (shown) setReady(true);
        },
        (error: unknown) => {
          loading = undefined;
          if (shown) setFailure({ error });
        },
      );
      return () => {
        shown = false;
      };
    }, []);
    if (failure) throw failure.error;
    return Loaded ? <Loaded {...props} /> : <Skeleton lines={8} />;
  };
}
