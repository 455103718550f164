// Network namespaces joined by cables, with kernel NATs between them. Nothing in them has a way out.
//
//   s (198.51.100.2, .3) ── pub ── nat-a (198.51.100.11) ── a (10.1.0.2)
//                            └──── nat-b (198.51.100.12) ── b (10.2.0.2)
//
// Needs root. Everything is named after this process and goes when it ends, also when it is killed
// by a signal that can be caught; what a harder death left behind is removed by the next lab.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { natRules } from './nat_rules.mjs';

const kPrefix = 'floe-lab';

const ip = (...args) => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/// Labs whose process is gone.
function sweep() {
  let names = [];
  try {
    names = readdirSync('/var/run/netns');
  } catch {
    return; // there never was a namespace
  }
  for (const name of names) {
    const owner = new RegExp(`^${kPrefix}-(\\d+)-`).exec(name);
    if (owner && !isAlive(Number(owner[1]))) ip('netns', 'delete', name);
  }
}

export class Lab {
  #names = [];
  #children = new Set();
  #onSignal = () => {
    this.close();
    process.exit(1);
  };

  constructor() {
    sweep();
    process.on('exit', () => this.close());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, this.#onSignal);
    this.#add('pub');
    this.#ip('pub', 'link', 'add', 'bridge', 'type', 'bridge');
    this.#ip('pub', 'link', 'set', 'bridge', 'up');
    this.#add('s');
    this.#plug('s', 'eth0', ['198.51.100.2/24', '198.51.100.3/24']);
  }

  /// A home of the kind `nat` (see nat_rules.mjs); `number` from 1 to 9.
  addHome(name, number, nat) {
    const router = `nat-${name}`;
    this.#add(router);
    this.#plug(router, 'wan', [`198.51.100.${10 + number}/24`]);
    this.#add(name);
    this.#ip(router, 'link', 'add', 'lan', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', this.#full(name));
    this.#ip(router, 'address', 'add', `10.${number}.0.1/24`, 'dev', 'lan');
    this.#ip(router, 'link', 'set', 'lan', 'up');
    this.#ip(name, 'address', 'add', `10.${number}.0.2/24`, 'dev', 'eth0');
    this.#ip(name, 'link', 'set', 'eth0', 'up');
    this.#ip(name, 'route', 'add', 'default', 'via', `10.${number}.0.1`);
    execFileSync('ip', ['netns', 'exec', this.#full(router), 'sysctl', '-qw', 'net.ipv4.ip_forward=1']);
    execFileSync('ip', ['netns', 'exec', this.#full(router), 'nft', '-f', '-'], { input: natRules(nat) });
  }

  /// The words that run a command inside.
  inside(name) {
    return ['ip', 'netns', 'exec', this.#full(name)];
  }

  /// Runs until the lab is closed.
  start(name, command) {
    const child = spawn(this.inside(name)[0], [...this.inside(name).slice(1), ...command], { stdio: 'ignore' });
    this.#children.add(child);
    child.on('close', () => this.#children.delete(child));
    return child;
  }

  close() {
    for (const child of this.#children) child.kill('SIGKILL');
    for (const name of this.#names.splice(0)) ip('netns', 'delete', name);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, this.#onSignal);
  }

  #full(name) {
    return `${kPrefix}-${process.pid}-${name}`;
  }

  #ip(name, ...args) {
    return ip('-n', this.#full(name), ...args);
  }

  #add(name) {
    ip('netns', 'add', this.#full(name));
    this.#names.push(this.#full(name));
    this.#ip(name, 'link', 'set', 'lo', 'up');
  }

  /// A cable from `name` to the public segment.
  #plug(name, device, addresses) {
    this.#ip('pub', 'link', 'add', `to-${name}`, 'type', 'veth', 'peer', 'name', device, 'netns', this.#full(name));
    this.#ip('pub', 'link', 'set', `to-${name}`, 'master', 'bridge', 'up');
    for (const address of addresses) this.#ip(name, 'address', 'add', address, 'dev', device);
    this.#ip(name, 'link', 'set', device, 'up');
  }
}
