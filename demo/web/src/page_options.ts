/** The options in the page's URL. */
export interface PageOptions {
  room: string;
  /** Connect without a click. */
  auto: boolean;
  /** The number of datagrams to echo once connected. */
  datagrams: number;
  /** From the fragment of the URL, which no server and no log sees. */
  token: string;
  /** PORT.TOKEN of the program that started the demo, also from the fragment. */
  control: string;
}

const datagramsMax = 1_000_000;

export function pageOptions(url: URL): PageOptions {
  const query = url.searchParams;
  const fragment = new URLSearchParams(url.hash.slice(1));
  const token = fragment.get('token') ?? '';
  const datagrams = Number.parseInt(query.get('datagrams') ?? '0', 10) || 0;
  return {
    room: query.get('room') ?? 'demo',
    auto: query.has('auto') || token !== '',
    datagrams: Math.min(Math.max(datagrams, 0), datagramsMax),
    token,
    control: fragment.get('control') ?? '',
  };
}

/** The gateway that this page came from. */
export function gatewayUrls(url: URL): { tunnel: string; signal: string } {
  const base = `${url.protocol === 'https:' ? 'wss:' : 'ws:'}//${url.host}`;
  return { tunnel: `${base}/tunnel`, signal: `${base}/signal` };
}

/** The page's URL for another tab or device, which connects at once. */
export function shareUrl(url: URL, room: string, token: string): string {
  const shared = new URL(url.pathname, url.origin);
  shared.search = `?auto&room=${encodeURIComponent(room)}`;
  if (token) shared.hash = new URLSearchParams({ token }).toString();
  return shared.href;
}

/** Shows the room in the address bar, so that the page stays in it when it is loaded again. */
export function rememberRoom(url: URL, room: string): void {
  const next = new URL(url);
  next.searchParams.set('room', room);
  history.replaceState(null, '', next.href.replace(/([?&]auto)=(?=&|#|$)/, '$1'));
}
