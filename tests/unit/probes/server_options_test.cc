// How a person names a server, and what is said when the command is for others.
#include "floe/probes/server_options.h"

#include <catch2/catch_test_macros.hpp>

namespace floe::probes {

TEST_CASE("a server may be named without a scheme where the command tells it", "[probes]") {
  CHECK(read_server("192.0.2.1", ServerKind::stun)->scheme == ServerScheme::stun);
  CHECK(read_server("192.0.2.1", ServerKind::turn)->scheme == ServerScheme::turn);
  CHECK(transport_of(*read_server("turns:example.org", ServerKind::turn)) == turn::Transport::tls);
  CHECK(transport_of(*read_server("stuns:example.org", ServerKind::stun)) == turn::Transport::tls);
}

TEST_CASE("a server of another kind is refused, and the right command is named", "[probes]") {
  const auto refusal = [](std::string_view text, ServerKind kind) {
    const auto uri = read_server(text, kind);
    return uri ? std::string() : uri.error();
  };
  CHECK(refusal("turn:a", ServerKind::stun) == "turn:a is a TURN server: use floe turn");
  CHECK(refusal("stun:a", ServerKind::turn) == "stun:a is a STUN server: use floe stun");
  CHECK(refusal("stuns:a", ServerKind::stun_over_udp) ==
        "stuns:a: this command asks only stun:HOST, over UDP");
  CHECK(refusal("turns:a?transport=udp", ServerKind::any) ==
        "turns:a?transport=udp: TURN over DTLS is not supported");
  CHECK(refusal("turns:a?transport=udp", ServerKind::turn) ==
        "turns:a?transport=udp: TURN over DTLS is not supported");
  CHECK(refusal("stun:a b", ServerKind::any).starts_with("stun:a b: "));
  CHECK(refusal("stun:a", ServerKind::any).empty());
}

}  // namespace floe::probes
