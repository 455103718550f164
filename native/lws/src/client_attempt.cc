#include "client_attempt.h"

#include <utility>

#include "client_connector.h"

namespace floe::native {
namespace {

// Each address may take seconds to fail, and the caller waits.
constexpr std::size_t kAddressesMax = 4;

}  // namespace

ClientAttempt::ClientAttempt(ClientConnector& connector, std::shared_ptr<WebSocketSession> session,
                             WebSocketUrl url, std::string subprotocol)
    : connector_(&connector),
      session_(std::move(session)),
      url_(std::move(url)),
      subprotocol_(std::move(subprotocol)) {}

void ClientAttempt::begin(Resolver& resolver) {
  if (!IpAddress::parse(url_.host)) {
    resolution_ = resolver.resolve(url_.host, *this);
    return;
  }
  addresses_ = {url_.host};
  connector_->go_on(shared_from_this());
}

void ClientAttempt::on_resolved(const std::vector<IpAddress>& addresses, std::string_view error) {
  const auto self = shared_from_this();
  for (const IpAddress& ip : addresses) {
    if (addresses_.size() < kAddressesMax) addresses_.push_back(ip.to_text());
  }
  if (addresses_.empty()) {
    end({url_.host + ": " + std::string(error)});
  } else if (connector_ != nullptr) {
    connector_->go_on(self);
  }
}

void ClientAttempt::fail(const ConnectFailure& failure) {
  session_->connecting(nullptr);
  const bool has_more = next_ + 1 < addresses_.size() && session_->wants_to_connect();
  if (!has_more || connector_ == nullptr) return end(failure);
  ++next_;
  connector_->go_on(shared_from_this());
}

void ClientAttempt::succeed() {
  if (ClientConnector* connector = std::exchange(connector_, nullptr)) connector->forget(*this);
}

void ClientAttempt::end(const ConnectFailure& failure) {
  const auto self = shared_from_this();  // the connector forgets it
  succeed();
  session_->gone(failure.text, failure.is_refusal);
}

}  // namespace floe::native
