import { useLayoutEffect, useRef } from "react";

/** How long a page that is gone back to may take until it is as long as it was, in milliseconds. */
const patience = 2000;

/**
 * A new page starts at its top. Going back or forward leads to where one was: the page may still be loading then, so
 * it is tried at every frame until it is long enough, the reader scrolls, or the patience ends.
 * @param path of the page that is shown; a change of the search alone moves nothing
 */
export function usePageScroll(path: string): void {
  const shown = useRef(path);
  const travelled = useRef(false);

  useLayoutEffect(() => {
    const positions = new Map<string, number>();
    let frame = 0;
    const stop = () => {
      cancelAnimationFrame(frame);
      frame = 0;
    };
    const keep = () => {
      if (frame === 0) positions.set(window.location.href, window.scrollY);
    };
    const goBack = () => {
      travelled.current = true;
      const wanted = positions.get(window.location.href) ?? 0;
      const end = performance.now() + patience;
      const attempt = () => {
        travelled.current = false;
        window.scrollTo(0, wanted);
        if (Math.abs(window.scrollY - wanted) < 1 || performance.now() > end) {
          frame = 0;
          return;
        }
        frame = requestAnimationFrame(attempt);
      };
      stop();
      frame = requestAnimationFrame(attempt);
    };
    window.addEventListener("scroll", keep, { passive: true });
    window.addEventListener("popstate", goBack);
    window.addEventListener("wheel", stop, { passive: true });
    window.addEventListener("pointerdown", stop, { passive: true });
    window.addEventListener("keydown", stop);
    return () => {
      stop();
      window.removeEventListener("scroll", keep);
      window.removeEventListener("popstate", goBack);
      window.removeEventListener("wheel", stop);
      window.removeEventListener("pointerdown", stop);
      window.removeEventListener("keydown", stop);
    };
  }, []);

  useLayoutEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    if (!travelled.current) window.scrollTo(0, 0);
    travelled.current = false;
  }, [path]);
}
