// The programs of tests/unit that run everywhere.
const modules = [
  'unit',
  'channels',
  'conformance',
  'dtls',
  'json',
  'mdns',
  'peer',
  'driver',
  'probes',
  'signal',
  'sdp',
  'token',
  'whip',
  'tunnel',
  'consent',
  'turn_server',
  'wasm_host',
  'c',
  'world',
];
const programOf = (module) => `floe_${module}_tests`;
export const unitPrograms = modules.map(programOf);
