// The messages of multicast DNS (RFC 6762, section 18), as far as names of addresses need them:
// questions, and records of types A and AAAA. Records of other types are skipped.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "floe/mdns/name.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/result.h"

namespace floe::mdns {

enum class RecordType : std::uint16_t { a = 1, aaaa = 28, nsec = 47, any = 255 };

/// A, or AAAA.
RecordType type_of(Family family);

struct Question {
  Name name;
  RecordType type = RecordType::a;  ///< may be another number
  /// The top bit of the class (RFC 6762, section 5.4): an answer by unicast is welcome.
  bool wants_unicast = false;

  bool operator==(const Question&) const = default;
};

struct AddressRecord {
  Name name;
  IpAddress address;
  std::uint32_t ttl = 0;  ///< in seconds; 0 takes the record back

  bool operator==(const AddressRecord&) const = default;
};

struct Message {
  std::uint16_t id = 0;
  bool is_response = false;
  std::vector<Question> questions;       ///< of class IN
  std::vector<AddressRecord> addresses;  ///< of the answers and the additional records
};

enum class MessageError : std::uint8_t {
  too_long,   ///< more than kMessageSizeMax
  truncated,  ///< shorter than it says
  bad_name,
  too_many,      ///< more than kQuestionsMax or kRecordsMax
  not_ordinary,  ///< RFC 6762, sections 18.3 and 18.11: an opcode or response code other than 0
};

Result<Message, MessageError> parse_message(Bytes message);

/// One question about one type: responders of browsers read no more than that.
ByteVector write_query(const Question& question, std::uint16_t id);

/// How a response goes, and so what it must have.
enum class ResponseKind : std::uint8_t {
  multicast,  ///< to the group, or by unicast to the port 5353
  /// To a simple resolver, which asks from another port: with the id and the question, and without
  /// the bit that RFC 6762 adds to the class.
  legacy,
};

struct Response {
  ResponseKind kind = ResponseKind::multicast;
  std::uint16_t id = 0;  ///< for `legacy`
  Question question;
  IpAddress address;  ///< the one address that the name has
};

/// Answers with the address, or says that the name has no address of the family that was asked for.
/// In both cases, the message also has the other of these two records.
ByteVector write_response(const Response& response);

}  // namespace floe::mdns
