#include "floe/ice/credentials.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "floe/sim/seeded_random.h"

using namespace floe;
using namespace floe::ice;

TEST_CASE("generated credentials are valid and long enough for RFC 8445", "[ice]") {
  sim::SeededRandom random(1);
  for (int i = 0; i < 200; ++i) {
    const Credentials credentials = Credentials::generate(random);
    REQUIRE(credentials.is_valid());
    // 6 bits a character: at least 24 and at least 128 bits.
    REQUIRE(credentials.ufrag.size() >= 4);
    REQUIRE(credentials.password.size() >= 22);
  }
}

TEST_CASE("generated credentials differ, and repeat only with the randomness", "[ice]") {
  sim::SeededRandom random(1);
  std::set<std::string> ufrags;
  std::set<std::string> passwords;
  for (int i = 0; i < 200; ++i) {
    const Credentials credentials = Credentials::generate(random);
    ufrags.insert(credentials.ufrag);
    passwords.insert(credentials.password);
  }
  CHECK(ufrags.size() == 200);
  CHECK(passwords.size() == 200);
  sim::SeededRandom one(7);
  sim::SeededRandom same(7);
  CHECK(Credentials::generate(one) == Credentials::generate(same));
}

TEST_CASE("generated credentials use all ice-chars", "[ice]") {
  sim::SeededRandom random(1);
  std::set<char> seen;
  for (int i = 0; i < 500; ++i) {
    for (const char c : Credentials::generate(random).password) seen.insert(c);
  }
  CHECK(seen.size() == 64);
}

TEST_CASE("what a camera or a media server sends as credentials is read", "[ice]") {
  CHECK(is_valid_ufrag("4ht-1yvSJuVayAoKAAiSWigaIAEQ"));
  CHECK(is_valid_password("Bt3emDc0z7yjfo0MOewFCSDXe6U="));
  CHECK(is_valid_ufrag("rBK+uR9AAAA=_2"));
}

TEST_CASE("a username fragment has 4 to 256 visible characters but no colon", "[ice]") {
  CHECK(is_valid_ufrag("abcd"));
  CHECK(is_valid_ufrag("+/09AZaz"));
  CHECK(is_valid_ufrag(std::string(256, 'a')));
  CHECK_FALSE(is_valid_ufrag(""));
  CHECK_FALSE(is_valid_ufrag("abc"));
  CHECK_FALSE(is_valid_ufrag(std::string(257, 'a')));
  CHECK_FALSE(is_valid_ufrag("ab:cd"));
  CHECK_FALSE(is_valid_ufrag("ab cd"));
  CHECK_FALSE(is_valid_ufrag("abcd\r\n"));
  CHECK_FALSE(is_valid_ufrag("abcd\x7f"));
  CHECK_FALSE(is_valid_ufrag(std::string("ab\0cd", 5)));
}

TEST_CASE("a password has 22 to 256 visible characters", "[ice]") {
  CHECK(is_valid_password(std::string(22, 'a')));
  CHECK(is_valid_password(std::string(256, 'a')));
  CHECK_FALSE(is_valid_password(std::string(21, 'a')));
  CHECK_FALSE(is_valid_password(std::string(257, 'a')));
  CHECK_FALSE(is_valid_password(std::string(21, 'a') + " "));
  CHECK_FALSE(is_valid_password(std::string(21, 'a') + "\xc3\xa4"));
}

TEST_CASE("credentials are valid when both halves are", "[ice]") {
  const std::string password(22, 'p');
  CHECK(Credentials{"abcd", password}.is_valid());
  CHECK_FALSE(Credentials{"abc", password}.is_valid());
  CHECK_FALSE(Credentials{"abcd", "short"}.is_valid());
  CHECK_FALSE(Credentials{}.is_valid());
}
