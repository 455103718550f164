// The programs of tests/unit that run everywhere.
const modules = [
  'unit',
  'conformance',
  'json',
  'mdns',
  'peer',
  'driver',
  'probes',
  'signal',
  'sdp',
  'tunnel',
  'turn_server',
  'wasm_host',
  'c',
  'world',
];
export const unitPrograms = modules.map((module) => `floe_${module}_tests`);
