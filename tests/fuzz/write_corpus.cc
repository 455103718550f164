// Writes the vectors as files for the fuzzers to start from:
//
//   floe_fuzz_corpus DIRECTORY    makes DIRECTORY/stun/message, DIRECTORY/candidate/line,
//                                 DIRECTORY/sdp/{description,fragment}, DIRECTORY/mdns/message,
//                                 DIRECTORY/tunnel/server and DIRECTORY/consent/gate
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

/// Inputs of tunnel_server_fuzz: 0 greets, then 0xf0 and more say a record (fuzzed_records.h) and
/// the others are its steps.
void write_tunnel_sessions(Folder folder) {
  constexpr std::uint8_t kBind = 0xf0, kClose = 0xf1, kPeerOpen = 0xf2, kPeerClose = 0xf3;
  constexpr std::uint8_t kSend = 0xf4, kSendShort = 0xf5, kResolve = 0xf6, kTcpOpen = 0xf7;
  constexpr std::uint8_t kTcpData = 0xf8, kTcpCredit = 0xf9, kTcpClose = 0xfa, kPing = 0xfb;
  constexpr std::uint8_t kAlarm = 0xfc, kError = 0xfd, kPong = 0xfe;
  // Steps of the target: of socket 1, or of the connection.
  constexpr std::uint8_t kBound = 0x13, kArrives = 0x11, kPermission = 0x19;
  constexpr std::uint8_t kFlush = 8, kTime = 9, kGoAway = 11, kResolved = 12;
  constexpr std::uint8_t kTcpMoves = 13, kTcpArrives = 0x1c, kTcpEnds = 14;
  using Input = ByteVector;
  // A socket, its peers, datagrams both ways, and its end.
  folder.write(Input{0,      kBind,       0,        kBound,      kPeerOpen, 0,          0, 0, kSend,
                     1,      0,           0,        0,           4,         kSendShort, 0, 0, 0,
                     1,      7,           kArrives, 3,           1,         2,          3, 1, 0,
                     kFlush, kPermission, 0,        kPermission, 0,         kSendShort, 0, 0, 4,
                     0,      kPeerClose,  0,        0,           kArrives,  1,          5, 1, 2,
                     kTime,  0x13,        0x88,     kClose,      0,         kFlush});
  // So many bytes that credit is given back.
  folder.write(Input{0, kBind, 0,    kBound, kSend, 0, 0, 0, 0x3f, 0xff, kSend, 0,
                     0, 0,     0x3f, 0xff,   kSend, 0, 0, 0, 0x3f, 0xff, kSend, 0,
                     0, 0,     0x3f, 0xff,   kSend, 0, 0, 0, 0x3f, 0xff, kFlush});
  // A connection that opens, carries data both ways, and is closed by the client.
  folder.write(Input{0,           kTcpOpen, 0,        0,          0,    0x0f,     0xff,
                     kTcpMoves,   kTcpData, 0,        0x20,       0,    kTcpData, 0,
                     0x20,        0,        kTcpData, 0,          0x20, 0,        kTcpMoves,
                     kTcpArrives, 0,        200,      kTcpCredit, 0,    1,        0,
                     kTcpArrives, 1,        0,        kTcpClose,  0,    kFlush});
  // One that the network closes.
  folder.write(Input{0, kTcpOpen, 0, 1, 0, 0, 9, kTcpMoves, kTcpEnds, kTcpClose, 0, kFlush});
  // The rest.
  folder.write(Input{0, kResolve, 0, kResolved, 1,      1,     0, kPing, 1,       kAlarm, 5,
                     1, kTime,    0, 10,        kError, kPong, 1, 1,     kGoAway, kFlush});
}

/// Inputs of consent_gate_fuzz.
void write_consents(Folder folder) {
  // What a message has: all that a check has, and all that an answer has.
  constexpr std::uint8_t kWhole = (1 | 4 | 8) << 2;
  constexpr std::uint8_t kSuccess = (4 | 8) << 2 | 2;
  // Ten checks of peer 1 and their answers, each after five seconds, and data.
  ByteVector consents;
  for (std::uint8_t i = 0; i < 10; ++i) {
    const ByteVector one{1,    1, kWhole, 0, i,    5, 1, 3,    1,    2, 0xff,
                         0xff, 4, 1,      1, 0xff, 0, 0, 0x13, 0x88, 7, 1};
    consents.insert(consents.end(), one.begin(), one.end());
  }
  folder.write(consents);
  // A check of the peer that is answered; an Allocate with its answer, ChannelData; a scan.
  folder.write(ByteVector{2, 1, kWhole, 0, 9, 1, 1, kSuccess, 0, 9});
  folder.write(ByteVector{1, 1, 0, 2, 3, 5, 1, 3, 1, 5, 0x40, 0, 0, 1, 7});
  folder.write(ByteVector{6, 0, 250, 0, 0, 0xff, 0xff, 6, 0, 250, 6, 0, 250, 6, 0, 250});
}

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
  write_tunnel_sessions(Folder(root / "tunnel" / "server"));
  write_consents(Folder(root / "consent" / "gate"));
  return 0;
}
