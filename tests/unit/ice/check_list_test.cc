#include "check_list.h"

#include <catch2/catch_test_macros.hpp>

#include "ice/check_lists.h"
#include "ice/string_makers.h"
#include "priority.h"

using namespace floe;
using namespace floe::ice;
using floe::testing::Lists;

TEST_CASE("a pair has the priority of its candidates and of the role", "[ice]") {
  Lists lists;
  const auto local = lists.local("192.0.2.1:1", 10);
  const auto remote = lists.remote("198.51.100.1:1", 500);
  const std::uint32_t ours = candidate_priority(CandidateType::host, 10, 1);
  const PairIndex pair = lists.pair(local, remote, Role::controlling);
  CHECK(lists.pairs.at(pair).priority == pair_priority(ours, 500));
  CHECK(lists.pairs.at(pair).component == 1);
  lists.pairs.update_priorities(Role::controlled);
  CHECK(lists.pairs.at(pair).priority == pair_priority(500, ours));
}

// The peer may have sent data before it heard that the path was left.
TEST_CASE("a removed pair that comes back was heard if it was before", "[ice]") {
  Lists lists;
  const auto local = lists.local("192.0.2.1:1", 10);
  const auto remote = lists.remote("198.51.100.1:1", 500);
  const PairIndex pair = lists.pair(local, remote, Role::controlling);
  lists.pairs.remove(pair, PairFailure::not_needed);
  REQUIRE(lists.pairs.add(local, remote, Role::controlling) == pair);
  CHECK_FALSE(lists.pairs.at(pair).heard);
  lists.pairs.at(pair).heard = true;
  lists.pairs.remove(pair, PairFailure::not_needed);
  REQUIRE(lists.pairs.add(local, remote, Role::controlling) == pair);
  CHECK(lists.pairs.at(pair).heard);
  CHECK(lists.pairs.at(pair).state != PairState::removed);
}

// The name is one of the peer's own network, where no relay is; and it is there to hide its
// address.
TEST_CASE("what has a name of mDNS is not for a relay to know", "[ice]") {
  Lists lists;
  const auto host = lists.local("192.0.2.1:1");
  const LocalSocket socket{1, *TransportAddress::parse("192.0.2.1:1"), 10};
  const TransportAddress relayed = *TransportAddress::parse("198.51.100.9:50000");
  const auto relay = lists.locals.add_relayed(socket, relayed, socket.base, {}).value();
  Candidate named;
  named.priority = 100;
  named.foundation = *Foundation::parse("1");
  named.address = named.base = *TransportAddress::parse("192.0.2.77:1");
  named.is_hidden_by_name = true;
  const RemoteIndex remote = lists.remotes.add_signalled(named).index;
  CHECK_FALSE(lists.pairs.add(relay, remote, Role::controlling));
  CHECK(lists.pairs.add(host, remote, Role::controlling));
  CHECK(lists.pairs.add(relay, lists.remote("192.0.2.78:1", 100), Role::controlling));
}

TEST_CASE("only candidates that fit make a pair, and only once", "[ice]") {
  Lists lists;
  const auto v4 = lists.local("192.0.2.1:1");
  const auto v6 = lists.local("[2001:db8::1]:1");
  const auto link_local = lists.local("[fe80::1]:1");
  const auto second = lists.local("192.0.2.1:2", 65535, 2);
  const auto remote_v4 = lists.remote("198.51.100.1:1", 100);
  const auto remote_v6 = lists.remote("[2001:db8::2]:1", 100);
  const auto remote_link_local = lists.remote("[fe80::2]:1", 100);
  const auto fits = [&](LocalIndex l, RemoteIndex r) {
    return lists.pairs.add(l, r, Role::controlling).has_value();
  };
  CHECK(fits(v4, remote_v4));
  CHECK_FALSE(fits(v4, remote_v4));
  CHECK_FALSE(fits(v4, remote_v6));
  CHECK_FALSE(fits(v6, remote_v4));
  CHECK(fits(v6, remote_v6));
  CHECK(fits(link_local, remote_link_local));
  CHECK_FALSE(fits(link_local, remote_v6));
  CHECK_FALSE(fits(v6, remote_link_local));
  CHECK_FALSE(fits(second, remote_v4));
  CHECK(lists.pairs.all().size() == 3);
}

TEST_CASE("a pair is found by its candidates", "[ice]") {
  Lists lists;
  const auto local = lists.local("192.0.2.1:1");
  const auto remote = lists.remote("198.51.100.1:1", 100);
  CHECK_FALSE(lists.pairs.find(local, remote));
  const PairIndex pair = lists.pair(local, remote);
  CHECK(lists.pairs.find(local, remote) == pair);
}

TEST_CASE("equal numbers of UDP and TCP are two addresses", "[ice]") {
  Lists lists;
  const auto udp = lists.local("192.0.2.1:1");
  const TransportAddress tcp_base = *TransportAddress::parse("192.0.2.1:1", TransportProtocol::tcp);
  CHECK_FALSE(lists.locals.find_base(tcp_base));
  const auto tcp = lists.locals.add_host({1, tcp_base, 65534});
  REQUIRE(tcp);
  CHECK(lists.locals.find_base(lists.locals.at(udp).base) == udp);
  CHECK(lists.locals.find_base(tcp_base) == tcp);

  const auto udp_remote = lists.remote("198.51.100.1:1", 100);
  Candidate candidate = lists.remotes.at(udp_remote);
  candidate.address.protocol = candidate.base.protocol = TransportProtocol::tcp;
  CHECK_FALSE(lists.remotes.find(1, candidate.address));
  const auto tcp_remote = lists.remotes.add_signalled(candidate);
  CHECK(tcp_remote.outcome == RemoteCandidates::Added::added);
  CHECK(lists.remotes.find(1, candidate.address) == tcp_remote.index);

  const PairIndex udp_pair = lists.pair(udp, udp_remote);
  const PairIndex tcp_pair = lists.pair(*tcp, tcp_remote.index);
  CHECK_FALSE(lists.pairs.add(udp, tcp_remote.index, Role::controlling));
  CHECK_FALSE(lists.pairs.add(*tcp, udp_remote, Role::controlling));
  CHECK(lists.pairs.find(lists.pairs.route_of(udp_pair)) == udp_pair);
  CHECK(lists.pairs.find(lists.pairs.route_of(tcp_pair)) == tcp_pair);
  CHECK_FALSE(lists.pairs.find({lists.locals.at(udp).base, candidate.address}));
}

TEST_CASE("the waiting pair of highest priority is next", "[ice]") {
  Lists lists;
  const auto local = lists.local("192.0.2.1:1");
  const PairIndex low = lists.pair(local, lists.remote("198.51.100.1:1", 100, "a"));
  const PairIndex high = lists.pair(local, lists.remote("198.51.100.2:1", 300, "b"));
  const PairIndex middle = lists.pair(local, lists.remote("198.51.100.3:1", 200, "c"));
  CHECK(lists.pairs.active_count() == 3);
  for (const PairIndex expected : {high, middle, low}) {
    CHECK(lists.order.has_next());
    REQUIRE(lists.order.next() == expected);
    lists.pairs.at(expected).state = PairState::in_progress;
  }
  CHECK_FALSE(lists.order.next());
  CHECK_FALSE(lists.order.has_next());
  CHECK(lists.pairs.active_count() == 3);
}

TEST_CASE("of a foundation one pair waits and the others are frozen", "[ice]") {
  Lists lists;
  const auto local = lists.local("192.0.2.1:1");
  const PairIndex first = lists.pair(local, lists.remote("198.51.100.1:1", 300, "x"));
  const PairIndex second = lists.pair(local, lists.remote("198.51.100.1:2", 200, "x"));
  const PairIndex other = lists.pair(local, lists.remote("198.51.100.9:1", 100, "y"));
  CHECK(lists.pairs.at(first).state == PairState::waiting);
  CHECK(lists.pairs.at(second).state == PairState::frozen);
  CHECK(lists.pairs.at(other).state == PairState::waiting);
  CHECK(lists.pairs.active_count() == 2);

  SECTION("success thaws its foundation and no other") {
    const PairIndex frozen = lists.pair(local, lists.remote("198.51.100.9:2", 90, "y"));
    REQUIRE(lists.pairs.at(frozen).state == PairState::frozen);
    lists.pairs.at(first).state = PairState::succeeded;
    lists.pairs.unfreeze_foundation_of(first);
    CHECK(lists.pairs.at(second).state == PairState::waiting);
    CHECK(lists.pairs.at(frozen).state == PairState::frozen);
  }
  SECTION("a frozen pair lets others go first while its foundation is tried") {
    lists.pairs.at(first).state = PairState::in_progress;
    CHECK(lists.order.next() == other);
    CHECK(lists.pairs.at(second).state == PairState::frozen);
  }
  SECTION("a slot that would stay idle goes to a frozen pair") {
    lists.pairs.at(first).state = PairState::in_progress;
    lists.pairs.at(other).state = PairState::in_progress;
    CHECK(lists.order.has_next());
    CHECK(lists.order.next() == second);
  }
  SECTION("a frozen pair thaws when nothing else waits and its foundation failed") {
    lists.pairs.at(first).state = PairState::failed;
    lists.pairs.at(other).state = PairState::in_progress;
    CHECK(lists.order.has_next());
    CHECK(lists.order.next() == second);
    CHECK(lists.pairs.at(second).state == PairState::waiting);
  }
  SECTION("success does not wake pairs that failed") {
    lists.pairs.at(second).state = PairState::failed;
    lists.pairs.unfreeze_foundation_of(first);
    CHECK(lists.pairs.at(second).state == PairState::failed);
  }
}

TEST_CASE("a foundation is that of both candidates", "[ice]") {
  Lists lists;
  const auto here = lists.local("192.0.2.1:1");
  const auto there = lists.local("192.0.2.2:1", 65534);
  const auto remote = lists.remote("198.51.100.1:1", 300, "x");
  const PairIndex one = lists.pair(here, remote);
  const PairIndex two = lists.pair(there, remote);
  CHECK(lists.pairs.at(one).state == PairState::waiting);
  CHECK(lists.pairs.at(two).state == PairState::waiting);
}

// RFC 8838, section 12: a pair that comes later waits when something of its foundation worked.
TEST_CASE("a late pair of a foundation that works waits", "[ice]") {
  Lists lists;
  const auto local = lists.local("192.0.2.1:1");
  const PairIndex first = lists.pair(local, lists.remote("198.51.100.1:1", 300, "x"));
  lists.pairs.at(first).state = PairState::succeeded;
  const PairIndex late = lists.pair(local, lists.remote("198.51.100.1:2", 200, "x"));
  CHECK(lists.pairs.at(late).state == PairState::waiting);
}

TEST_CASE("among pairs of one foundation the components take turns", "[ice]") {
  Lists lists;
  const PairIndex one =
      lists.pair(lists.local("192.0.2.1:1"), lists.remote("198.51.100.1:1", 300, "x"));
  const PairIndex two =
      lists.pair(lists.local("192.0.2.1:2", 65535, 2), lists.remote("198.51.100.1:2", 300, "x", 2));
  CHECK(lists.pairs.at(one).state == PairState::waiting);
  CHECK(lists.pairs.at(two).state == PairState::frozen);
}

TEST_CASE("triggered checks queue up once each, first in, first out", "[ice]") {
  Lists lists;
  const auto local = lists.local("192.0.2.1:1");
  const PairIndex one = lists.pair(local, lists.remote("198.51.100.1:1", 100, "a"));
  const PairIndex two = lists.pair(local, lists.remote("198.51.100.2:1", 200, "b"));
  CHECK(lists.pairs.triggered().empty());
  lists.pairs.trigger(one);
  lists.pairs.trigger(two);
  lists.pairs.trigger(one);
  REQUIRE(lists.pairs.triggered().size() == 2);
  CHECK(lists.pairs.triggered()[0] == one);
  CHECK(lists.pairs.triggered()[1] == two);
  lists.pairs.untrigger(one);
  REQUIRE(lists.pairs.triggered().size() == 1);
  CHECK(lists.pairs.triggered()[0] == two);
}

TEST_CASE("a component with a nominated pair gives up its others", "[ice]") {
  Lists lists;
  const auto local = lists.local("192.0.2.1:1");
  const PairIndex nominated = lists.pair(local, lists.remote("198.51.100.1:1", 900, "a"));
  const PairIndex waiting = lists.pair(local, lists.remote("198.51.100.2:1", 800, "b"));
  const PairIndex checking = lists.pair(local, lists.remote("198.51.100.3:1", 700, "c"));
  const PairIndex frozen = lists.pair(local, lists.remote("198.51.100.4:1", 600, "c"));
  const PairIndex works = lists.pair(local, lists.remote("198.51.100.5:1", 500, "d"));
  const PairIndex elsewhere =
      lists.pair(lists.local("192.0.2.1:2", 65535, 2), lists.remote("198.51.100.1:2", 900, "e", 2));
  lists.pairs.at(nominated).state = PairState::succeeded;
  lists.pairs.at(checking).state = PairState::in_progress;
  lists.pairs.at(works).state = PairState::succeeded;
  lists.pairs.trigger(waiting);
  lists.pairs.trigger(elsewhere);

  lists.pairs.remove_pending(1);
  CHECK(lists.pairs.at(waiting).state == PairState::removed);
  CHECK(lists.pairs.at(checking).state == PairState::removed);
  CHECK(lists.pairs.at(frozen).state == PairState::removed);
  CHECK(lists.pairs.at(nominated).state == PairState::succeeded);
  CHECK(lists.pairs.at(works).state == PairState::succeeded);
  CHECK(lists.pairs.at(elsewhere).state == PairState::waiting);
  REQUIRE(lists.pairs.triggered().size() == 1);
  CHECK(lists.pairs.triggered()[0] == elsewhere);
}

TEST_CASE("while many pairs wait, a kind that was not tried gets a turn", "[ice]") {
  Lists lists;
  const auto local = lists.local("192.0.2.1:1");
  for (unsigned i = 1; i <= 40; ++i) {
    lists.pair(local, lists.remote(("172.18." + std::to_string(i) + ".1:1").c_str(), 9000 - i,
                                   std::to_string(i).c_str()));
  }
  Candidate relayed;
  relayed.type = CandidateType::relayed;
  relayed.priority = 1;
  relayed.foundation = *Foundation::parse("r");
  relayed.address = relayed.base = *TransportAddress::parse("203.0.113.9:60000");
  const PairIndex last = lists.pair(local, lists.remotes.add_signalled(relayed).index);
  std::size_t turn = 0;
  for (std::size_t i = 1; turn == 0 && i <= 10; ++i) {
    const auto next = lists.order.next();
    REQUIRE(next);
    if (*next == last) turn = i;
    lists.pairs.begin_check(*next);
    ++lists.pairs.at(*next).statistics.requests_sent;
  }
  CHECK(turn == kTurnsForOrder);
}
