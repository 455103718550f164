// One call of connect() that must fail. It runs in Node and in a page, so it uses only its arguments.

/// Resolves with {by, code, text, ms}: the first thing that is told within `limitMs`.
export function attempt(connect, { options, by, limitMs }) {
  const begun = performance.now();
  return new Promise((resolve) => {
    const ending = new AbortController();
    const tell = (way, code, text) => {
      resolve({ by: way, code, text, ms: Math.round(performance.now() - begun) });
      ending.abort();
    };
    const timer = setTimeout(() => tell('nothing', '', 'nothing was told'), limitMs);
    const watch = (transport) => {
      if (by !== 'candidate') return;
      transport.onicecandidateerror = ({ errorCode, errorText }) =>
        tell('candidate', errorCode, errorText);
    };
    const call = async () =>
      connect({
        ...options,
        signal: ending.signal,
        ontransport: watch,
        onwaiting: ({ code, reason }) => by === 'waiting' && tell('waiting', code, reason),
      });
    call().then(
      () => by !== 'candidate' && tell('connected', '', 'it connected'),
      (error) => {
        clearTimeout(timer);
        tell('error', error.code, `${error.message}`);
      },
    );
  });
}
