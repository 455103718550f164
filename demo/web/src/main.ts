import type { Connection, IceTransport } from 'floe';

import { CandidateTable } from './candidate_table.js';
import { DemoSession } from './demo_session.js';
import { EchoMeter } from './echo_meter.js';
import { echoRun } from './echo_run.js';
import { element, setText } from './elements.js';
import { formatMs, MessageLog } from './message_log.js';
import { gatewayUrls, pageOptions } from './page_options.js';
import { Sparkline } from './sparkline.js';
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
const table = new CandidateTable();
const spark = new Sparkline();
const log = new MessageLog();
let meter: EchoMeter | undefined;
let leastMs = Infinity;

window.floe = {};

function setConnected(connected: boolean): void {
  for (const id of ['say', 'say-button', 'thousand']) {
    element<HTMLInputElement>(id).disabled = !connected;
  }
}

function setBusy(busy: boolean): void {
  element<HTMLInputElement>('room').disabled = busy;
  const button = element('connect');
  button.textContent = busy ? 'Disconnect' : 'Connect';
  button.classList.toggle('primary', !busy);
}

function end(): void {
  meter?.stop();
  meter = undefined;
  window.floe.session = undefined;
  setConnected(false);
  setBusy(false);
}

function start(): void {
  const room = element<HTMLInputElement>('room').value;
  table.clear();
  spark.clear();
  leastMs = Infinity;
  setBusy(true);
  window.floe.session = new DemoSession(
    { ...gatewayUrls(url), room, token: options.token },
    {
      phase(phase, words) {
        status.show(phase, words);
        if (phase === 'closed') end();
      },
      transport: (transport) => (window.floe.transport = transport),
      connected: onConnected,
      failed(error) {
        status.showFailure(error);
        end();
      },
    },
  );
}

function onConnected(connection: Connection): void {
  window.floe.connection = connection;
  meter = new EchoMeter(connection);
  meter.onroundtrip = onRoundTrip;
  setConnected(true);
  if (options.datagrams > 0) void run(options.datagrams);
}

function onRoundTrip(ms: number): void {
  leastMs = Math.min(leastMs, ms);
  setText('rtt', formatMs(ms));
  element('rtt-unit').hidden = false;
  setText('rtt-least', `${formatMs(leastMs)} ms`);
  spark.add(ms);
}

async function run(count: number): Promise<void> {
  if (!meter) return;
  const button = element<HTMLButtonElement>('thousand');
  const bar = element<HTMLProgressElement>('run-bar');
  button.disabled = true;
  bar.max = count;
  element('run').hidden = false;
  const ms = await echoRun(meter, count, (echoed) => {
    document.body.dataset.echoed = String(echoed);
    bar.value = echoed;
    if (echoed % 50 === 0 || echoed === count) setText('run-text', `${echoed} of ${count}`);
  });
  setText('run-text', `${count.toLocaleString('en')} in ${formatMs(ms)} ms`);
  button.disabled = !meter;
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

async function refresh(): Promise<void> {
  const { transport, session } = window.floe;
  status.showPair(session && transport);
  if (transport) table.update(transport);
  if (!meter || !transport) return;
  const { sent, returned, lost, bytes } = meter.counters;
  setText('sent', sent.toLocaleString('en'));
  setText('returned', returned.toLocaleString('en'));
  setText('lost', lost.toLocaleString('en'));
  setText('bytes', formatBytes(bytes));
  const ofTunnel = await transport.gateway?.getStats();
  const minRoundTripTime = ofTunnel?.minRoundTripTime;
  if (minRoundTripTime !== undefined) {
    setText('rtt-gateway', `${formatMs(minRoundTripTime * 1000)} ms`);
  }
}

element('connect-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { session } = window.floe;
  if (!session) return start();
  session.close();
  status.show('closed', 'You disconnected.');
  end();
});

element('say-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = element<HTMLInputElement>('say');
  if (meter && input.value) void log.say(input.value, meter);
  input.value = '';
});

element('thousand').addEventListener('click', () => void run(1000));

element<HTMLInputElement>('room').value = options.room;
setInterval(() => void refresh(), refreshMs);
if (options.auto) start();
