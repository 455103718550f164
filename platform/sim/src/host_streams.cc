#include "floe/sim/host_streams.h"

#include <algorithm>
#include <utility>

#include "sim_stream.h"

namespace floe::sim {

std::unique_ptr<StreamSocket> HostStreams::connect(const TransportAddress& remote,
                                                   const std::optional<TlsClient>& tls,
                                                   StreamListener& listener) {
  if (++last_port_ == 0) last_port_ = 49152;
  TransportAddress source{IpAddress::any(remote.ip.family()), last_port_};
  Interface* const out = host_.interfaces.towards(remote.ip);
  StreamPath path;
  if (out != nullptr) {
    source.ip = *out->address_of(remote.ip.family());
    path = StreamPath::find(out->attachment(), source, remote);
  } else {
    path = StreamPath::nowhere();
  }
  auto stream = make_end(source, std::move(path));
  stream->set_listener(listener);
  stream->connect(remote, tls);
  return stream;
}

std::unique_ptr<SimStream> HostStreams::make_end(const TransportAddress& local, StreamPath path) {
  return std::make_unique<SimStream>(host_, *this, local, std::move(path));
}

void HostStreams::listen(const TransportAddress& local, StreamAcceptor& acceptor,
                         std::string tls_name) {
  stop_listening(local);
  services_.push_back({local, &acceptor, std::move(tls_name)});
}

void HostStreams::stop_listening(const TransportAddress& local) {
  std::erase_if(services_, [&](const StreamService& service) { return service.local == local; });
}

const StreamService* HostStreams::find_service(const TransportAddress& local) const {
  const auto place = std::ranges::find(services_, local, &StreamService::local);
  return place == services_.end() ? nullptr : &*place;
}

void HostStreams::fail_homeless() {
  const auto is_homeless = [&](const SimStream* stream) {
    return stream->is_alive() && !host_.has_address(stream->local().ip);
  };
  // A listener that hears of the failure may open and close streams.
  for (;;) {
    const auto place = std::ranges::find_if(streams_, is_homeless);
    if (place == streams_.end()) return;
    (*place)->fail("this host has lost its address");
  }
}

}  // namespace floe::sim
