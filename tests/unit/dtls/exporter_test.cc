#include <catch2/catch_test_macros.hpp>

#include "dtls/two_ends.h"

using namespace floe;
using namespace floe::dtls;
using namespace floe::testing;

namespace {

// RFC 5764, section 4.2.
constexpr std::string_view kSrtpLabel = "EXTRACTOR-dtls_srtp";

}  // namespace

TEST_CASE("both ends export the same keying material", "[dtls]") {
  TwoEnds ends;
  CHECK_FALSE(ends.client.session->export_keying_material(kSrtpLabel, 60));
  REQUIRE(ends.connect());
  const auto of_client = ends.client.session->export_keying_material(kSrtpLabel, 60);
  const auto of_server = ends.server.session->export_keying_material(kSrtpLabel, 60);
  REQUIRE(of_client);
  CHECK(of_client->size() == 60);
  CHECK(of_client == of_server);
  CHECK(ends.client.session->export_keying_material("EXPERIMENTAL floe", 60) != of_client);
}

TEST_CASE("each association exports keying material of its own", "[dtls]") {
  DtlsWorld world;
  TwoEnds one(world);
  world.seed = 2;
  TwoEnds two(world);
  REQUIRE(one.connect());
  REQUIRE(two.connect());
  CHECK(one.client.session->export_keying_material(kSrtpLabel, 60) !=
        two.client.session->export_keying_material(kSrtpLabel, 60));
}

TEST_CASE("the labels of TLS itself export nothing", "[dtls]") {
  TwoEnds ends;
  REQUIRE(ends.connect());
  for (const char* label : {"master secret", "key expansion", "client finished"}) {
    CHECK_FALSE(ends.client.session->export_keying_material(label, 48));
  }
}

TEST_CASE("the ends agree on a profile of SRTP that both have", "[dtls]") {
  DtlsWorld world;
  world.client.srtp_profiles = {SrtpProfile::aes128_cm_hmac_sha1_80,
                                SrtpProfile::aes128_cm_hmac_sha1_32};
  world.server.srtp_profiles = {SrtpProfile::aes128_cm_hmac_sha1_32};
  TwoEnds ends(world);
  REQUIRE(ends.connect());
  CHECK(ends.client.secured->srtp_profile == SrtpProfile::aes128_cm_hmac_sha1_32);
  CHECK(ends.server.secured->srtp_profile == SrtpProfile::aes128_cm_hmac_sha1_32);
}

TEST_CASE("a peer without SRTP is secured without a profile", "[dtls]") {
  DtlsWorld world;
  world.client.srtp_profiles = {SrtpProfile::aes128_cm_hmac_sha1_80};
  TwoEnds ends(world);
  REQUIRE(ends.connect());
  CHECK_FALSE(ends.client.secured->srtp_profile);
  CHECK_FALSE(ends.server.secured->srtp_profile);
}
