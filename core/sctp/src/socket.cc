#include "socket.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "packet.h"
#include "usrsctp_header.h"

namespace floe::sctp {

namespace {

constexpr std::size_t kPartSizeMax = 64 << 10;

template <class Value>
bool set_option(SocketHandle socket, int level, int name, const Value& value) {
  return usrsctp_setsockopt(socket, level, name, &value, sizeof value) == 0;
}

template <class Value>
bool set_option(SocketHandle socket, int name, const Value& value) {
  return set_option(socket, IPPROTO_SCTP, name, value);
}

sockaddr_conn address_of(PacketSink* sink, std::uint16_t port) {
  sockaddr_conn address{};
  address.sconn_family = AF_CONN;
  address.sconn_port = htons(port);
  address.sconn_addr = sink;
  return address;
}

bool subscribe(SocketHandle socket) {
  sctp_event event{};
  event.se_assoc_id = SCTP_ALL_ASSOC;
  event.se_on = 1;
  for (const int type : {SCTP_ASSOC_CHANGE, SCTP_STREAM_RESET_EVENT}) {
    event.se_type = static_cast<std::uint16_t>(type);
    if (!set_option(socket, SCTP_EVENT, event)) return false;
  }
  return true;
}

// RFC 8831, section 5: the path's MTU is known to ICE and DTLS, and probing it is theirs.
bool set_path(SocketHandle socket, const Options& options) {
  sctp_paddrparams path{};
  path.spp_address.ss_family = AF_CONN;
  path.spp_flags = SPP_PMTUD_DISABLE | SPP_HB_DISABLE;
  path.spp_pathmtu = static_cast<std::uint32_t>(std::max(options.packet_size, kPacketSizeMin));
  return set_option(socket, SCTP_PEER_ADDR_PARAMS, path);
}

bool set_first_timeout(SocketHandle socket, const Options& options) {
  if (!options.round_trip) return true;
  using std::chrono::milliseconds;
  sctp_rtoinfo timeouts{};
  timeouts.srto_initial = static_cast<std::uint32_t>(
      std::clamp(std::chrono::ceil<milliseconds>(3 * *options.round_trip), milliseconds(200),
                 milliseconds(1000))
          .count());
  return set_option(socket, SCTP_RTOINFO, timeouts);
}

sctp_sendv_spa describe(StreamId stream, PayloadProtocol protocol, const Delivery& delivery) {
  sctp_sendv_spa how{};
  how.sendv_flags = SCTP_SEND_SNDINFO_VALID;
  how.sendv_sndinfo.snd_sid = stream.value();
  how.sendv_sndinfo.snd_ppid = htonl(protocol.value());
  how.sendv_sndinfo.snd_flags = SCTP_EOR;
  if (!delivery.ordered) how.sendv_sndinfo.snd_flags |= SCTP_UNORDERED;
  if (delivery.retransmissions_max) {
    how.sendv_flags |= SCTP_SEND_PRINFO_VALID;
    how.sendv_prinfo = {SCTP_PR_SCTP_RTX, *delivery.retransmissions_max};
  } else if (delivery.lifetime_max) {
    how.sendv_flags |= SCTP_SEND_PRINFO_VALID;
    how.sendv_prinfo = {SCTP_PR_SCTP_TTL,
                        static_cast<std::uint32_t>(delivery.lifetime_max->count())};
  }
  return how;
}

}  // namespace

std::unique_ptr<Socket> Socket::open(Timestamp now, const Options& options, RandomSource& random) {
  if (!hold_stack(now, random)) return nullptr;
  enter_stack(now, random);
  const SocketHandle socket =
      usrsctp_socket(AF_CONN, SOCK_STREAM, IPPROTO_SCTP, nullptr, nullptr, 0, nullptr);
  if (socket == nullptr) {
    release_stack();
    return nullptr;
  }
  std::unique_ptr<Socket> opened(new Socket(options, socket));
  if (!opened->configure()) return nullptr;
  return opened;
}

Socket::Socket(const Options& options, SocketHandle socket) : options_(options), socket_(socket) {
  usrsctp_register_address(static_cast<PacketSink*>(this));
}

Socket::~Socket() {
  abort();
  usrsctp_deregister_address(static_cast<PacketSink*>(this));
  release_stack();
}

bool Socket::configure() {
  sctp_initmsg streams{};
  streams.sinit_num_ostreams = streams.sinit_max_instreams = kStreamsMax;
  sctp_assoc_value resets{};
  resets.assoc_id = SCTP_ALL_ASSOC;
  resets.assoc_value = SCTP_ENABLE_RESET_STREAM_REQ | SCTP_ENABLE_CHANGE_ASSOC_REQ;
  return usrsctp_set_non_blocking(socket_, 1) == 0 &&
         set_option(socket_, SOL_SOCKET, SO_LINGER, linger{1, 0}) &&
         set_option(socket_, SOL_SOCKET, SO_SNDBUF, static_cast<int>(kSendBufferSize)) &&
         set_option(socket_, SOL_SOCKET, SO_RCVBUF, static_cast<int>(kReceiveBufferSize)) &&
         set_option(socket_, SCTP_NODELAY, 1) && set_option(socket_, SCTP_RECVRCVINFO, 1) &&
         set_option(socket_, SCTP_INITMSG, streams) &&
         set_option(socket_, SCTP_ENABLE_STREAM_RESET, resets) && subscribe(socket_) &&
         set_path(socket_, options_) && set_first_timeout(socket_, options_);
}

bool Socket::connect() {
  sockaddr_conn local = address_of(this, options_.local_port);
  if (usrsctp_bind(socket_, reinterpret_cast<sockaddr*>(&local), sizeof local) != 0) return false;
  sockaddr_conn remote = address_of(this, options_.remote_port);
  return usrsctp_connect(socket_, reinterpret_cast<sockaddr*>(&remote), sizeof remote) == 0 ||
         errno == EINPROGRESS;
}

void Socket::handle_packet(Bytes packet) {
  usrsctp_conninput(static_cast<PacketSink*>(this), packet.data(), packet.size(), 0);
}

std::optional<Socket::Received> Socket::receive() {
  buffer_.resize(kPartSizeMax);
  sockaddr_conn from{};
  socklen_t from_size = sizeof from;
  sctp_rcvinfo about{};
  socklen_t about_size = sizeof about;
  unsigned int about_type = SCTP_RECVV_NOINFO;
  int flags = 0;
  const ssize_t size =
      usrsctp_recvv(socket_, buffer_.data(), buffer_.size(), reinterpret_cast<sockaddr*>(&from),
                    &from_size, &about, &about_size, &about_type, &flags);
  if (size <= 0) return std::nullopt;
  return Received{StreamId(about.rcv_sid), PayloadProtocol(ntohl(about.rcv_ppid)),
                  Bytes(buffer_).first(static_cast<std::size_t>(size)),
                  (flags & MSG_NOTIFICATION) != 0, (flags & MSG_EOR) != 0};
}

SendResult Socket::send(StreamId stream, PayloadProtocol protocol, Bytes message,
                        const Delivery& delivery) {
  sctp_sendv_spa how = describe(stream, protocol, delivery);
  if (usrsctp_sendv(socket_, message.data(), message.size(), nullptr, 0, &how, sizeof how,
                    SCTP_SENDV_SPA, 0) >= 0)
    return SendResult::sent;
  switch (errno) {
    case EINVAL:
      return SendResult::no_stream;
    case EMSGSIZE:
      return SendResult::too_long;
    case EWOULDBLOCK:
    case ENOBUFS:
      return SendResult::full;
    default:
      return SendResult::not_connected;
  }
}

bool Socket::reset(const std::vector<StreamId>& streams) {
  ByteVector bytes(sizeof(sctp_reset_streams) + streams.size() * sizeof(std::uint16_t));
  auto* request = reinterpret_cast<sctp_reset_streams*>(bytes.data());
  request->srs_assoc_id = SCTP_ALL_ASSOC;
  request->srs_flags = SCTP_STREAM_RESET_OUTGOING;
  request->srs_number_streams = static_cast<std::uint16_t>(streams.size());
  for (std::size_t i = 0; i < streams.size(); ++i) request->srs_stream_list[i] = streams[i].value();
  return usrsctp_setsockopt(socket_, IPPROTO_SCTP, SCTP_RESET_STREAMS, bytes.data(),
                            static_cast<socklen_t>(bytes.size())) == 0;
}

// With SO_LINGER of no time, usrsctp aborts what is closed.
void Socket::abort() {
  if (socket_ != nullptr) usrsctp_close(std::exchange(socket_, nullptr));
}

bool Socket::is_idle() const {
  sctp_status status{};
  socklen_t size = sizeof status;
  if (usrsctp_getsockopt(socket_, IPPROTO_SCTP, SCTP_STATUS, &status, &size) != 0) return true;
  return status.sstat_unackdata == 0 && status.sstat_penddata == 0;
}

void Socket::take_packet(Bytes packet) {
  write_checksum(packets_.emplace_back(packet.begin(), packet.end()));
}

}  // namespace floe::sctp
