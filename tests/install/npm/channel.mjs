import { connect } from 'floe';
import { DataChannels } from 'floe/channels';

const signaling = process.argv[2] ?? 'ws://127.0.0.1:8080/signal';
const channels = new DataChannels();
const device = await connect({ signaling, room: 'demo', seeks: 'echo', channels });
const doors = channels.createDataChannel('doors');
doors.onopen = () => doors.send('open sesame');
doors.onmessage = ({ data }) => {
  console.log(data);
  device.close();
};
