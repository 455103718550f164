// AES-128-GCM of OpenSSL, as a record of DTLS needs it.
#include <openssl/evp.h>

#include <array>
#include <vector>

#include "measure/each.h"
#include "measure/figures.h"
#include "openssl/rows.h"

namespace floe::bench {
namespace {

constexpr int kTagSize = 16;

/// One context keeps the key schedule, as an association does.
class Cipher {
 public:
  explicit Cipher(bool seals) : seals_(seals) {
    const std::array<std::uint8_t, 16> key{1};
    require(EVP_CipherInit_ex(context_, EVP_aes_128_gcm(), nullptr, key.data(), nullptr,
                              seals ? 1 : 0) == 1,
            "no AES-GCM");
  }
  ~Cipher() { EVP_CIPHER_CTX_free(context_); }
  Cipher(const Cipher&) = delete;
  Cipher& operator=(const Cipher&) = delete;

  void run(std::span<const std::uint8_t> in, std::span<std::uint8_t> out,
           std::array<std::uint8_t, kTagSize>& tag) {
    constexpr std::array<std::uint8_t, 12> kNonce{2};
    constexpr std::array<std::uint8_t, 13> kHeader{3};
    int size = 0;
    const int wanted = static_cast<int>(in.size());
    EVP_CipherInit_ex(context_, nullptr, nullptr, nullptr, kNonce.data(), -1);
    if (!seals_) EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data());
    EVP_CipherUpdate(context_, nullptr, &size, kHeader.data(), static_cast<int>(kHeader.size()));
    EVP_CipherUpdate(context_, out.data(), &size, in.data(), wanted);
    require(size == wanted && EVP_CipherFinal_ex(context_, out.data(), &size) == 1, "not taken");
    if (seals_) EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_AEAD_GET_TAG, kTagSize, tag.data());
  }

 private:
  EVP_CIPHER_CTX* context_ = EVP_CIPHER_CTX_new();
  bool seals_;
};

}  // namespace

void measure_openssl_aes_gcm(const Options& options) {
  const std::size_t calls = options.count("calls", 200'000);
  const std::vector<std::uint8_t> plain(options.count("bytes", 1200), 0x80);
  std::vector<std::uint8_t> sealed(plain.size());
  std::vector<std::uint8_t> opened(plain.size());
  std::array<std::uint8_t, kTagSize> tag{};
  Cipher sealing(true);
  Cipher opening(false);
  Figures figures;
  figures.add("seal_ns", ns_each(calls, [&] { sealing.run(plain, sealed, tag); }));
  figures.add("open_ns", ns_each(calls, [&] { opening.run(sealed, opened, tag); }));
  require(opened == plain, "not the same");
  figures.print();
}

}  // namespace floe::bench
