// The hash functions of mbedTLS with one common interface, so that code on top of them is written
// once.
//
// These are the low-level functions: the message digest layer above them costs two thirds more time
// a message, and brings every other digest into the WebAssembly. They fail only where hardware does
// their work, so their results are not checked.
#pragma once

#include <mbedtls/md5.h>
#include <mbedtls/sha1.h>
#include <mbedtls/sha256.h>

#include <span>

#include "floe/api/crypto.h"

namespace floe {

struct Md5 {
  using Context = mbedtls_md5_context;
  using Digest = Md5Digest;

  static void start(Context& context) {
    mbedtls_md5_init(&context);
    (void)mbedtls_md5_starts(&context);
  }
  static void update(Context& context, Bytes bytes) {
    (void)mbedtls_md5_update(&context, bytes.data(), bytes.size());
  }
  static void finish(Context& context, Digest& digest) {
    (void)mbedtls_md5_finish(&context, digest.data());
  }
};

struct Sha1 {
  using Context = mbedtls_sha1_context;
  using Digest = Sha1Digest;

  static void start(Context& context) {
    mbedtls_sha1_init(&context);
    (void)mbedtls_sha1_starts(&context);
  }
  static void clone(Context& to, const Context& from) { mbedtls_sha1_clone(&to, &from); }
  static void update(Context& context, Bytes bytes) {
    (void)mbedtls_sha1_update(&context, bytes.data(), bytes.size());
  }
  static void finish(Context& context, Digest& digest) {
    (void)mbedtls_sha1_finish(&context, digest.data());
  }
};

struct Sha256 {
  using Context = mbedtls_sha256_context;
  using Digest = Sha256Digest;

  static void start(Context& context) {
    mbedtls_sha256_init(&context);
    (void)mbedtls_sha256_starts(&context, 0);  // 1 would be SHA-224
  }
  static void clone(Context& to, const Context& from) { mbedtls_sha256_clone(&to, &from); }
  static void update(Context& context, Bytes bytes) {
    (void)mbedtls_sha256_update(&context, bytes.data(), bytes.size());
  }
  static void finish(Context& context, Digest& digest) {
    (void)mbedtls_sha256_finish(&context, digest.data());
  }
};

template <class Hash>
typename Hash::Digest hash(std::span<const Bytes> parts) {
  typename Hash::Context context;
  Hash::start(context);
  for (const Bytes part : parts) Hash::update(context, part);
  typename Hash::Digest digest;
  Hash::finish(context, digest);
  return digest;
}

}  // namespace floe
