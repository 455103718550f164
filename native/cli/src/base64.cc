#include "base64.h"

#include <mbedtls/base64.h>

namespace floe::cli {

std::string encode_base64(Bytes bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // mbedTLS ends it with a zero
  std::size_t size = 0;
  (void)mbedtls_base64_encode(reinterpret_cast<unsigned char*>(text.data()), text.size(), &size,
                              bytes.data(), bytes.size());
  text.resize(size);
  return text;
}

std::optional<ByteVector> decode_base64(std::string_view text) {
  ByteVector bytes(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  if (text.size() % 4 != 0 ||
      mbedtls_base64_decode(bytes.data(), bytes.size(), &size,
                            reinterpret_cast<const unsigned char*>(text.data()),
                            text.size()) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace floe::cli
