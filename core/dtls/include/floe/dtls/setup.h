// Who begins the handshake: the attribute "setup" (RFC 4145, section 4; RFC 8842, section 5).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace floe::dtls {

/// The client sends the first ClientHello.
enum class Role : std::uint8_t { client, server };

enum class Setup : std::uint8_t {
  actpass,  ///< only in an offer: the answerer chooses
  active,   ///< the sender of this word is the client
  passive,  ///< and here the server
};

std::string_view to_text(Setup setup);
/// Empty for any other word. "holdconn" is one: RFC 8842, section 5.1, allows it nowhere.
std::optional<Setup> parse_setup(std::string_view text);

/// What to answer to an offer. An answerer that may choose becomes the client: its ClientHello can
/// follow the answer at once.
Setup answer_to(Setup offer);

/// What the offerer becomes; empty when the answer does not fit the offer.
std::optional<Role> offerer_role(Setup offer, Setup answer);
std::optional<Role> answerer_role(Setup offer, Setup answer);

}  // namespace floe::dtls
