#include "identity_files.h"

#include <fstream>
#include <iterator>
#include <optional>

namespace floe::cli {
namespace {

std::optional<ByteVector> read_file(const std::string& file, std::string& problem) {
  std::ifstream in(file, std::ios::binary);
  ByteVector bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in && !bytes.empty()) return bytes;
  problem = file + " cannot be read, or is empty";
  return std::nullopt;
}

}  // namespace

std::shared_ptr<const peer::Identity> read_identity(RandomSource& random,
                                                    const std::string& certificate_file,
                                                    const std::string& key_file,
                                                    std::string& problem) {
  const auto certificate = read_file(certificate_file, problem);
  if (!certificate) return nullptr;
  const auto key = read_file(key_file, problem);
  if (!key) return nullptr;
  auto identity = peer::parse_identity(random, *certificate, *key, problem);
  if (!identity) problem = certificate_file + " with " + key_file + ": " + problem;
  return identity;
}

}  // namespace floe::cli
