#pragma once

#include "floe/dtls/certificate.h"
#include "floe/peer/identity.h"

namespace floe::peer {

class DtlsIdentity final : public Identity {
 public:
  explicit DtlsIdentity(dtls::Certificate certificate) : certificate_(std::move(certificate)) {}

  std::string fingerprint() const override { return certificate_.fingerprint().value(); }
  const dtls::Certificate& certificate() const { return certificate_; }

 private:
  dtls::Certificate certificate_;
};

}  // namespace floe::peer
