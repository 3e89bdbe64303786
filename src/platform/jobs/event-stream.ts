/**
 * An answer of server-sent events: the value now, then again at every change, until it is final or the client leaves.
 * A comment every 20 seconds keeps proxies from closing a quiet line.
 * @param name of the events
 * @param read gives the current value
 * @param subscribe calls back at every change; returns how to stop
 * @param isFinal whether nothing more will come
 */
export function eventStream<T>(
  name: string,
  read: () => Promise<T>,
  subscribe: (changed: () => void) => () => void,
  isFinal: (value: T) => boolean,
  signal: AbortSignal,
): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let sending: Promise<void> = Promise.resolve();
      let pending = false;
      let closed = false;
      const close = () => {
        if (closed) return;
        closed = true;
        stop();
        try {
          controller.close();
        } catch {
          // The client was faster.
        }
      };
      const send = async () => {
        pending = false;
        if (closed) return;
        try {
          const value = await read();
          controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`));
          if (isFinal(value)) close();
        } catch {
          close();
        }
      };
      const changed = () => {
        if (pending || closed) return;
        pending = true;
        sending = sending.then(send);
      };
      const unsubscribe = subscribe(changed);
      const beat = setInterval(() => {
        if (!closed) controller.enqueue(encoder.encode(": still here\n\n"));
      }, 20_000);
      stop = () => {
        unsubscribe();
        clearInterval(beat);
        signal.removeEventListener("abort", close);
      };
      signal.addEventListener("abort", close);
      changed();
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
