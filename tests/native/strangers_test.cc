#include "floe/native/strangers.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <vector>

using namespace floe;
using namespace floe::native;

namespace {

struct Guest final : Stranger {
  Guest(Strangers& strangers, const IpAddress& ip) : place(strangers.enter(ip, *this)) {}
  void on_displaced() override { displaced = true; }

  bool displaced = false;
  Strangers::Place place;
};

class Crowd {
 public:
  explicit Crowd(Strangers& strangers) : strangers_(strangers) {}
  Guest& add(const IpAddress& ip) {
    guests_.push_back(std::make_unique<Guest>(strangers_, ip));
    return *guests_.back();
  }

 private:
  Strangers& strangers_;
  std::vector<std::unique_ptr<Guest>> guests_;
};

IpAddress in_network(std::uint8_t network, std::uint8_t host = 1) {
  return IpAddress::v4(198, 51, network, host);
}

}  // namespace

TEST_CASE("the oldest stranger of a network makes room for the newest", "[native]") {
  Strangers strangers({.all = 10, .per_network = 2});
  Crowd crowd(strangers);
  const Guest& first = crowd.add(in_network(1, 1));
  const Guest& second = crowd.add(in_network(1, 2));
  const Guest& elsewhere = crowd.add(in_network(2));
  CHECK_FALSE(first.displaced);
  const Guest& third = crowd.add(in_network(1, 3));
  CHECK(first.displaced);
  CHECK_FALSE(second.displaced);
  CHECK_FALSE(third.displaced);
  CHECK_FALSE(elsewhere.displaced);
  CHECK(strangers.count() == 3);
  CHECK(strangers.displaced() == 1);
}

TEST_CASE("a crowd of one network does not displace the few of others", "[native]") {
  Strangers strangers({.all = 5, .per_network = 4});
  Crowd crowd(strangers);
  const Guest& lonely = crowd.add(in_network(1));
  std::vector<const Guest*> many;
  for (std::uint8_t host = 1; host <= 4; ++host) many.push_back(&crowd.add(in_network(2, host)));
  const Guest& late = crowd.add(in_network(3));
  CHECK_FALSE(lonely.displaced);
  CHECK(many[0]->displaced);
  CHECK_FALSE(many[1]->displaced);
  CHECK_FALSE(late.displaced);
  CHECK(strangers.count() == 5);
}

TEST_CASE("who has shown a token is no stranger any more", "[native]") {
  Strangers strangers({.all = 2, .per_network = 2});
  Crowd crowd(strangers);
  Guest& known = crowd.add(in_network(1));
  known.place.leave();
  CHECK(strangers.count() == 0);
  for (std::uint8_t host = 2; host < 50; ++host) crowd.add(in_network(1, host));
  CHECK_FALSE(known.displaced);
  CHECK(strangers.count() == 2);
}

TEST_CASE("a place is given back when its holder is destroyed", "[native]") {
  Strangers strangers({.all = 3, .per_network = 2});
  {
    Crowd crowd(strangers);
    for (int i = 0; i < 100; ++i) crowd.add(in_network(static_cast<std::uint8_t>(i % 5)));
    CHECK(strangers.count() == 3);
  }
  CHECK(strangers.count() == 0);
}
