// A device in Node with sockets of its own: connects in a room, says by which candidate, and sends
// every datagram back. The one argument is the options of connect(), as JSON.
import { connect } from '../../js/dist/node.js';

const connection = await connect({ name: 'device', ...JSON.parse(process.argv[2]) });
connection.addEventListener('datagram', ({ data }) => connection.send(data));
const { type, relayProtocol } = connection.transport.getSelectedCandidatePair().local;
console.log(JSON.stringify({ event: 'connected', type, relayProtocol }));
await connection.closed;
