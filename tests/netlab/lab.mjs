// Machines joined by cables, with routers of the kernel between them. No machine has a way out.
//
//   s (198.51.100.2, .3) ── pub ── nat-a (198.51.100.11) ─────────────────────────── a (10.1.0.2)
//   g (198.51.100.4) ────────┤
//   t (198.51.100.5, .6) ────┤
//                            └──── carrier (198.51.100.201) ── nat-b (100.64.1.12) ── b (10.2.0.2)
//
// The public segment is one Ethernet for IPv4, and routed by `pub` for IPv6: 2001:db8:99::/64 there,
// 2001:db8:N::/64 in home N.
//
// Needs root. The lab is removed when this process ends, also by a signal that can be caught. After a
// signal that cannot be caught, the next lab removes the rest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inTree } from '../runner/tree.mjs';
import { natRules } from './nat_rules.mjs';
import { Namespaces, sweep } from './namespaces.mjs';

const kSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const kPublicIpv6 = '2001:db8:99::';
const kFirstHome = 10; // the public addresses of homes follow
const kRenumbered = 90;
const kFirstCarrier = 200;

const has = (families, family) => families.includes(family);

/// Each customer has its own ports: the kernel keeps a port for all partners only while no other
/// customer of the same carrier uses it. The ranges are large, since a server may remember for long
/// which client used a port.
const kCustomersMax = 4;
const portRange = (customer) => `${10_000 + customer * 13_000} ${22_999 + customer * 13_000}`;

/// Commands of ip(8). The bridge gets a fixed MAC address. Otherwise it takes the lowest address of its
/// cables; when a new cable changes that, machines that know the old address reach nothing through
/// the bridge until they ask again, ten seconds later.
const bridge = (name) => [
  `link add ${name} address 02:00:00:00:00:01 type bridge`,
  `link set ${name} up`,
];

const home6 = (number) => `2001:db8:${number.toString(16)}::`;

export class Lab {
  #spaces;
  #customers = new Map(); // the number of customers of each carrier
  #onExit = () => this.close();
  #onSignal = () => process.exit(1);

  constructor() {
    sweep();
    this.#spaces = new Namespaces();
    process.on('exit', this.#onExit);
    for (const signal of kSignals) process.once(signal, this.#onSignal);
    this.#spaces.add('pub');
    this.#forward('pub', [6]);
    this.#spaces.ip('pub', ...bridge('bridge'));
    this.#spaces.ip(
      'pub',
      'address add 198.51.100.1/24 dev bridge',
      `address add ${kPublicIpv6}1/64 dev bridge nodad`,
    );
    this.addMachine('s', [2, 3], [4, 6]);
    this.addMachine('g', [4], [4, 6]);
    this.addMachine('t', [5, 6], [4, 6]);
  }

  /// A machine on the public segment, without a router; `numbers` are the last parts of its addresses.
  addMachine(name, numbers, families) {
    this.#spaces.add(name);
    this.#plug(name, 'pub', 'eth0');
    this.#number(name, 'eth0', numbers, families);
  }

  /// A big router whose customers have routers of their own; `number` from 1 to 9.
  addCarrier(name, number, { router }) {
    this.#spaces.add(name);
    this.#plug(name, 'pub', 'wan');
    this.#number(name, 'wan', [kFirstCarrier + number], [4]);
    this.#spaces.ip(name, ...bridge('lan'), `address add 100.64.${number}.1/24 dev lan`);
    this.#route(name, router, `198.51.100.${kFirstCarrier + number}`, [4]);
  }

  /// A machine behind a router (see nat_rules.mjs); `number` from 1 to 89. `carrier` is the name and
  /// number of a carrier, `delay` as for pump.py. `bindingSeconds` are two lifetimes: of a binding that
  /// only one end has used, and of one that both have used.
  addHome(name, number, home) {
    this.#spaces.add(name);
    if (home.carrier) this.#giveOwnPorts(name, home.carrier.name);
    this.addUplink(name, number, home, 'eth0');
    this.switchOn(name, number, home, 'eth0');
  }

  /// Another way out of the machine `name`: a router of its own behind `device`, still switched off.
  addUplink(name, number, { router, families = [4], carrier, bindingSeconds }, device) {
    const nat = this.routerOf(name, device);
    this.#spaces.add(nat);
    const wan = kFirstHome + number;
    this.#plug(nat, carrier?.name ?? 'pub', 'wan');
    if (carrier) {
      const network = `100.64.${carrier.number}`;
      const address = `address add ${network}.${wan}/24 dev wan`;
      this.#spaces.ip(nat, 'link set wan up', address, `route add default via ${network}.1`);
    } else {
      this.#number(nat, 'wan', [wan], families);
    }
    this.#spaces.ip(
      nat,
      `link add lan type veth peer name ${device} netns ${this.#spaces.full(name)}`,
      'link set lan up',
    );
    if (has(families, 4)) this.#spaces.ip(nat, `address add 10.${number}.0.1/24 dev lan`);
    if (has(families, 6)) {
      this.#spaces.ip(nat, `address add ${home6(number)}1/64 dev lan nodad`);
      this.#spaces.ip('pub', `route add ${home6(number)}/64 via ${kPublicIpv6}${wan}`);
    }
    this.#route(nat, router, `198.51.100.${wan}`, families);
    if (bindingSeconds) this.setBindingSeconds(nat, bindingSeconds);
  }

  /// The machine gets its addresses on `device`. Of two ways out, the one of lower `metric` is used.
  switchOn(name, number, { families = [4] }, device, metric = 0) {
    this.#spaces.ip(name, `link set ${device} up`);
    if (has(families, 4)) {
      const network = `10.${number}.0`;
      this.#spaces.ip(
        name,
        `address add ${network}.2/24 dev ${device}`,
        `route add default via ${network}.1 metric ${metric}`,
      );
    }
    if (has(families, 6)) {
      const address = `address add ${home6(number)}2/64 dev ${device} nodad`;
      this.#spaces.ip(name, address, `route add default via ${home6(number)}1`);
    }
  }

  /// As when a cable is pulled: the addresses of `device` and all routes over it go.
  switchOff(name, device) {
    this.#spaces.ip(name, `address flush dev ${device}`, `link set ${device} down`);
  }

  /// Delays and reorders what passes between the router of `name` and the public segment.
  async slowDown(name, number, { families = [4] }, options) {
    const nat = this.routerOf(name, 'eth0');
    this.#spaces.ip(nat, 'link delete wan');
    const pump = this.start(
      nat,
      ['python3', inTree('tests/netlab/pump.py'), 'wan', 'far', ...options],
      'pipe',
    );
    const [line] = await Promise.race([once(pump.stdout, 'data'), once(pump, 'close')]);
    if (!String(line).startsWith('ready'))
      throw new Error('the pump did not start: is there /dev/net/tun?');
    this.#spaces.ip(nat, `link set far netns ${this.#spaces.full('pub')} name to-${nat}`);
    this.#spaces.ip('pub', `link set to-${nat} master bridge up`);
    this.#number(nat, 'wan', [kFirstHome + number], families);
  }

  /// The router of home `number` gets another public address, as after a forced reconnection.
  /// Masquerading ends with the address that it was for: all bindings are forgotten.
  renumber(nat, number) {
    const [old, next] = [kFirstHome + number, kFirstHome + kRenumbered + number];
    this.#spaces.ip(nat, `address delete 198.51.100.${old}/24 dev wan`);
    this.#number(nat, 'wan', [next], [4]);
  }

  /// Adds to the router's rules, or changes them.
  applyRules(nat, rules) {
    this.#spaces.run(nat, ['nft', '-f', '-'], rules);
  }

  setBindingSeconds(nat, [oneWay, bothWays]) {
    const prefix = 'net.netfilter.nf_conntrack_udp_timeout';
    this.#spaces.run(nat, ['sysctl', '-qw', `${prefix}=${oneWay}`, `${prefix}_stream=${bothWays}`]);
  }

  /// Commands of ip(8) on the machine, for what the lab does not know.
  configure(name, ...commands) {
    this.#spaces.ip(name, ...commands);
  }

  linkLocalOf(name, device) {
    const show = ['ip', '-6', '-json', 'address', 'show', 'dev', device, 'scope', 'link'];
    // ip(8) writes an empty object for each device that it leaves out.
    const devices = JSON.parse(this.#spaces.run(name, show));
    const addresses = devices.flatMap(({ addr_info: all = [] }) => all);
    return addresses.find(({ local }) => local).local;
  }

  routerOf(name, device = 'eth0') {
    return device === 'eth0' ? `nat-${name}` : `nat-${name}-${device}`;
  }

  inside(name) {
    return this.#spaces.inside(name);
  }

  get names() {
    return this.#spaces.names;
  }

  get folder() {
    return this.#spaces.folder;
  }

  /// Runs until the lab is closed.
  start(name, command, stdout = 'ignore') {
    const [program, ...args] = [...this.inside(name), ...command];
    return spawn(program, args, { stdio: ['ignore', stdout, 'ignore'] });
  }

  close() {
    this.#spaces.removeAll();
    process.removeListener('exit', this.#onExit);
    for (const signal of kSignals) process.removeListener(signal, this.#onSignal);
  }

  #giveOwnPorts(name, carrier) {
    const customer = this.#customers.get(carrier) ?? 0;
    if (customer === kCustomersMax)
      throw new Error(`the lab's carriers have ${kCustomersMax} customers at most`);
    this.#customers.set(carrier, customer + 1);
    this.#spaces.run(name, [
      'sysctl',
      '-qw',
      `net.ipv4.ip_local_port_range=${portRange(customer)}`,
    ]);
  }

  /// A cable from `name` to the bridge of `to`.
  #plug(name, to, device) {
    const bridge = to === 'pub' ? 'bridge' : 'lan';
    this.#spaces.ip(
      to,
      `link add to-${name} type veth peer name ${device} netns ${this.#spaces.full(name)}`,
    );
    this.#spaces.ip(to, `link set to-${name} master ${bridge} up`);
  }

  #number(name, device, numbers, families) {
    this.#spaces.ip(name, `link set ${device} up`);
    for (const number of numbers) {
      if (has(families, 4))
        this.#spaces.ip(name, `address add 198.51.100.${number}/24 dev ${device}`);
      if (has(families, 6))
        this.#spaces.ip(name, `address add ${kPublicIpv6}${number}/64 dev ${device} nodad`);
    }
    // The route for all other addresses: `pub` drops IPv4, as networks do with private addresses.
    // Without a route, sending itself would fail, which is a different case.
    if (has(families, 4)) this.#spaces.ip(name, 'route replace default via 198.51.100.1');
    if (has(families, 6)) this.#spaces.ip(name, `route replace default via ${kPublicIpv6}1`);
  }

  #route(name, router, wan, families) {
    this.#forward(name, families);
    this.#spaces.run(name, ['nft', '-f', '-'], natRules(router, wan));
  }

  #forward(name, families) {
    const settings = { 4: 'net.ipv4.ip_forward=1', 6: 'net.ipv6.conf.all.forwarding=1' };
    this.#spaces.run(name, ['sysctl', '-qw', ...families.map((family) => settings[family])]);
  }
}
