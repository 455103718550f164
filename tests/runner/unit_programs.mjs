// The programs of tests/unit that run everywhere.
const modules = [
  'unit',
  'channels',
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
const programOf = (module) => `floe_${module}_tests`;
export const unitPrograms = modules.map(programOf);
/// And those that run natively alone.
export const nativeUnitPrograms = ['dtls'].map(programOf);
