#include "client_connection.h"

#include <algorithm>

#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/plain_text.h"

namespace floe::tunnel {

std::string_view ClientConnection::flaw() const {
  if (!server_name_) return {};
  if (server_name_->empty() || server_name_->size() > kMaxNameSize ||
      !is_name_text(*server_name_)) {
    return "the gateway can verify only host names and IPv4 addresses by TLS";
  }
  return {};
}

TcpOpen ClientConnection::request() const {
  return {id_, server_name_ ? TcpKind::turns : TcpKind::turn, remote_, kTcpWindow,
          server_name_ ? std::string_view(*server_name_) : std::string_view()};
}

void ClientConnection::handle_opened(std::uint32_t window) {
  deadline_ = kNever;
  credit_ = SendCredit{window};
}

bool ClientConnection::send(Uplink& uplink, Bytes bytes) {
  if (!is_open() || bytes.size() > kStreamBacklogMax - waiting_.size()) return false;
  waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
  drain_due_ = true;
  send_waiting(uplink);
  return true;
}

bool ClientConnection::drain(Uplink& uplink) {
  if (!drain_due_) return false;
  send_waiting(uplink);
  if (!waiting_.empty()) return false;
  drain_due_ = false;
  return true;
}

void ClientConnection::send_waiting(Uplink& uplink) {
  Bytes left = waiting_;
  while (!left.empty() && credit_.left() > 0 && uplink.takes_streams()) {
    const auto size = static_cast<std::size_t>(
        std::min<std::uint64_t>({left.size(), credit_.left(), kTcpPieceMax}));
    uplink.control(TcpData{id_, left.first(size)});
    credit_.spend(size);
    left = left.subspan(size);
  }
  const auto sent = static_cast<std::ptrdiff_t>(waiting_.size() - left.size());
  waiting_.erase(waiting_.begin(), waiting_.begin() + sent);
}

}  // namespace floe::tunnel
