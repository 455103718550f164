// What an operator sees of a configuration: checks, places of mistakes, help.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../runner/shell.mjs';
import { binary } from '../runner/tree.mjs';
import { inFolder, kPlain, kSecret } from './operated.mjs';

const gateway = (args, env) => run([binary('floe-gateway'), ...args], { env, seconds: 20 });

async function checks() {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'gateway.toml');
    writeFileSync(file, kPlain);
    const sound = await gateway(['--config', file, '--check-config'], {
      FLOE_GATEWAY_SECRET: kSecret,
      FLOE_GATEWAY_SOCKETS_MAX: '77',
    });
    assert.equal(sound.code, 0, sound.output);
    assert.ok(!sound.output.includes(kSecret));
    assert.match(sound.output, /^sockets-max = 77 {2}# FLOE_GATEWAY_SOCKETS_MAX$/m);
    assert.match(sound.output, /^drain-timeout = 20 {2}# .*gateway\.toml:6$/m);
    writeFileSync(file, 'insecure-dev = true\n\nsesions-max = 1\n');
    for (const args of [['--check-config'], []]) {
      const broken = await gateway(['--config', file, ...args]);
      assert.equal(broken.code, 2);
      assert.match(broken.output, /gateway\.toml:3: there is no option sesions-max/);
    }
  });
}

async function helps() {
  const short = await gateway(['--help']);
  const lines = short.output.trimEnd().split('\n');
  assert.equal(short.code, 0);
  assert.ok(lines.length >= 24 && lines.length <= 55, `${lines.length} lines`);
  assert.ok(Math.max(...lines.map((line) => line.length)) <= 100);
  const all = await gateway(['--help-all']);
  assert.ok(all.output.split('\n').length > lines.length);
  return `${lines.length} lines`;
}

export const configuration = [
  ['--check-config says what is in effect, or where the mistake is', checks],
  ['the help fits a screen', helps],
];
