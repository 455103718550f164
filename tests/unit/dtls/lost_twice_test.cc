// What a flight that was lost twice changes: the MTU of the handshake, and of nothing after it.
#include <catch2/catch_test_macros.hpp>

#include "dtls/two_ends.h"

using namespace floe;
using namespace floe::dtls;
using namespace floe::testing;

namespace {

/// A server whose flight arrives only when it is sent for the third time. The client is slow enough
/// to ask for none of them.
class LostTwice {
 public:
  LostTwice() : ends({.client = {.role = Role::client, .round_trip = 500ms}}) {
    ends.network = [this](const Passing& passing) {
      const bool is_lost = !passing.from_client && ends.elapsed() < TwoEnds::kOneWay + kTwice;
      return is_lost ? std::vector<Duration>{} : std::vector{TwoEnds::kOneWay};
    };
  }

  /// Of the datagrams of the server's flight, each time that it is sent.
  std::vector<std::size_t> longest_of_each_copy() {
    std::vector<std::size_t> longest;
    ends.start();
    for (const Duration until : {TwoEnds::kOneWay, kOnce, kOnce}) {
      const std::size_t before = ends.server.sent.size();
      ends.run(until);
      std::size_t most = 0;
      for (std::size_t i = before; i < ends.server.sent.size(); ++i) {
        most = std::max(most, ends.server.sent[i].size());
      }
      longest.push_back(most);
    }
    return longest;
  }

  TwoEnds ends;

 private:
  static constexpr Duration kOnce = kFirstTimeoutMin;
  static constexpr Duration kTwice = 2 * kOnce;
};

}  // namespace

TEST_CASE("a flight that was lost twice is sent in smaller datagrams", "[dtls]") {
  LostTwice lost;
  const std::vector<std::size_t> longest = lost.longest_of_each_copy();
  CHECK(longest[0] > kMtuMin);
  CHECK(longest[1] == longest[0]);
  CHECK(longest[2] <= kMtuMin);
  CHECK(longest[2] > kMtuMin / 2);
  lost.ends.run();
  CHECK(lost.ends.is_secured());
}

TEST_CASE("a server whose flight was lost twice takes data as long as any other", "[dtls]") {
  TwoEnds clean;
  REQUIRE(clean.connect());
  LostTwice lost;
  TwoEnds& ends = lost.ends;
  REQUIRE(ends.connect());
  REQUIRE(ends.server.sent.size() > clean.server.sent.size());

  // The client has sent no data by now.
  const std::size_t longest = clean.server.session->max_datagram_size();
  REQUIRE(ends.server.session->max_datagram_size() == longest);
  ends.send(ends.server, std::string(longest, 's'));
  ends.run();
  REQUIRE(ends.client.session->max_datagram_size() == longest);
  ends.send(ends.client, std::string(longest, 'c'));
  ends.run();
  CHECK(ends.server.session->max_datagram_size() == longest);
  REQUIRE(ends.client.received.size() == 1);
  CHECK(as_text(ends.client.received[0]) == std::string(longest, 's'));
  REQUIRE(ends.server.received.size() == 1);
  CHECK(as_text(ends.server.received[0]) == std::string(longest, 'c'));
}
