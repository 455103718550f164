// What is pasted into `floe agent --signal sdp`, text by text.
#include "sdp_blocks.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/sdp/offer_answer.h"

namespace floe::cli {

TEST_CASE("pasted texts end with an empty line, a dot, or the next one", "[native][cli]") {
  SdpBlocks blocks;
  CHECK_FALSE(blocks.add(""));
  CHECK_FALSE(blocks.add("v=0"));
  CHECK_FALSE(blocks.add("s=-"));
  CHECK(blocks.add("") == "v=0\ns=-\n");
  CHECK_FALSE(blocks.add("."));
  CHECK_FALSE(blocks.add("a=x"));
  CHECK(blocks.add(".") == "a=x\n");
  CHECK_FALSE(blocks.add("v=0"));
  CHECK(blocks.add("v=0") == "v=0\n");
  CHECK(blocks.finish() == "v=0\n");
  CHECK_FALSE(blocks.finish());

  const std::string line(100'000, 'x');
  for (int i = 0; i < 10; ++i) CHECK_FALSE(blocks.add("a=" + line));
  const auto long_text = blocks.finish();
  REQUIRE(long_text);
  CHECK(long_text->size() < 400'000);
  CHECK(sdp::OfferAnswer({}).read(*long_text).error == "the text is longer than 256 KiB");
}

}  // namespace floe::cli
