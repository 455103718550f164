// A server with users, for tests: a BindingServer behind a LongTermAuthenticator, and what it says.
#pragma once

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <map>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/binding_server.h"
#include "floe/stun/long_term_authenticator.h"
#include "long_term_key.h"

namespace floe::testing {

class KnownUsers final : public stun::Accounts {
 public:
  std::optional<std::string> password_of(std::string_view username) const override {
    const auto found = users.find(std::string(username));
    if (found == users.end()) return std::nullopt;
    return found->second;
  }
  std::optional<std::string> username_of(const stun::Userhash& userhash) const override {
    MbedtlsCrypto crypto;
    for (const auto& [name, password] : users) {
      if (stun::userhash_of(crypto, name, realm).value == userhash.value) return name;
    }
    return std::nullopt;
  }

  std::string realm = "example.org";
  std::map<std::string, std::string> users{{"alice", "secret"}, {"\u30de", "TheMatrIX"}};
};

class RealmServer {
 public:
  explicit RealmServer(stun::LongTermRealm realm = {.realm = "example.org"},
                       std::string_view nonce_key = "0123456789abcdef")
      : authenticator_(crypto_, users, std::move(realm), as_bytes(nonce_key)),
        server_({.authenticator = &authenticator_}) {}

  /// Nothing when there is no answer.
  std::optional<stun::MessageView> ask(Timestamp now, Bytes request) {
    const auto answer = server_.answer(now, {source, local_, request}, buffer_);
    if (!answer) return std::nullopt;
    const auto message = stun::MessageView::parse(answer->bytes);
    REQUIRE(message);
    return *message;
  }
  /// The code of the error that a request gets, or 0 when it succeeds.
  int error_of(Timestamp now, Bytes request) {
    const auto message = ask(now, request);
    REQUIRE(message);
    const auto error = message->get<stun::ErrorCode>();
    return error ? error->code : 0;
  }
  std::string nonce(Timestamp now, Bytes request) {
    const auto message = ask(now, request);
    REQUIRE(message);
    REQUIRE(message->get<stun::Nonce>());
    return std::string(message->get<stun::Nonce>()->text);
  }

  KnownUsers users;
  TransportAddress source = *TransportAddress::parse("192.0.2.1:32853");

 private:
  MbedtlsCrypto crypto_;
  TransportAddress local_ = *TransportAddress::parse("198.51.100.1:3478");
  stun::LongTermAuthenticator authenticator_;
  stun::BindingServer server_;
  std::array<std::uint8_t, stun::kAnswerSizeMax> buffer_{};
};

}  // namespace floe::testing
