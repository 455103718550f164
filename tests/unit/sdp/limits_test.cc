#include <catch2/catch_test_macros.hpp>

#include "floe/sdp/description_codec.h"
#include "sdp/shapes.h"
#include "sdp/string_makers.h"

namespace floe::sdp {
namespace {

std::string repeated(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string numbered(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text + std::to_string(i);
  return all;
}

ReadDescription parsed(const std::string& text) {
  auto read = parse_description(text);
  if (!read) FAIL(to_text(read.error()));
  return *read;
}

TEST_CASE("a text of the greatest size is read, and no longer one", "[sdp]") {
  std::string text = "v=0\ns=";
  text.resize(kDescriptionSizeMax, 'x');
  CHECK(parse_description(text));
  CHECK(parse_description(text + 'x').error() == Problem{ProblemCode::text_too_long, 0, {}});
  CHECK(parse_fragment(text + 'x').error() == Problem{ProblemCode::text_too_long, 0, {}});
}

TEST_CASE("as many media sections as are allowed are read, and not one more", "[sdp]") {
  const std::string text = "v=0\n" + repeated(kMediaSectionsMax, "m=audio 9 RTP/AVP 0\n");
  CHECK(parsed(text).description.media.size() == kMediaSectionsMax);
  CHECK(parse_description(text + "m=audio 9 RTP/AVP 0\n").error() ==
        Problem{ProblemCode::too_many_sections, kMediaSectionsMax + 2, {}});
}

TEST_CASE("candidates beyond the limit are skipped, each section having its own", "[sdp]") {
  const std::string lines =
      repeated(kCandidatesPerSectionMax + 20, "a=" + std::string(kHostLine) + "\n");
  const ReadDescription read = parsed(description_with(lines + "m=audio 9 RTP/AVP 0\n" + lines));
  CHECK(read.description.media[0].candidates.size() == kCandidatesPerSectionMax);
  CHECK(read.description.media[1].candidates.size() == kCandidatesPerSectionMax);
  CHECK(read.skipped.count() == 40);
  CHECK(read.skipped.kept().size() == kProblemsKept);
}

TEST_CASE("ICE options beyond the limit of session and section are skipped", "[sdp]") {
  const ReadDescription read = parsed("v=0\na=ice-options:" + numbered(kIceOptionsMax - 1, " s") +
                                      "\nm=audio 9 RTP/AVP 0\na=ice-options:one two three\n");
  const MediaSection& section = read.description.media[0];
  CHECK(section.own.ice_options == std::vector<std::string>{"one"});
  CHECK(read.description.ice_options(section).size() == kIceOptionsMax);
  CHECK(read.skipped.kept() == std::vector<Problem>{{ProblemCode::too_many_ice_options, 4, {}}});
  const std::string longest(kIceOptionSizeMax, 'o');
  CHECK(parsed("v=0\na=ice-options:" + longest).skipped.count() == 0);
  CHECK(parsed("v=0\na=ice-options:" + longest + "o").skipped.count() == 1);
}

TEST_CASE("bundles and the mids in them are limited together", "[sdp]") {
  CHECK(parsed("v=0\n" + repeated(kBundlesMax, "a=group:BUNDLE\n")).skipped.count() == 0);
  CHECK(parsed("v=0\n" + repeated(kBundlesMax + 1, "a=group:BUNDLE\n")).skipped.kept()[0].code ==
        ProblemCode::too_many_bundles);
  const std::string all = "v=0\na=group:BUNDLE" + numbered(kMediaSectionsMax, " m");
  CHECK(parsed(all).description.bundles[0].size() == kMediaSectionsMax);
  CHECK(parsed(all + "\na=group:BUNDLE x").skipped.kept()[0].code == ProblemCode::bad_bundle);
}

TEST_CASE("fingerprints, mids, names and m-lines have greatest sizes", "[sdp]") {
  const std::string print = "a=fingerprint:sha-1 AB\n";
  CHECK(parsed("v=0\n" + repeated(kFingerprintsMax, print)).skipped.count() == 0);
  CHECK(parsed("v=0\n" + repeated(kFingerprintsMax + 1, print)).skipped.kept()[0].code ==
        ProblemCode::too_many_fingerprints);

  const std::string algorithm(kFingerprintAlgorithmSizeMax, 'a');
  std::string value = "AB";
  while (value.size() < kFingerprintSizeMax) value += ":AB";
  CHECK(value.size() == kFingerprintSizeMax);
  CHECK(parsed("v=0\na=fingerprint:" + algorithm + " " + value).skipped.count() == 0);
  CHECK(parsed("v=0\na=fingerprint:" + algorithm + "a " + value).skipped.count() == 1);
  CHECK(parsed("v=0\na=fingerprint:" + algorithm + " AB:" + value).skipped.count() == 1);

  const std::string mid(kMidSizeMax, 'm');
  CHECK(parsed(description_with("a=mid:" + mid)).description.media[0].mid == mid);
  CHECK(parse_description(description_with("a=mid:" + mid + "m")).error().code ==
        ProblemCode::bad_mid);

  const std::string name(kHostNameSizeMax, 'n');
  CHECK(parsed("v=0\nc=IN IP4 " + name).description.session.host == name);
  CHECK(parsed("v=0\nc=IN IP4 n" + name).skipped.count() == 1);

  std::string line = "audio 9 RTP/AVP 0";
  line.resize(kMediaLineSizeMax, '0');
  CHECK(parse_description("v=0\nm=" + line));
  CHECK_FALSE(parse_description("v=0\nm=" + line + "0"));
}

TEST_CASE("lines that are not of ICE may have any length", "[sdp]") {
  CHECK(parsed("v=0\na=identity:" + std::string(100'000, 'x') + "\n").skipped.count() == 0);
}

}  // namespace
}  // namespace floe::sdp
