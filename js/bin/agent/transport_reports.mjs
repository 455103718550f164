import { securityCodes } from '../../dist/tools.js';

/** Whether the peer is not who it should be, or does not encrypt. */
export function isInsecure(error) {
  return securityCodes.includes(error?.code);
}

export function warnOfPlaintext({ security }) {
  if (security.encryption === 'dtls') return;
  process.stderr.write(
    'floe agent: --dtls off: everybody on the path can read and change what is sent\n',
  );
}

/** Reports what happens to `transport`, in the order in which it happens. */
export function reportTransport(transport, output, { echo }) {
  transport.addEventListener('statechange', () => {
    const { error } = transport;
    if (isInsecure(error)) output.error(error.code, error.message);
    output.event('state', { state: transport.state });
  });
  transport.addEventListener('gatheringstatechange', () => {
    output.event('gathering', { state: transport.gatheringState });
  });
  transport.addEventListener('icecandidateerror', (error) => {
    const { url, errorCode, errorText, address, port } = error;
    const base = address === null ? {} : { address, port };
    output.event('candidate-error', { url, errorCode, errorText, ...base });
  });
  transport.addEventListener('selectedcandidatepairchange', ({ component }) => {
    const { local, remote } = transport.getSelectedCandidatePair(component);
    const members = { component, local: candidateMembers(local), remote: candidateMembers(remote) };
    output.event('selected-pair', members);
  });
  transport.addEventListener('secure', () => output.event('secure', transport.security));
  transport.addEventListener('datagram', ({ data, component }) => {
    if (echo) transport.send(data, component);
    else output.event('data', { component, base64: Buffer.from(data.buffer).toString('base64') });
  });
}

function candidateMembers({
  candidate,
  type,
  address,
  port,
  protocol,
  relatedAddress,
  relatedPort,
  relayProtocol,
}) {
  const related = relatedAddress === null ? {} : { relatedAddress, relatedPort };
  const relay = relayProtocol === null ? {} : { relayProtocol };
  return { candidate, type, address, port, protocol, ...related, ...relay };
}
