#include "nat_matrix.h"

#include "floe/sim/public_stun.h"
#include "floe/sim/public_turn.h"
#include "peer.h"

namespace floe::sim {
namespace {

/// Longer than an agent needs to say that it has failed (RFC 8863).
constexpr Duration kVerdictLimit = 90s;
/// After connecting: late answers of servers, and nominations, have come.
constexpr Duration kSettling = 2s;

class Meeting {
 public:
  Meeting(std::uint64_t seed, const MatrixCell& cell)
      : world_(seed),
        stun_(world_),
        turn_(world_),
        left_site_(world_, cell.controlling, cell.versions, 1),
        right_site_(world_, cell.controlled, cell.versions, 2),
        left_(world_, left_site_.add_host("left"), options(cell, true)),
        right_(world_, right_site_.add_host("right"), options(cell, false)) {}

  std::string outcome() {
    start(left_, right_);
    const auto is_over = [](const Peer& peer) {
      return peer.connected() || peer.agent().state() == ice::State::failed;
    };
    if (!world_.run_until([&] { return is_over(left_) && is_over(right_); }, kVerdictLimit)) {
      return "no verdict";
    }
    world_.run_for(kSettling);
    if (!left_.connected() && !right_.connected()) return "fails";
    if (!left_.connected() || !right_.connected()) return "one side only";
    return describe_pair();
  }

 private:
  static PeerOptions options(const MatrixCell& cell, bool controls) {
    PeerOptions options;
    const bool says_controlling = controls != cell.roles_exchanged;
    options.agent.role = says_controlling ? ice::Role::controlling : ice::Role::controlled;
    const bool is_lite = cell.lite && !controls;
    if (is_lite) options.agent.implementation = ice::Implementation::lite;
    const auto uris = PublicStun::uris();
    options.gather.servers.assign(uris.begin(), uris.end());
    if (cell.relays) {
      for (const char* uri : {"turn:192.0.2.201", "turn:[2001:db8:ffff::2]",
                              "turn:192.0.2.201?transport=tcp", "turns:192.0.2.201"}) {
        options.gather.servers.push_back({*parse_server_uri(uri), "user", "pass"});
      }
    }
    options.trickle = cell.trickle;
    return options;
  }

  std::string describe_pair() {
    const auto ours = left_.agent().selected_pair(1);
    const auto theirs = right_.agent().selected_pair(1);
    if (left_.agent().role() != ice::Role::controlling) return "the wrong side controls";
    if (ours->local.address != theirs->remote.address ||
        ours->remote.address != theirs->local.address) {
      return "two different pairs";
    }
    if (!left_.send("ping") || !right_.send("pong")) return "cannot send";
    const auto both_heard = [&] { return !left_.received().empty() && !right_.received().empty(); };
    if (!world_.run_until(both_heard, 1s)) return "data does not arrive";
    return std::string(to_text(ours->local.type)) + "→" + std::string(to_text(ours->remote.type));
  }

  World world_;
  PublicStun stun_;
  PublicTurn turn_;
  Site left_site_;
  Site right_site_;
  Peer left_;
  Peer right_;
};

/// Padded to `width` characters; an arrow has three bytes.
std::string padded(std::string text, std::size_t width) {
  const std::size_t arrows = text.find("→") == std::string::npos ? 0u : 1u;
  text.resize(std::max(text.size(), width + 2 * arrows), ' ');
  return text;
}

}  // namespace

std::string winning_pair(std::uint64_t seed, const MatrixCell& cell) {
  return Meeting(seed, cell).outcome();
}

std::string nat_matrix_text(std::uint64_t seed, IpVersions versions, bool relays) {
  constexpr std::size_t kNameWidth = 27;
  constexpr std::size_t kCellWidth = 14;
  const NetworkKind& open = network_kind("open");
  const std::string title = std::string(to_text(versions)) + (relays ? ", relays" : "");
  std::string text = padded(title, kNameWidth);
  for (std::size_t i = 0; i < kNetworkKindCount; ++i) {
    text += padded(std::to_string(i + 1), kCellWidth);
  }
  text += "lite on 1\n";
  std::size_t number = 0;
  for (const NetworkKind& row : network_kinds()) {
    const std::string name = std::to_string(++number) + "  " + std::string(row.name);
    text += padded(name, kNameWidth);
    for (const NetworkKind& column : network_kinds()) {
      MatrixCell cell{row, column, versions};
      cell.relays = relays;
      text += padded(winning_pair(seed, cell), kCellWidth);
    }
    MatrixCell with_lite{row, open, versions};
    with_lite.lite = true;
    with_lite.relays = relays;
    text += winning_pair(seed, with_lite) + "\n";
  }
  return text;
}

}  // namespace floe::sim
