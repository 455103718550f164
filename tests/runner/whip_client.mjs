// WHIP (RFC 9725) by the fetch() of a page: an offer for an answer, a restart, the end.

/// Runs in the page. Resolves to what the answer says.
async function ask({ url, method, headers, body }) {
  const response = await fetch(url, { method, headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method}: ${response.status} ${text}`);
  return { text, location: response.headers.get('location') };
}

const linesOf = (sdp, names) =>
  sdp.split('\r\n').filter((line) => names.some((name) => line.startsWith(`a=${name}`)));

const kOfIce = ['ice-ufrag:', 'ice-pwd:', 'candidate:', 'end-of-candidates'];

/// What an offer with new credentials has for a fragment (RFC 8840).
function fragmentOf(offer) {
  const [medium] = offer.split('\r\n').filter((line) => line.startsWith('m='));
  const [mid] = linesOf(offer, ['mid:']);
  const lines = linesOf(offer, kOfIce);
  const isOfSession = (line) => line.startsWith('a=ice-');
  const [session, candidates] = [lines.filter(isOfSession), lines.filter((l) => !isOfSession(l))];
  return [...session, medium, mid, ...candidates, ''].join('\r\n');
}

/// The answer as it was, but with the credentials and candidates of a fragment.
function answerWith(answer, fragment) {
  const kept = answer
    .split('\r\n')
    .filter((line) => line !== '' && !kOfIce.some((name) => line.startsWith(`a=${name}`)));
  return [...kept, ...linesOf(fragment, kOfIce), ''].join('\r\n');
}

export class WhipClient {
  #page;
  #room;
  #headers;
  #session;
  #answer;

  /// `page` is of the site whose gateway has the room.
  constructor(page, room, token) {
    this.#page = page;
    this.#room = `/signal/${room}/whip?service=echo`;
    this.#headers = { authorization: `Bearer ${token}` };
  }

  /// Resolves to the answer.
  async offer(sdp) {
    const { text, location } = await this.#ask(this.#room, 'POST', 'application/sdp', sdp);
    this.#session = location;
    this.#answer = text;
    return text;
  }

  /// The offer of a restart. Resolves to the answer.
  async restart(sdp) {
    const type = 'application/trickle-ice-sdpfrag';
    const { text } = await this.#ask(this.#session, 'PATCH', type, fragmentOf(sdp), {
      'if-match': '*',
    });
    this.#answer = answerWith(this.#answer, text);
    return this.#answer;
  }

  leave = () => this.#ask(this.#session, 'DELETE');

  #ask(url, method, type, body, more = {}) {
    const headers = { ...this.#headers, ...(type ? { 'content-type': type } : {}), ...more };
    return this.#page.evaluate(ask, { url, method, headers, body });
  }
}
