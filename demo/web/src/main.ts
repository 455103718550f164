import { FloeError, type Connection, type IceTransport } from 'floe';

import { CandidateTable } from './candidate_table.js';
import { DemoSession, type DemoSessionEvents } from './demo_session.js';
import { EchoCard } from './echo_card.js';
import { element, setText } from './elements.js';
import { Invitation, newRoom } from './invitation.js';
import { LockView } from './lock_view.js';
import { gatewayUrls, pageOptions, rememberRoom } from './page_options.js';
import { PartsPanel } from './parts_panel.js';
import { RoundTrips } from './round_trips.js';
import { RunnerClient } from './runner_client.js';
import { ServerFields } from './server_fields.js';
import { StatusView } from './status_view.js';

declare global {
  interface Window {
    /** For the console and for tests. */
    floe: { transport?: IceTransport; connection?: Connection; session?: DemoSession };
  }
}

const refreshMs = 100;

const url = new URL(location.href);
const options = pageOptions(url);
const status = new StatusView();
const lock = new LockView();
const servers = new ServerFields();
const table = new CandidateTable();
const roundTrips = new RoundTrips();
const echoes = new EchoCard();
const invitation = new Invitation(url, options.token);
const room = element<HTMLInputElement>('room');

window.floe = {};

const events: DemoSessionEvents = {
  phase(phase, words) {
    status.show(phase, words);
    if (phase === 'closed') end();
  },
  transport: (transport) => (window.floe.transport = transport),
  candidateError: (event) => servers.showCandidateError(event),
  connected(connection) {
    window.floe.connection = connection;
    echoes.begin(connection);
    if (options.datagrams > 0) void echoes.run(options.datagrams);
  },
  reconnected: () => roundTrips.clear(),
  pathChanged: () => roundTrips.clear(),
  failed(error) {
    status.showFailure(error);
    if (error instanceof FloeError) servers.showFailure(error);
    end();
  },
};

function setBusy(busy: boolean): void {
  room.disabled = busy;
  element('apply').hidden = !busy;
  const button = element('connect');
  button.textContent = busy ? 'Disconnect' : 'Connect';
  button.classList.toggle('primary', !busy);
}

function end(): void {
  echoes.end();
  delete window.floe.session;
  delete window.floe.transport;
  table.clear();
  setBusy(false);
}

/** Says beside the field what is wrong with the room. */
function checkRoom(): boolean {
  const isRight = room.checkValidity();
  setText('room-error', isRight ? '' : 'A room has 1 to 64 of the characters A-Z a-z 0-9 . _ ~ -');
  room.setAttribute('aria-invalid', String(!isRight));
  if (!isRight) room.focus();
  return isRight;
}

/** Closes the connection and makes another. False, and nothing done: a field must be mended first. */
function start(): boolean {
  const iceServers = servers.read();
  if (!checkRoom() || !iceServers) return false;
  window.floe.session?.close();
  end();
  echoes.clear();
  roundTrips.clear();
  setBusy(true);
  rememberRoom(url, room.value);
  const { token } = options;
  window.floe.session = new DemoSession(
    { ...gatewayUrls(url), room: room.value, token, iceServers },
    events,
  );
  return true;
}

function refresh(): void {
  const { transport, session } = window.floe;
  const isUp = transport?.state === 'connected' || transport?.state === 'completed';
  const isDirect = session !== undefined && window.floe.connection?.path === 'direct';
  if (isDirect) status.showDirect();
  else status.showPair(isUp ? transport : undefined);
  lock.show(isUp ? transport : undefined);
  if (session && transport && transport.state !== 'closed') table.show(transport, isUp);
  else table.clear();
  echoes.refresh();
}

element('connect-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { session } = window.floe;
  const isInServers = document.activeElement?.closest('#servers') != null;
  if (!session || isInServers) {
    start();
    return;
  }
  session.close();
  status.show('closed', 'You disconnected.');
  end();
});
element('apply').addEventListener('click', start);
element('new-room').addEventListener('click', () => {
  const before = room.value;
  room.value = newRoom();
  if (!start()) room.value = before;
  invitation.show(room.value);
});
room.addEventListener('input', () => {
  if (room.checkValidity()) invitation.show(room.value);
});
echoes.onroundtrip = (ms, gateway) => void roundTrips.add(ms, gateway);

room.value = options.room;
invitation.show(room.value);
const runner = RunnerClient.of(options.control);
if (runner) new PartsPanel(runner);
setInterval(refresh, refreshMs);
if (options.auto) start();
