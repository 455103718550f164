#include "floe/turn/stream_framing.h"

#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "stun/hex.h"

using namespace floe;
using namespace floe::turn;
using namespace floe::testing;

namespace {

constexpr std::string_view kMessage =
    "0113000c2112a442000102030405060708090a0b"
    "000900080000042553746172";
constexpr std::string_view kPaddedData = "400100050102030405000000";
constexpr std::string_view kData = "400100050102030405";
constexpr std::string_view kEmptyData = "4fff0000";

ByteVector stream_of(std::initializer_list<std::string_view> parts) {
  ByteVector bytes;
  for (const std::string_view part : parts) {
    const ByteVector more = from_hex(part);
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  return bytes;
}

std::vector<std::string> frames_of(StreamReassembler& stream) {
  std::vector<std::string> frames;
  while (const auto frame = stream.next()) frames.push_back(to_hex(*frame));
  return frames;
}

}  // namespace

TEST_CASE("a stream is cut into the same frames wherever it is split", "[turn]") {
  const ByteVector bytes = stream_of({kMessage, kPaddedData, kEmptyData, kMessage, kPaddedData});
  const std::vector<std::string> expected = {std::string(kMessage), std::string(kData),
                                             std::string(kEmptyData), std::string(kMessage),
                                             std::string(kData)};
  for (std::size_t chunk = 1; chunk <= bytes.size(); ++chunk) {
    CAPTURE(chunk);
    StreamReassembler stream;
    std::vector<std::string> frames;
    for (std::size_t at = 0; at < bytes.size(); at += chunk) {
      stream.append(Bytes(bytes).subspan(at, std::min(chunk, bytes.size() - at)));
      for (auto& frame : frames_of(stream)) frames.push_back(std::move(frame));
    }
    CHECK(frames == expected);
    CHECK_FALSE(stream.broken());
    CHECK(stream.buffered() == 0);
  }
}

TEST_CASE("ChannelData in a stream waits for its padding", "[turn]") {
  StreamReassembler stream;
  stream.append(from_hex(kData));
  CHECK_FALSE(stream.next());
  stream.append(from_hex("000000"));
  const auto frame = stream.next();
  REQUIRE(frame);
  CHECK(to_hex(*frame) == kData);
}

TEST_CASE("a stream that is out of step is broken for good, and keeps nothing", "[turn]") {
  for (const char* garbage : {
           "16030100",          // TLS
           "80000000",          // RTP
           "50000000",          // no channel
           "00010002",          // a length that no message has
           "000100002112a443",  // another cookie
           "0001000045000000",
       }) {
    CAPTURE(garbage);
    StreamReassembler stream;
    stream.append(stream_of({kMessage, garbage, kMessage}));
    CHECK(frames_of(stream) == std::vector<std::string>{std::string(kMessage)});
    CHECK(stream.broken());
    stream.append(from_hex(kMessage));
    CHECK_FALSE(stream.next());
    CHECK(stream.buffered() == 0);
  }
}

TEST_CASE("a frame that is too long is refused before it has come", "[turn]") {
  for (const char* header : {"00010064", "40000064", "000100642112a442"}) {
    CAPTURE(header);
    StreamReassembler stream(64);
    stream.append(from_hex(header));
    CHECK_FALSE(stream.next());
    CHECK(stream.broken());
  }
  StreamReassembler longest;
  longest.append(from_hex("4000ffff"));
  longest.append(ByteVector(0x10000));
  const auto frame = longest.next();
  REQUIRE(frame);
  CHECK(frame->size() == 0x10000 + 3);
  CHECK(longest.buffered() == 0);
}
