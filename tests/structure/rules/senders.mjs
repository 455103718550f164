// Few files send: the sockets of native/net, and what stands between them and a gateway's clients.
// Whatever leaves a gateway for a client has passed AddressPolicy, which is the only one that judges
// addresses.
import { codeOnly } from '../cxx.mjs';

/// Those that call the system. In native/net the sockets of ICE, of names and of TCP; a question to
/// the kernel about its routes; the command's own blocking sockets; what the service manager is told.
const kMaySend = new Set([
  'native/net/src/loop_stream.cc',
  'native/net/src/loop_udp_socket.cc',
  'native/net/src/multicast_socket.cc',
  'native/net/src/send_messages.cc',
  'native/net/src/tls_bridge.cc',
  'native/net/src/tls_session.cc',
  'native/net/src/ways_out.cc',
  'native/cli/src/blocking_system.cc',
  'demo/gateway/src/service_manager.cc',
]);
const kSystemCall =
  /(?<![\w.>:])(?:::)?(?:sendto|sendmsg|sendmmsg)\s*\(|(?<!\w)::(?:send|connect)\s*\(|(?<![\w.>:])connect\s*\(\s*\w*fd\w*/;

/// Those of a gateway that open sockets: for clients, for relays, and to see whether an address is
/// there.
const kMayOpen = new Set([
  'demo/gateway/src/bind_check.cc',
  'demo/gateway/src/leased_socket.cc',
  'demo/gateway/src/leased_stream.cc',
  'demo/gateway/src/turn_service.cc',
]);
const kOpening = /\b(?:open_udp|connect_tcp)\s*\(/;

const kPolicy = 'demo/gateway/src/address_policy.h';
const kDecides = /:[^;{]*\bpublic (?:tunnel::Policy|turn::PeerPolicy)\b/;

export function* senderProblems(tree) {
  for (const file of tree.matching(/^(core|platform|native|demo|wasm)\/.*\.(h|cc)$/)) {
    const code = codeOnly(tree.text(file));
    for (const [index, line] of code.split('\n').entries()) {
      const at = `${file}:${index + 1}`;
      if (kSystemCall.test(line) && !kMaySend.has(file)) {
        yield `${at}: only the files in tests/structure/rules/senders.mjs may send`;
      }
      if (/^demo\/gateway\//.test(file) && kOpening.test(line) && !kMayOpen.has(file)) {
        yield `${at}: only the files in tests/structure/rules/senders.mjs may open sockets`;
      }
    }
    if (file === kPolicy || !/^demo\/gateway\//.test(file) || !kDecides.test(code)) continue;
    if (/\bAddressPolicy\b/.test(code)) continue; // it asks the one that judges
    yield `${file}: a policy that does not ask AddressPolicy`;
  }
}
