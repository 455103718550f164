// A data channel between our agent and GStreamer's webrtcbin (libnice, OpenSSL, usrsctp), in both
// roles, over loopback.
import { SdpAgent } from '../runner/sdp_agent.mjs';
import { binary, inTree } from '../runner/tree.mjs';

const kLabel = 'doors';
const kGreeting = 'hello';
const kTimes = 10;
const kSeconds = 10;
const kPython = '/usr/bin/python3'; // the distribution's, which has its GStreamer

const ours = (role, ...more) =>
  new SdpAgent([
    ...[binary('floe'), 'agent', '--signal', 'sdp', '--bind', '127.0.0.1', '--role', role],
    ...more,
  ]);

const theirs = (role) => new SdpAgent([kPython, inTree('tests/interop/webrtcbin_end.py'), role]);

const isMessage = ({ event }) => event === 'message';

/// It opens the channel and says hello; our agent sends that back.
async function webrtcbinOffers(agent, other) {
  agent.hear(await other.description());
  other.hear(await agent.description());
  return (await other.line(isMessage, kSeconds, 'get a message')).text;
}

/// Our agent opens the channel and says hello; it sends that back.
async function webrtcbinAnswers(agent, other) {
  agent.order('open-channel', { label: kLabel });
  other.hear(await agent.description());
  agent.hear(await other.description());
  const { channel } = await agent.line(({ event }) => event === 'channel', kSeconds, 'open it');
  agent.order('send', { channel, text: kGreeting });
  return (await agent.line(isMessage, kSeconds, 'get a message')).text;
}

const kRoles = [
  { theirs: 'offer', ours: ['controlled', '--echo'], meet: webrtcbinOffers },
  { theirs: 'answer', ours: ['controlling'], meet: webrtcbinAnswers },
];

async function once({ theirs: role, ours: options, meet }) {
  const other = theirs(role);
  const agent = ours(...options);
  try {
    const text = await meet(agent, other);
    return text === kGreeting ? '' : `"${text}" came back`;
  } catch (error) {
    return [error.message, ...agent.errors, ...other.errors].join('; ');
  } finally {
    await Promise.all([agent.stop('SIGKILL'), other.stop('SIGKILL')]);
  }
}

/// Results for tests/run.
export async function webrtcbinMeets() {
  const results = [];
  for (const role of kRoles) {
    const problems = [];
    for (let time = 0; time < kTimes; ++time) problems.push(await once(role));
    const failed = problems.filter(Boolean).length;
    const name = `a data channel with GStreamer's webrtcbin, which has to ${role.theirs}`;
    console.log(`${name}: ${kTimes - failed} of ${kTimes}`);
    results.push({ name, passed: kTimes - failed, failed, why: problems.find(Boolean) });
  }
  return results;
}
