// The section of data channels with a browser's RTCPeerConnection.
import { buildPackage } from '../../runner/build.mjs';
import { mostTimes } from './targets.mjs';
import { measureWebrtc } from './webrtc/measure.mjs';

/// 7 ms where two Chromium pages take 5.2.
const kOpening = mostTimes(1.35, 'Chromium');

const measured = (amount) => async () => {
  await buildPackage();
  return measureWebrtc(amount);
};

export const webrtc = (quick) => {
  const row = (name, unit, ours, chromium, target) => ({
    name,
    unit,
    ours: `webrtc.${ours}`,
    ...(chromium ? { beside: { Chromium: `webrtc.chromium_${chromium}` } } : {}),
    target,
  });
  const byGateway = 'by wasm and the gateway';
  return {
    id: 'webrtc',
    title: 'Data channels: a Chromium page and our agent, on one machine of the lab',
    note:
      'beside two Chromium pages. Open: from the last description to the open channel. MB/s: messages\n' +
      '  of 64 KiB there and back, so many each way at once. CPU of who sends them back: the agent; the\n' +
      '  gateway and the browser with the wasm agent; a browser',
    needsRoot: true,
    rounds: quick ? 1 : 5,
    runs: { webrtc: measured({ meetings: quick ? 5 : 20, seconds: quick ? 2 : 5 }) },
    rows: [
      row('open, the page offers', 'ms', 'native_open_ms', 'open_ms', kOpening),
      row('open, our agent offers', 'ms', 'native_offering_ms', 'open_ms', kOpening),
      row(`open, ${byGateway}, the page offers`, 'ms', 'wasm_open_ms', 'open_ms'),
      row(`open, ${byGateway}, it offers`, 'ms', 'wasm_offering_ms', 'open_ms'),
      row('there and back', 'MB/s', 'native_mb_per_s', 'mb_per_s'),
      row(`there and back, ${byGateway}`, 'MB/s', 'wasm_mb_per_s', 'mb_per_s'),
      row('CPU for a GB', 's', 'native_cpu_s_per_gb', 'cpu_s_per_gb'),
      row(`CPU for a GB, ${byGateway}`, 's', 'wasm_cpu_s_per_gb', 'cpu_s_per_gb'),
      row('resident memory of floe agent', 'bytes', 'native_resident_bytes'),
      row('of this a channel, of 200 more', 'bytes', 'native_channel_bytes'),
    ],
  };
};
