// The rules of the tree that no compiler checks: who includes whom, how long files are, what must
// not be in them.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../runner/tree.mjs';
import { pitfallProblems } from './pitfalls.mjs';
import { readmeProblems } from './readme.mjs';

// Each room may include itself and the rooms named; "floe/<room>/…" says what a header belongs to.
const kMayInclude = {
  types: [],
  api: ['types'],
  crypto: ['api', 'types'],
  sim: ['api', 'types', 'crypto'],
  wire: ['types'],
  stun: ['wire', 'api', 'types'],
  nat: ['stun', 'api', 'types'],
  turn: ['stun', 'wire', 'api', 'types'],
  turn_server: ['turn', 'stun', 'wire', 'api', 'types'],
  ice: ['turn', 'stun', 'wire', 'api', 'types'],
  json: ['types'],
  signal: ['json', 'ice', 'api', 'types'],
  sdp: ['signal', 'ice', 'types'],
  tunnel: ['wire', 'api', 'types', 'stun'],
  peer: ['signal', 'ice', 'api', 'types'],
  driver: ['peer', 'signal', 'ice', 'turn', 'api', 'types'],
};
// RFC rooms see of the host only what cannot do I/O.
const kApiForProtocols = ['random', 'crypto', 'log'];
const kProtocolRooms = ['wire', 'stun', 'nat', 'turn', 'ice', 'turn_server'];

const kTopLevel = /^(\..*|CMakeLists\.txt|CMakePresets\.json|LICENSE|README\.md|cmake|core|platform|wasm|native|js|tests|demo)$/;
const kLinesMax = 400;
const kSources = /\.(cc|h|c|ts|mjs|js)$/;

const tracked = () =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
    .toString()
    .split('\n')
    .filter(Boolean);

function roomOf(file) {
  const [top, room] = file.split('/');
  return top === 'core' || top === 'platform' ? room : undefined;
}

function* includeProblems(file, text) {
  const room = roomOf(file);
  if (!room || !kMayInclude[room]) return;
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const at = `${file}:${index + 1}`;
    const own = /^#include "floe\/(\w+)\/(\w+)\.h"/.exec(line);
    if (own && own[1] !== room && !kMayInclude[room].includes(own[1])) {
      yield `${at}: ${room} must not include ${own[1]}`;
    }
    if (own?.[1] === 'api' && kProtocolRooms.includes(room) && !kApiForProtocols.includes(own[2])) {
      yield `${at}: a protocol room does no I/O, so it must not see floe/api/${own[2]}.h`;
    }
    if (/^#include <(sys\/|unistd|netinet|arpa|emscripten|libwebsockets|thread|mutex|iostream)/.test(line)) {
      yield `${at}: core and platform are for every host`;
    }
    if (/^#\s*if.*(__EMSCRIPTEN__|__linux__|_WIN32|__APPLE__)/.test(line)) {
      yield `${at}: no #if for a host`;
    }
  }
}

function* contentProblems(file, text) {
  const lines = text.split('\n').length - 1;
  if (lines > kLinesMax) yield `${file}: ${lines} lines, more than ${kLinesMax}: is a noun missing?`;
  if (/\b(TODO|FIXME|XXX)\b/.test(text) && !file.endsWith('structure.mjs')) {
    yield `${file}: an unfinished mark`;
  }
  if (file.endsWith('.h') && !file.endsWith('.inc') && !text.includes('#pragma once') && !/#ifndef/.test(text)) {
    yield `${file}: a header without a guard`;
  }
  if (/^(core|platform)\/.*\.(cc|h)$/.test(file) && /\b(sleep_for|usleep|system_clock|steady_clock|_distribution)\b/.test(text)) {
    yield `${file}: core and platform have no clock and no library distributions`;
  }
}

function* listingProblems(files) {
  const lists = files
    .filter((file) => /^tests\/.*CMakeLists\.txt$/.test(file))
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n');
  for (const file of files) {
    if (!/^tests\/(unit|sim|native|fuzz)\/.*\.cc$/.test(file)) continue;
    if (!lists.includes(path.basename(file))) yield `${file}: no CMakeLists.txt under tests/ names it`;
  }
}

function* problems() {
  const files = tracked();
  for (const top of new Set(files.map((file) => file.split('/')[0]))) {
    if (!kTopLevel.test(top)) yield `${top}: not a name of the top level`;
  }
  for (const file of files.filter((name) => kSources.test(name))) {
    const text = readFileSync(path.join(root, file), 'utf8');
    yield* includeProblems(file, text);
    yield* contentProblems(file, text);
  }
  yield* listingProblems(files);
  yield* pitfallProblems();
  yield* readmeProblems();
}

export function checkStructure() {
  const found = [...problems()];
  for (const problem of found) console.log(problem);
  return [
    found.length === 0
      ? { name: 'structure', passed: 1 }
      : { name: 'structure', failed: found.length, why: found[0] },
  ];
}

/// Formatting is clang-format's; it says so for every file that it would write differently.
export function checkFormat() {
  const files = tracked().filter((file) => /\.(cc|h)$/.test(file));
  const name = existsSync('/usr/bin/clang-format-14') ? 'clang-format-14' : 'clang-format';
  try {
    execFileSync(name, ['--dry-run', '--Werror', ...files], { cwd: root, stdio: 'pipe' });
    return [{ name: 'format', passed: 1 }];
  } catch (error) {
    const said = String(error.stderr ?? error.message).trim().split('\n');
    console.log(said.slice(0, 20).join('\n'));
    return [{ name: 'format', failed: 1, why: `${said[0]}; see clang-format -i` }];
  }
}
