#include "system_streams.h"

#include <algorithm>

namespace floe::wasm {

class SystemStreams::Stream final : public StreamSocket {
 public:
  Stream(SystemStreams& owner, const TransportAddress& remote, const std::optional<TlsClient>& tls,
         StreamListener& listener)
      : owner_(owner), listener_(listener), number_(owner.streams_.add(*this)) {
    emit(Event::system_connect)
        .address(remote)
        .u8(tls ? 1 : 0)
        .text(tls ? tls->server_name : std::string());
  }

  ~Stream() override {
    owner_.streams_.remove(number_);
    if (!closed_) emit(Event::system_close_stream);
  }

  bool send(Bytes bytes) override {
    if (!open_ || bytes.size() > kStreamBacklogMax - waiting_) return false;
    waiting_ += bytes.size();
    emit(Event::system_stream_send).bytes(bytes);
    return true;
  }

  void connected(const TransportAddress& local) {
    open_ = true;
    listener_.on_stream_connected(local);
  }

  void deliver(Bytes bytes) {
    if (open_ && !bytes.empty()) listener_.on_stream_bytes(bytes);
  }

  void taken(std::size_t size) {
    waiting_ -= std::min(size, waiting_);
    if (open_ && waiting_ == 0) listener_.on_stream_drained();
  }

  void close(std::string_view reason) {
    open_ = false;
    closed_ = true;
    listener_.on_stream_closed(reason);
  }

 private:
  EventWriter& emit(Event kind) { return owner_.events_.begin(kind, owner_.handle_).u32(number_); }

  SystemStreams& owner_;
  StreamListener& listener_;
  std::uint32_t number_;
  std::size_t waiting_ = 0;
  bool open_ = false;
  bool closed_ = false;
};

std::unique_ptr<StreamSocket> SystemStreams::connect(const TransportAddress& remote,
                                                     const std::optional<TlsClient>& tls,
                                                     StreamListener& listener) {
  return std::make_unique<Stream>(*this, remote, tls, listener);
}

void SystemStreams::on_connected(CommandReader& in) {
  Stream* stream = streams_.find(in.u32());
  const TransportAddress local = in.address();
  if (stream != nullptr && in.ok()) stream->connected(local);
}

void SystemStreams::on_bytes(CommandReader& in) {
  Stream* stream = streams_.find(in.u32());
  if (stream != nullptr) stream->deliver(in.rest());
}

void SystemStreams::on_taken(CommandReader& in) {
  Stream* stream = streams_.find(in.u32());
  if (stream != nullptr) stream->taken(in.u32());
}

void SystemStreams::on_closed(CommandReader& in) {
  Stream* stream = streams_.find(in.u32());
  if (stream != nullptr) stream->close(in.text());
}

}  // namespace floe::wasm
