#include "security_members.h"

#include <cstdint>
#include <memory>
#include <optional>

#include "floe/types/bytes.h"

namespace floe::c {
namespace {

Bytes view_of(const void* bytes, std::size_t size) {
  return {static_cast<const std::uint8_t*>(bytes), size};
}

/// A pointer and a size that is not 0, or neither.
bool is_whole(const void* pointer, std::size_t size) {
  return (pointer != nullptr) == (size != 0);
}

/// Null: `problem` says why.
std::shared_ptr<const peer::Identity> read_identity(const SecurityMembers& members,
                                                    RandomSource& random, std::string& problem) {
  if (!is_whole(members.certificate, members.certificate_size) ||
      !is_whole(members.key, members.key_size) ||
      (members.certificate == nullptr) != (members.key == nullptr)) {
    problem = "`certificate` and `key`, and the size of each, must be set together";
    return nullptr;
  }
  if (members.certificate == nullptr) {
    auto made = peer::generate_identity(random);
    if (!made) problem = "this library was built without DTLS, or there is no memory";
    return made;
  }
  auto parsed = peer::parse_identity(random, view_of(members.certificate, members.certificate_size),
                                     view_of(members.key, members.key_size), problem);
  if (!parsed) problem = "`certificate` and `key`: " + problem;
  return parsed;
}

/// Empty: nothing is wrong.
std::string read_expected(const SecurityMembers& members, std::vector<std::string>& expected) {
  if (members.expected_fingerprints == nullptr && members.expected_fingerprint_count != 0) {
    return "`expected_fingerprints` is NULL, and its count not 0";
  }
  for (std::size_t i = 0; i < members.expected_fingerprint_count; ++i) {
    const char* text = members.expected_fingerprints[i];
    if (text == nullptr) return "`expected_fingerprints` has a NULL in it";
    if (!peer::is_fingerprint(text)) {
      return "`expected_fingerprints`: \"" + std::string(text) +
             "\" is not the SHA-256 of a certificate, as \"AB:CD:...\"";
    }
    expected.emplace_back(text);
  }
  return {};
}

}  // namespace

bool SecurityMembers::is_any_set() const {
  return certificate != nullptr || certificate_size != 0 || key != nullptr || key_size != 0 ||
         expected_fingerprints != nullptr || expected_fingerprint_count != 0;
}

Result<peer::SecurityOptions, std::string> read_security(const SecurityMembers& members,
                                                         RandomSource& random) {
  peer::SecurityOptions options;
  std::string problem;
  // First, for a library without DTLS calls no text a fingerprint.
  options.identity = read_identity(members, random, problem);
  if (!options.identity) return problem;
  problem = read_expected(members, options.expected);
  if (!problem.empty()) return problem;
  return options;
}

}  // namespace floe::c
