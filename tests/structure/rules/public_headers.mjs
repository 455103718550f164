// A header in include/ is public, so it needs a reason: another module includes it, programs are
// told to include it, or a header with such a reason includes it. Others belong in src/. Tests are no
// reason, except for a module that is there for tests: they may include private headers.

/// The headers that a program outside of this tree is told to include.
export const kToldToUsers = {
  'floe/floe.h': 'the C API without I/O',
  'floe/floe_native.h': 'the C API with sockets and a loop',
  'floe/dtls/session.h': 'DTLS for a program that carries the fingerprints by itself',
  'floe/ice/agent.h': 'README.md: the agent for any host',
  'floe/driver/room.h': 'README.md: the C++ API for peers in a room',
  'floe/sim/two_hosts.h': 'platform/sim/README.md: two hosts in a simulated network',
  'floe/native/system_host.h': 'README.md: the C++ API, its loop and sockets',
  'floe/sdp/description_codec.h': 'core/sdp/README.md: descriptions as text',
  'floe/sdp/message_conversion.h': 'core/sdp/README.md: messages from and to SDP',
  'floe/sdp/patch.h': 'core/sdp/README.md: fragments for the body of an HTTP PATCH',
};

/// {header: 1} of headers without a reason.
export function headersWithoutReason(tree, modules) {
  const publicHeaders = new Set(modules.publicHeaders());
  const withReason = new Set(Object.keys(kToldToUsers).map((name) => modules.publicHeader(name)));
  for (const file of modules.sources()) {
    for (const include of modules.includesOf(file)) {
      if (include.file && modules.of(include.file) !== modules.of(file))
        withReason.add(include.file);
    }
  }
  for (const file of tree.matching(/^tests\/.*\.(cc|h)$/)) {
    for (const include of modules.includesOf(file)) {
      if (include.file && modules.of(include.file)?.for_tests) withReason.add(include.file);
    }
  }
  for (const header of withReason) {
    // The loop also reaches the headers that it adds.
    if (!header || !publicHeaders.has(header)) continue;
    for (const include of modules.includesOf(header)) withReason.add(include.file);
  }
  const without = [...publicHeaders].filter((header) => !withReason.has(header)).sort();
  return Object.fromEntries(without.map((header) => [header, 1]));
}

export const headerWithoutReason = (header) =>
  `${header}: only its own module includes it, so it belongs in src/.`;

export function* toldProblems(tree, modules) {
  for (const name of Object.keys(kToldToUsers)) {
    if (!modules.publicHeader(name))
      yield `tests/structure/rules/public_headers.mjs: there is no ${name}`;
  }
}
