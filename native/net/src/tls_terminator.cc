#include "floe/native/tls_terminator.h"

#include <utility>

#include "floe/native/system_random.h"
#include "tls_thread.h"

namespace floe::native {
namespace {

/// An identity whose random bytes are drawn by the thread alone.
struct ThreadIdentity {
  SystemRandom random;
  TlsIdentity identity{random};
};

}  // namespace

TlsTerminator::TlsTerminator(Loop& loop, std::size_t handshakes_max)
    : thread_(std::make_unique<TlsThread>(loop, handshakes_max)) {}

TlsTerminator::~TlsTerminator() = default;

bool TlsTerminator::load(const std::string& certificate_file, const std::string& key_file) {
  const auto made = std::make_shared<ThreadIdentity>();
  if (!thread_->is_running() || !made->identity.load(certificate_file, key_file)) return false;
  identity_ = std::shared_ptr<const TlsIdentity>(made, &made->identity);
  return true;
}

void TlsTerminator::take(UniqueFd connection, const TransportAddress& peer,
                         TlsTerminatorListener& listener) {
  thread_->take({std::move(connection), peer, &listener, identity_});
}

TlsStatistics TlsTerminator::statistics() const {
  return thread_->statistics();
}

}  // namespace floe::native
