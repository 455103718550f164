#include "floe/peer/connection.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "signal/test_random.h"

namespace floe::peer {
namespace {

constexpr Timestamp kNow{std::chrono::seconds(1000)};
const TransportAddress kSocket{IpAddress::v4(192, 0, 2, 1), 4000};

/// A connection, and everything that came out of it: one letter for each output.
class End {
 public:
  explicit End(std::uint32_t seed) : random_(seed), connection({}, random_, crypto_) {}

  void gather() {
    connection.agent().start_gathering(kNow);
    connection.agent().add_local_socket(kNow, 1, kSocket, 65535);
    connection.agent().end_of_local_sockets(kNow);
  }

  /// "m" a message, "e" an event, "c" the event that the agent is closed, "b" the peer's bye, "x" a
  /// mistake of the peer, "t" a datagram or a connection.
  std::string drain() {
    std::string kinds;
    while (auto output = connection.poll_output()) kinds += note(*output);
    return kinds;
  }

 private:
  char note(Output& output) {
    if (auto* message = std::get_if<signal::Message>(&output)) {
      messages.push_back(std::move(*message));
      return 'm';
    }
    if (const auto* bye = std::get_if<PeerSaidBye>(&output)) {
      reason = bye->reason;
      return 'b';
    }
    if (std::holds_alternative<signal::SessionError>(output)) return 'x';
    const auto* event = std::get_if<ice::Event>(&std::get<ice::Output>(output));
    if (event == nullptr) return 't';
    const auto* state = std::get_if<ice::StateChanged>(event);
    return state != nullptr && state->state == ice::State::closed ? 'c' : 'e';
  }

  signal::test::TestRandom random_;
  MbedtlsCrypto crypto_;

 public:
  Connection connection;
  std::vector<signal::Message> messages;
  std::string reason;
};

TEST_CASE("a connection that does not negotiate is a bare agent", "[peer]") {
  End end(1);
  end.gather();
  const std::string before = end.connection.agent().local_credentials().ufrag;
  end.connection.announce();
  end.connection.handle_message(kNow, signal::Bye{"early"});
  end.connection.restart(kNow);
  end.connection.close(kNow, "done");

  const std::string kinds = end.drain();
  CHECK(kinds.find_first_of("mbx") == std::string::npos);
  CHECK(kinds.back() == 'c');
  CHECK(end.connection.agent().local_credentials().ufrag != before);
  CHECK(end.connection.session() == nullptr);
}

TEST_CASE("an event comes right before the messages that it causes", "[peer]") {
  End end(2);
  end.connection.negotiate({});
  end.connection.announce();
  CHECK(end.drain() == "m");
  end.gather();

  // Gathering, the candidate and its message, the end of gathering and its message.
  CHECK(end.drain() == "eemem");
  REQUIRE(end.messages.size() == 3);
  CHECK(std::holds_alternative<signal::Description>(end.messages[0]));
  CHECK(std::holds_alternative<signal::CandidateMessage>(end.messages[1]));
  CHECK(std::holds_alternative<signal::EndOfCandidates>(end.messages[2]));
}

TEST_CASE("a peer's bye is told before the agent is closed", "[peer]") {
  End left(3);
  End right(4);
  for (End* end : {&left, &right}) {
    end->connection.negotiate({});
    end->connection.announce();
    end->drain();
  }
  right.connection.handle_message(kNow, left.messages.front());
  right.drain();
  left.connection.close(kNow, "going home");
  CHECK(left.drain() == "mc");

  right.connection.handle_message(kNow, left.messages.back());
  CHECK(right.drain() == "bc");
  CHECK(right.reason == "going home");
  CHECK(right.connection.is_closed());
}

TEST_CASE("a connection says bye once", "[peer]") {
  End end(5);
  end.connection.negotiate({});
  end.connection.announce();
  end.drain();
  end.connection.close(kNow, "first");
  end.drain();
  end.connection.close(kNow, "second");
  CHECK(end.drain().empty());
  CHECK(std::get<signal::Bye>(end.messages.back()).reason == "first");
}

}  // namespace
}  // namespace floe::peer
