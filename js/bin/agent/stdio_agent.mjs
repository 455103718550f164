import { IceTransport, Negotiation } from '../../dist/node.js';
import { readLines } from './input_lines.mjs';
import { linkOptions } from './link_options.mjs';
import { Orders } from './orders.mjs';
import { isInsecure, reportTransport, warnOfPlaintext } from './transport_reports.mjs';

/** Runs until it is closed; the peer's messages are lines. Resolves with the exit status. */
export async function startOverStdio(options, output, input) {
  const { gateway, token, role, components, pacing, ta, bind, trickle } = options;
  const { lite, nomination } = options;
  const transport = new IceTransport({
    ...linkOptions(options),
    ...{ gateway, token, role, components, pacing, ta, lite, nomination, addresses: bind },
  });
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  let closed = false;
  const close = (reason, status = 0) => {
    if (closed) return;
    closed = true;
    if (transport.state === 'closed') return end(reason, status);
    negotiation.bye(reason === 'eof' ? 'end of input' : 'closed');
    // The bye comes back as a message to print, and the statistics after it.
    void transport.getStats().finally(() => end(reason, status));
  };
  const end = (reason, status) => {
    transport.stop();
    output.closed(reason);
    finish(status);
  };

  const negotiation = new Negotiation(transport, { trickle, ...options.security });
  negotiation.onmessage = ({ message }) => output.message(message);
  negotiation.onerror = ({ error }) => output.error('bad-message', error.message);
  negotiation.onskipped = ({ candidate, reason }) => output.event('skipped', { candidate, reason });
  let peerSaidBye = false;
  negotiation.onbye = () => (peerSaidBye = true); // the state `closed` follows
  warnOfPlaintext(options);
  reportTransport(transport, output, options);
  transport.addEventListener('statechange', () => {
    if (transport.state !== 'closed' || closed) return;
    const { error } = transport;
    if (error) process.stderr.write(`floe agent: ${error.message}\n`);
    if (isInsecure(error)) return close('insecure', 1);
    close(peerSaidBye ? 'remote' : 'local', error ? 1 : 0);
  });
  gather(transport, options);

  const orders = new Orders(transport, output, close);
  void readLines(
    input,
    (line) => takeLine(line, { negotiation, orders, output }),
    tooLong(output),
  ).then(
    () => close('eof'),
    () => close('eof'),
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => close('local'));
  return finished;
}

function gather(transport, { iceServers, gatherPolicy, family, portRange }) {
  transport.gather({ iceServers, gatherPolicy, family, portRange }).catch(() => {}); // statechange reports it
}

function tooLong(output) {
  return (max) => output.error('too-big', `a line has at most ${max} bytes`);
}

function takeLine(line, { negotiation, orders, output }) {
  let object;
  try {
    object = JSON.parse(line);
  } catch {
    return output.error('bad-message', 'text is not one JSON value');
  }
  const isReport = object?.event !== undefined && object.type === undefined; // of another agent
  if (object?.command !== undefined) orders.carryOut(object);
  else if (!isReport) negotiation.receive(line);
}
