#include "soak_client.h"

#include <algorithm>

#include "label.h"

namespace floe::soak {
namespace {

constexpr std::size_t kPeersEach = 2;
constexpr Duration kAwayFor = std::chrono::milliseconds(100);
constexpr Duration kPatienceMin = std::chrono::milliseconds(250);
constexpr unsigned kDoublingsMax = 4;

Duration share_of(Duration time, double share) {
  return Duration(static_cast<std::int64_t>(static_cast<double>(time.count()) * share));
}

bool is_stun(Bytes payload) {
  return !payload.empty() && payload[0] < 4;
}

}  // namespace

SoakClient::SoakClient(Company& company, std::uint32_t number)
    : company_(company),
      number_(number),
      traffic_(company.plan.traffic_of(number)),
      timer_(company.host.loop().create(*this)) {
  const auto place = static_cast<std::int64_t>(number);
  come_back_at(now() +
               Duration(place * 1'000'000 / static_cast<std::int64_t>(company.plan.begin_per_s)));
}

SoakClient::~SoakClient() = default;

double SoakClient::random_share() {
  return std::uniform_real_distribution<double>(0, 1)(company_.random);
}

Flow SoakClient::flow() const {
  Flow flow{sent_, received_, {}, {}};
  if (state_ == State::away) return flow;
  const tunnel::ClientStats stats = end_->client().stats();
  add(flow.by_client, stats.dropped);
  add(flow.by_gateway, stats.dropped_by_gateway);
  return flow;
}

// A session ----------------------------------------------------------------------------------------

void SoakClient::connect(Timestamp now) {
  state_ = State::connecting;
  connected_at_ = now;
  is_bound_ = false;
  told_at_.reset();
  ++session_;
  ++company_.books.attempts;
  datagrams_ = 0;
  peers_.clear();
  for (std::size_t i = 0; i < kPeersEach; ++i) {
    const TransportAddress& peer = company_.peers[(number_ + i) % company_.peers.size()];
    const std::uint64_t key = std::uint64_t{number_} << 32 | (session_ * kPeersEach + i);
    peers_.emplace_back(peer, key);
  }
  const std::string& token =
      company_.tokens.empty() ? std::string() : company_.tokens[number_ % company_.tokens.size()];
  socket_.reset();
  end_ = std::make_unique<TunnelEnd>(company_.host, company_.plan.url_of(number_), token,
                                     static_cast<TunnelEndOwner&>(*this));
}

void SoakClient::on_tunnel_ready() {
  const auto addresses = end_->client().addresses();
  if (!addresses || addresses->empty()) return;
  socket_ = end_->client().open({addresses->front().ip, 0, 0}, *this);
}

void SoakClient::on_bound(DatagramSocket&, const TransportAddress&) {
  is_bound_ = true;
  arm();
}

void SoakClient::on_socket_failed(DatagramSocket&, BindError error) {
  if (state_ == State::away || error == BindError::closed) return;  // with its session
  is_bound_ = false;
  end_session("socket: " + std::string(to_text(error)));
  end_->close();
  come_back_at(now() + patience());
}

void SoakClient::open(Timestamp now) {
  state_ = State::open;
  failures_ = 0;
  ++company_.books.opened;
  company_.books.openings.add(now - connected_at_);
  next_burst_ = now + share_of(traffic_.every, random_share());
  leaves_at_ = company_.plan.leaves(number_)
                   ? now + share_of(company_.plan.stay, 0.5 + random_share())
                   : kNever;
}

void SoakClient::on_tunnel_leaving(const tunnel::GoAway& go_away) {
  told_at_ = now() + go_away.reconnect_in;
  leaves_at_ = std::min(leaves_at_, std::max(now(), *told_at_ - company_.plan.settle));
  arm();
}

void SoakClient::leave(Timestamp now) {
  state_ = State::leaving;
  next_step_ = now + company_.plan.settle;
  leaves_at_ = kNever;
}

void SoakClient::on_tunnel_closed(const tunnel::ClientClosed& closed) {
  if (state_ == State::away) return;
  end_session(std::to_string(closed.code));
  come_back_at(std::max(told_at_.value_or(Timestamp{}), now() + patience()));
}

void SoakClient::end_session(const std::string& why) {
  const Flow flow = this->flow();
  company_.books.ended.add(flow);
  company_.books.ended_missing += flow.missing();
  ++company_.books.ends[why];
  sent_ = received_ = 0;
  state_ = State::away;
  next_burst_ = leaves_at_ = kNever;
}

void SoakClient::come_back_at(Timestamp when) {
  state_ = State::away;
  next_step_ = when;
  arm();
}

Duration SoakClient::patience() {
  const Duration time = kPatienceMin * (1 << std::min(failures_++, kDoublingsMax));
  return share_of(time, 0.5 + random_share());
}

// Datagrams ----------------------------------------------------------------------------------------

void SoakClient::check_peers(Timestamp now) {
  for (PeerConsent& peer : peers_) {
    if (peer.deadline() <= now) send(peer.peer(), peer.check(now));
  }
}

void SoakClient::send_burst(Timestamp now) {
  next_burst_ += traffic_.every;
  if (next_burst_ < now) next_burst_ = now + traffic_.every;
  ByteVector payload;
  for (unsigned i = 0; i < traffic_.burst; ++i) {
    const PeerConsent& peer = peers_[datagrams_ % peers_.size()];
    const std::size_t sizes = traffic_.size_max - traffic_.size_min + 1;
    payload.resize(traffic_.size_min + datagrams_ * std::size_t{7919} % sizes);
    Label{company_.run, number_, session_, datagrams_++, now}.write(payload);
    if (peer.is_given()) send(peer.peer(), payload);
  }
  if (company_.plan.is_rude(number_)) send(nobody(), payload);
}

/// Nobody of the peers' machine: what is sent there must be counted as dropped.
TransportAddress SoakClient::nobody() const {
  constexpr std::uint16_t kPort = 20'000;  // below those that the system gives
  return {company_.peers.front().ip, kPort};
}

void SoakClient::send(const TransportAddress& to, Bytes payload) {
  if (socket_->send(to, payload) == SendStatus::sent) ++sent_;
}

void SoakClient::on_datagram(DatagramSocket&, const Datagram& datagram) {
  take(now(), datagram.remote, datagram.payload);
}

void SoakClient::take(Timestamp now, const TransportAddress& from, Bytes payload) {
  if (is_stun(payload)) {
    const auto peer = std::ranges::find(peers_, from, &PeerConsent::peer);
    if (peer == peers_.end() || !peer->hear(now, payload)) {
      ++company_.books.wrong;
      return;
    }
    ++received_;
    if (state_ == State::connecting) open(now);
    return arm();
  }
  const auto label = Label::read(payload);
  if (!label || label->run != company_.run) {
    ++company_.books.damaged;
  } else if (label->client != number_) {
    ++company_.books.wrong;
  } else if (label->session != session_) {
    ++company_.books.stale;
  } else {
    ++received_;
    company_.books.round_trips.add(now - label->sent_at);
  }
}

// Time ---------------------------------------------------------------------------------------------

void SoakClient::handle_timeout(Timestamp now) {
  if (state_ == State::away && next_step_ <= now) {
    connect(now);
  } else if (state_ == State::leaving && next_step_ <= now) {
    end_session("left");
    end_->close();
    come_back_at(std::max(told_at_.value_or(Timestamp{}), now + kAwayFor));
  } else if (state_ == State::open && leaves_at_ <= now) {
    leave(now);
  } else if (is_bound_ && !company_.is_quiet && state_ != State::leaving) {
    check_peers(now);
    if (state_ == State::open && next_burst_ <= now) send_burst(now);
  }
  arm();
}

void SoakClient::arm() {
  constexpr Duration kLookAgain = std::chrono::milliseconds(50);  // while all are quiet
  Timestamp next = kNever;
  if (state_ == State::away || state_ == State::leaving) {
    next = next_step_;
  } else if (is_bound_) {
    next = next_burst_;
    for (const PeerConsent& peer : peers_) next = std::min(next, peer.deadline());
    if (company_.is_quiet) next = std::max(next, now() + kLookAgain);
    next = std::min(next, leaves_at_);
  }
  timer_->arm(next);
}

}  // namespace floe::soak
