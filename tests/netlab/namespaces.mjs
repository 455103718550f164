// Network namespaces that are named after this process, and go when it goes.
//
// A name has the process id and start time of its owner, since another process may get the same id
// later. The name shows what a killed process left behind (namespaces, programs in them, files); the
// next process removes it at its start. Needs root.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const kPrefix = 'floe-lab';
const kFolder = '/var/run/netns';
const kStartTime = 19; // of the words of /proc/PID/stat after the name, which may contain anything
const kOwned = new RegExp(`^${kPrefix}-(\\d+)\\.(\\d+)(-|$)`);

const ip = (args, input) =>
  execFileSync('ip', args, { input, stdio: ['pipe', 'pipe', 'pipe'] }).toString();

function startTime(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[kStartTime];
  } catch {
    return null; // there is no such process
  }
}

function entries(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return []; // there never was a namespace
  }
}

function isLeftOver(name) {
  const owner = kOwned.exec(name);
  return owner !== null && startTime(owner[1]) !== owner[2];
}

/// With all that runs inside.
function remove(name) {
  for (const pid of ip(['netns', 'pids', name]).split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // it ended by itself
    }
  }
  ip(['netns', 'delete', name]);
}

/// What belongs to processes that are gone: names of namespaces and of folders.
export function leftOvers() {
  return {
    namespaces: entries(kFolder).filter(isLeftOver),
    folders: entries(tmpdir())
      .filter(isLeftOver)
      .map((name) => path.join(tmpdir(), name)),
  };
}

export function sweep() {
  const { namespaces, folders } = leftOvers();
  namespaces.forEach(remove);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

export class Namespaces {
  #owner = `${kPrefix}-${process.pid}.${startTime(process.pid)}`;
  #names = new Set();

  /// A folder for files of whatever runs inside; goes with the namespaces.
  get folder() {
    const folder = path.join(tmpdir(), this.#owner);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  full(name) {
    return `${this.#owner}-${name}`;
  }

  has(name) {
    return this.#names.has(name);
  }

  get names() {
    return [...this.#names];
  }

  add(name) {
    ip(['netns', 'add', this.full(name)]);
    this.#names.add(name);
    // A router looks up no neighbour until its own link-local address is known to be unique. That takes
    // seconds, and it drops all packets that it should forward meanwhile.
    this.run(name, [
      'sysctl',
      '-qw',
      'net.ipv6.conf.all.accept_dad=0',
      'net.ipv6.conf.default.accept_dad=0',
    ]);
    this.ip(name, 'link set lo up');
  }

  /// Commands of ip(8), all inside.
  ip(name, ...lines) {
    return ip(['-n', this.full(name), '-batch', '-'], lines.map((line) => `${line}\n`).join(''));
  }

  /// Runs to its end inside, with `input` on its standard input.
  run(name, command, input = '') {
    const [program, ...args] = [...this.inside(name), ...command];
    return execFileSync(program, args, { input, stdio: ['pipe', 'pipe', 'pipe'] }).toString();
  }

  /// The words that run a command inside.
  inside(name) {
    if (!this.has(name)) throw new Error(`the lab has no machine "${name}"`);
    return ['nsenter', `--net=${path.join(kFolder, this.full(name))}`];
  }

  removeAll() {
    for (const name of this.#names) remove(this.full(name));
    this.#names.clear();
    rmSync(path.join(tmpdir(), this.#owner), { recursive: true, force: true });
  }
}
