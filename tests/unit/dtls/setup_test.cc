#include "floe/dtls/setup.h"

#include <catch2/catch_test_macros.hpp>

using namespace floe::dtls;

TEST_CASE("setup is written and read as three words", "[dtls]") {
  for (const Setup setup : {Setup::actpass, Setup::active, Setup::passive}) {
    CHECK(parse_setup(to_text(setup)) == setup);
  }
  CHECK(to_text(Setup::actpass) == "actpass");
  CHECK(parse_setup("Active") == Setup::active);
  CHECK_FALSE(parse_setup("holdconn"));
  CHECK_FALSE(parse_setup(""));
}

TEST_CASE("who says active is the client, and the other one the server", "[dtls]") {
  CHECK(offerer_role(Setup::actpass, Setup::active) == Role::server);
  CHECK(answerer_role(Setup::actpass, Setup::active) == Role::client);
  CHECK(offerer_role(Setup::actpass, Setup::passive) == Role::client);
  CHECK(answerer_role(Setup::actpass, Setup::passive) == Role::server);
  CHECK(offerer_role(Setup::active, Setup::passive) == Role::client);
  CHECK(offerer_role(Setup::passive, Setup::active) == Role::server);
}

TEST_CASE("an answer that leaves the roles open gives none", "[dtls]") {
  CHECK_FALSE(offerer_role(Setup::actpass, Setup::actpass));
  CHECK_FALSE(offerer_role(Setup::active, Setup::active));
  CHECK_FALSE(answerer_role(Setup::passive, Setup::passive));
}

TEST_CASE("every answer of this end gives the two ends two roles", "[dtls]") {
  CHECK(answer_to(Setup::actpass) == Setup::active);
  for (const Setup offer : {Setup::actpass, Setup::active, Setup::passive}) {
    const auto offerer = offerer_role(offer, answer_to(offer));
    const auto answerer = answerer_role(offer, answer_to(offer));
    REQUIRE(offerer);
    REQUIRE(answerer);
    CHECK(*offerer != *answerer);
  }
}
