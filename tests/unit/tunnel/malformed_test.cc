#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "encoded_records.h"
#include "floe/tunnel/records/record_reader.h"

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

struct Row {
  const char* what;
  ByteVector message;
  RecordError error;
};

using enum RecordType;

ByteVector zeros(std::size_t size) {
  return ByteVector(size, 0);
}
ByteVector text_of(std::string_view text) {
  ByteVector bytes(1 + text.size());
  bytes[0] = static_cast<std::uint8_t>(text.size());
  std::ranges::copy(text, bytes.begin() + 1);
  return bytes;
}

// Fields that several rows share.
const ByteVector kIp4{4, 192, 0, 2, 1};
const ByteVector kAddress4{4, 192, 0, 2, 1, 0x13, 0x88};
const ByteVector kId{0, 1};
const ByteVector kWelcomeStart{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
const ByteVector kWelcomeLimits{4, 0, 0, 8, 1, 0};
const ByteVector kWelcomeWindow{0, 4, 0, 0};
const ByteVector kWelcomeInterval{0, 0, 0x4e, 0x20};

ByteVector welcome_with(const ByteVector& limits, const ByteVector& window,
                        const ByteVector& interval, const ByteVector& list) {
  return raw(RecordType::welcome, joined({kWelcomeStart, limits, window, interval, list}));
}

ByteVector error_with(std::string_view text) {
  return raw(RecordType::error, joined({{0, 1, 0, 0, 0, 0, 0}, text_of(text)}));
}

std::vector<Row> bad_headers_and_ids() {
  using E = RecordError;
  return {
      {"nothing", {}, E::empty_message},
      {"more than a message", zeros(kMaxMessageSize + 1), E::message_too_long},
      {"half a header", {3, 0, 0}, E::truncated_header},
      {"one byte", {3}, E::truncated_header},
      {"half a header after a record", joined({encode(Ping{1}), {4, 0}}), E::truncated_header},
      {"a length past the end", {3, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0}, E::truncated_record},
      {"an unknown type past the end", {0x7f, 0, 0, 1}, E::truncated_record},
      {"ping of seven bytes", raw(ping, zeros(7)), E::missing_fields},
      {"ping of nine bytes", raw(ping, zeros(9)), E::trailing_bytes},
      {"an empty hello", raw(hello, {}), E::missing_fields},
      {"a hello whose token is cut", raw(hello, {1, 1, 0, 0, 0, 0, 0, 2, 9}), E::missing_fields},
      {"hello with version 0", raw(hello, {0, 1, 0, 0, 0, 0, 0, 0}), E::bad_range},
      {"hello with versions 2 to 1", raw(hello, {2, 1, 0, 0, 0, 0, 0, 0}), E::bad_range},
      {"a token of 4097 bytes", raw(hello, joined({{1, 1, 0, 0, 0, 0, 0x10, 0x01}, zeros(4097)})),
       E::text_too_long},
      {"a flag on ping", raw(ping, zeros(8), 1), E::unknown_flags},
      {"the flag of RECEIVED on SEND", raw(send, joined({kId, kAddress4}), kFlagAtBound),
       E::unknown_flags},
      {"a high flag on RECEIVED", raw(received, joined({kId, kAddress4, kAddress4}), 0x80),
       E::unknown_flags},
      {"a send of 65,508 bytes", raw(send, joined({kId, kAddress4, zeros(65508)})),
       E::datagram_too_long},
      {"a stamped send that ends in its stamp", raw(send, {0, 1, 0, 0}, kFlagStamped),
       E::missing_fields},
      {"socket 0 is bound", raw(bind, joined({{0, 0}, kIp4, {0, 0, 0, 0}})), E::zero},
      {"socket 0 sends", raw(send, joined({{0, 0}, kAddress4})), E::zero},
      {"peer 0 opens", raw(peer_open, joined({kId, {0, 0}, kAddress4})), E::zero},
      {"peer 0 is sent to", raw(send_short, {0, 1, 0, 0}), E::zero},
      {"connection 0", raw(tcp_data, {0, 0, 1}), E::zero},
      {"family 5", raw(send, joined({kId, {5, 192, 0, 2, 1, 0, 9}})), E::bad_family},
      {"no family where one must be", raw(bound, joined({kId, {0}, zeros(7)})), E::bad_family},
      {"family 6 with four bytes", raw(send, joined({kId, {6, 192, 0, 2, 1, 0, 9}})),
       E::missing_fields},
      {"a name where an address must be", raw(send, joined({kId, text_of("localhost")})),
       E::bad_family},
      {"ports 9 to 8", raw(bind, joined({kId, kIp4, {0, 9, 0, 8}})), E::bad_range},
      {"ports 0 to 8", raw(bind, joined({kId, kIp4, {0, 0, 0, 8}})), E::bad_range},
  };
}

std::vector<Row> bad_values() {
  using E = RecordError;
  return {
      {"33 addresses in WELCOME",
       welcome_with(kWelcomeLimits, kWelcomeWindow, kWelcomeInterval, joined({{33}, zeros(600)})),
       E::too_many_addresses},
      {"17 addresses in RESOLVED", raw(resolved, joined({kId, {0, 17}, zeros(200)})),
       E::too_many_addresses},
      {"a list shorter than its count",
       welcome_with(kWelcomeLimits, kWelcomeWindow, kWelcomeInterval, joined({{2}, kIp4, {0}})),
       E::missing_fields},
      {"a window of 1 KiB", welcome_with(kWelcomeLimits, {0, 0, 4, 0}, kWelcomeInterval, {0}),
       E::window_too_small},
      {"a keep-alive of nothing", welcome_with(kWelcomeLimits, kWelcomeWindow, zeros(4), {0}),
       E::zero},
      {"no sockets", welcome_with({4, 0, 0, 0, 1, 0}, kWelcomeWindow, kWelcomeInterval, {0}),
       E::zero},
      {"an error text of 201 bytes", error_with(std::string(201, 'x')), E::text_too_long},
      {"an interface name of 64 bytes",
       welcome_with(kWelcomeLimits, kWelcomeWindow, kWelcomeInterval,
                    joined({{1}, kIp4, text_of(std::string(64, 'x'))})),
       E::text_too_long},
      {"a line break in a text", error_with("a\nb"), E::bad_text},
      {"a cut character in a text", error_with("\xc3"), E::bad_text},
      {"an overlong slash", error_with("\xc0\xaf"), E::bad_text},
      {"a surrogate", error_with("\xed\xa0\x80"), E::bad_text},
      {"beyond Unicode", error_with("\xf4\x90\x80\x80"), E::bad_text},
      {"a name with a space", raw(resolve, joined({kId, {0}, text_of("a b")})), E::bad_name},
      {"an empty name", raw(resolve, joined({kId, {0, 0}})), E::bad_name},
      {"a lookup of family 5", raw(resolve, joined({kId, {5}, text_of("a")})), E::bad_family},
      {"permission state 3", raw(permission, joined({kId, kId, {3, 0}, zeros(4)})),
       E::unknown_value},
      {"permission reason 6", raw(peer_opened, joined({kId, kId, {2, 6}, zeros(4)})),
       E::unknown_value},
      {"close reason 7", raw(socket_closed, {0, 1, 7}), E::unknown_value},
      {"TCP close reason 8", raw(tcp_close, {0, 1, 8}), E::unknown_value},
      {"lookup status 4", raw(resolved, {0, 1, 4, 0}), E::unknown_value},
      {"TCP kind 0", raw(tcp_open, joined({kId, {0}, kAddress4, {0, 0, 0, 1, 0}})),
       E::unknown_value},
      {"TCP kind 4", raw(tcp_open, joined({kId, {4}, kAddress4, {0, 0, 0, 1, 0}})),
       E::unknown_value},
      {"a name without TLS",
       raw(tcp_open, joined({kId, {2}, kAddress4, {0, 0, 0, 1}, text_of("a.example")})),
       E::misplaced_server_name},
      {"TLS without a name", raw(tcp_open, joined({kId, {3}, kAddress4, {0, 0, 0, 1, 0}})),
       E::misplaced_server_name},
      {"TCP without a window", raw(tcp_open, joined({kId, {1}, kAddress4, {0, 0, 0, 0, 0}})),
       E::zero},
      {"credit of nothing", raw(credit, zeros(4)), E::zero},
      {"TCP credit of nothing", raw(tcp_credit, joined({kId, zeros(4)})), E::zero},
      {"TCP data of nothing", raw(tcp_data, kId), E::empty_data},
      {"drop counters shorter than their count", raw(dropped, {0, 1, 2, 1, 0, 0, 0, 9}),
       E::missing_fields},
  };
}

std::vector<Row> rows() {
  std::vector<Row> all = bad_headers_and_ids();
  std::ranges::move(bad_values(), std::back_inserter(all));
  return all;
}

}  // namespace

TEST_CASE("every malformed message has its own error", "[tunnel]") {
  for (const Row& row : rows()) {
    CAPTURE(row.what);
    RecordReader reader{row.message};
    auto record = reader.next();
    while (record && *record) record = reader.next();
    REQUIRE(record);
    CHECK(to_text(record->error()) == to_text(row.error));
    CHECK_FALSE(reader.next());
  }
}

TEST_CASE("every error of the codec is provoked by some message", "[tunnel]") {
  std::set<RecordError> provoked;
  for (const Row& row : rows()) provoked.insert(row.error);
  CHECK(provoked.size() == static_cast<std::size_t>(RecordError::misplaced_server_name) + 1);
}

TEST_CASE("no beginning of a record is a record", "[tunnel]") {
  const ByteVector payload(40, 1);
  const ByteVector message =
      encode(Received{SocketId{1}, Stamp{5}, TransportAddress{}, TransportAddress{}, payload});
  for (std::size_t size = 0; size < message.size(); ++size) {
    RecordReader reader{Bytes{message}.first(size)};
    const auto record = reader.next();
    REQUIRE(record);
    CHECK_FALSE(*record);
  }
}
