// Writes the vectors as files for the fuzzers to start from:
//
//   floe_fuzz_corpus DIRECTORY    makes DIRECTORY/stun/message, DIRECTORY/candidate/line,
//                                 DIRECTORY/sdp/{description,fragment} and DIRECTORY/mdns/message
#include <filesystem>
#include <fstream>
#include <iostream>

#include "floe/mdns/message.h"
#include "sdp/shapes.h"
#include "stun/hex.h"
#include "stun_vectors.h"

namespace {

using namespace floe;

constexpr std::string_view kCandidateLines[] = {
    "candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host",
    "a=candidate:2 1 UDP 1694498815 198.51.100.7 61000 typ srflx raddr 192.0.2.1 rport 50000",
    "candidate:9 2 udp 41885439 2001:db8::9 49203 typ relay raddr :: rport 9 generation 0 ufrag ab",
    "candidate:7 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active",
    "candidate:3 1 udp 2113937151 9b36eaac-bb2e.local 51400 typ host generation 0 network-cost 999",
};

/// DTLS attributes of the session and of sections.
constexpr std::string_view kSecured =
    "v=0\r\na=ice-ufrag:8hhY\r\na=ice-pwd:0123456789abcdefghijkl\r\na=setup:passive\r\n"
    "a=fingerprint:sha-1 AA:BB\r\na=tls-id:abc3de65+/-_00001be82\r\n"
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=setup:actpass\r\n"
    "a=fingerprint:sha-256 cc:DD\r\na=fingerprint:new-1 EE\r\na=tls-id:01234567890123456789\r\n"
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=setup:active\r\n";

constexpr std::string_view kFragments[] = {
    "a=group:BUNDLE 1 2\r\na=ice-lite\r\na=ice-pwd:0123456789abcdefghijkl\r\na=ice-ufrag:8hhY\r\n"
    "a=ice-options:trickle\r\na=ice-pacing:50\r\nm=audio 9 RTP/AVP 0\r\na=mid:1\r\n"
    "a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host ufrag 8hhY\r\na=end-of-candidates\r\n"
    "m=audio 9 RTP/AVP 0\r\na=mid:2\r\na=rtcp-mux\r\na=rtcp:9 IN IP4 0.0.0.0\r\n",
    "a=ice-ufrag:8hhY\na=ice-pwd:0123456789abcdefghijkl\na=end-of-candidates\n",
};

class Folder {
 public:
  explicit Folder(const std::filesystem::path& path) : path_(path) {
    std::filesystem::create_directories(path_);
  }
  void write(Bytes bytes) {
    std::ofstream file(path_ / std::to_string(count_++), std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }

 private:
  std::filesystem::path path_;
  int count_ = 0;
};

/// About the name that the fuzz target asks for.
void write_mdns_messages(Folder folder) {
  const auto name = *mdns::Name::parse("4f3c.local");
  for (const IpAddress& ip : {IpAddress::v4(192, 168, 1, 2), *IpAddress::parse("fd00::2")}) {
    const mdns::Question question{name, mdns::type_of(ip.family()), true};
    folder.write(mdns::write_query(question, 0));
    for (const auto kind : {mdns::ResponseKind::multicast, mdns::ResponseKind::legacy}) {
      folder.write(mdns::write_response({kind, 0, question, ip}));
      folder.write(mdns::write_response({kind, 0, {name, mdns::RecordType::a, false}, ip}));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: floe_fuzz_corpus DIRECTORY\n";
    return 2;
  }
  const std::filesystem::path root(argv[1]);
  Folder messages(root / "stun" / "message");
  for (const auto& vector : vectors::kStunMessages) messages.write(testing::from_hex(vector.hex));
  for (const auto& vector : vectors::kMalformedMessages) {
    messages.write(testing::from_hex(vector.hex));
  }
  for (const auto& vector : vectors::kMalformedAttributes) {
    messages.write(testing::from_hex(vector.hex));
  }
  for (const auto& vector : vectors::kRejectedChecks) messages.write(testing::from_hex(vector.hex));
  Folder lines(root / "candidate" / "line");
  for (const std::string_view line : kCandidateLines) lines.write(as_bytes(line));
  Folder descriptions(root / "sdp" / "description");
  for (const std::string_view text : {sdp::kChromiumOffer, sdp::kChromiumGathered,
                                      sdp::kFirefoxOffer, sdp::kLiteAnswer, kSecured}) {
    descriptions.write(as_bytes(text));
  }
  Folder fragments(root / "sdp" / "fragment");
  for (const std::string_view text : kFragments) fragments.write(as_bytes(text));
  write_mdns_messages(Folder(root / "mdns" / "message"));
  return 0;
}
