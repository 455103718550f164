// `floe agent --signal sdp` and libnice's own SDP: each reads what the other prints, word by word.
import { spawn } from 'node:child_process';
import { binary } from '../runner/tree.mjs';
import { kLibniceSdp } from './libnice.mjs';

const kLimitMs = 10_000;
const kRepeatMs = 100; // libnice drops what arrives before it has chosen a pair

function start(command, args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {}); // its end says more than a broken pipe
  return child;
}

/// Resolves when `floe agent` has connected and a datagram has come back.
function echoed(floe) {
  let output = '';
  let sending;
  const outcome = new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${why}; floe printed\n${output}`));
    setTimeout(fail, kLimitMs, `not within ${kLimitMs / 1000} s`).unref();
    const send = () => floe.stdin.write('{"command":"send","base64":"aGVsbG8="}\n');
    floe.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (output.includes('"state":"connected"')) sending ??= setInterval(send, kRepeatMs);
      if (output.includes('"event":"error"')) fail('an error');
      if (output.includes('"base64":"aGVsbG8="')) resolve();
    });
    floe.on('close', () => fail('it ended'));
  });
  return outcome.finally(() => clearInterval(sending));
}

/// One result for each role of our agent.
export async function meetLibniceBySdp() {
  const result = { name: 'native, libnice: by SDP', passed: 0, failed: 0 };
  for (const [ours, theirs] of [
    ['controlling', 'controlled'],
    ['controlled', 'controlling'],
  ]) {
    const options = [
      'agent',
      '--signal',
      'sdp',
      '--bind',
      '127.0.0.1',
      '--role',
      ours,
      '--dtls',
      'off',
    ];
    const floe = start(binary('floe'), options);
    const libnice = start(kLibniceSdp, ['127.0.0.1', theirs]);
    floe.stdout.pipe(libnice.stdin);
    libnice.stdout.pipe(floe.stdin, { end: false });
    try {
      await echoed(floe);
      ++result.passed;
    } catch (error) {
      ++result.failed;
      result.why = `${ours}: ${error.message}`;
    } finally {
      floe.kill('SIGKILL');
      libnice.kill('SIGKILL');
    }
  }
  console.log(`${result.name}: ${result.passed} of 2 connected and echoed`);
  return result;
}
