#include "floe/driver/room.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "floe/signal/limits.h"
#include "patience.h"
#include "url_host.h"
#include "waiting_texts.h"

namespace floe {
Room::Room(const Host& host, MessageChannels& channels, RoomOptions options)
    : host_(host),
      channels_(channels),
      options_(std::move(options)),
      signaling_(channels, host_.timers, host_.clock, host_.random,
                 {options_.url, options_.name, options_.token, signal::Offers(options_.offers)},
                 *this),
      room_(options_.connections_max, options_.seeks),
      timer_(host_.timers.create(*this)) {
  // Members of a room of this host are often on this host, too.
  if (is_on_this_host(options_.url)) options_.connection.gather.loopback = true;
  std::optional<peer::SecurityOptions>& security = options_.connection.security;
  if (security && !security->identity) security->identity = peer::generate_identity(host_.random);
}

Room::~Room() = default;

std::string Room::problem() const {
  const bool has_names = signal::is_valid_name(options_.name) &&
                         std::ranges::all_of(options_.offers, signal::is_valid_name) &&
                         (options_.seeks.empty() || signal::is_valid_name(options_.seeks));
  if (!has_names) return "a name has 1 to 64 letters, digits and characters of ._~-";
  if (options_.offers.size() > signal::kOffersMax) return "at most 8 services can be offered";
  if (options_.token.size() > signal::kTokenSizeMax) return "a token has at most 4,096 bytes";
  return channels_.problem_with(options_.url);
}

std::string Room::join() {
  std::string found = problem();
  if (found.empty()) signaling_.join();
  return found;
}

std::size_t Room::send(Bytes datagram, ice::ComponentId component) {
  const auto sent = std::ranges::count_if(entries_, [&](const Entry& entry) {
    return static_cast<bool>(entry.connection->send(datagram, component));
  });
  return static_cast<std::size_t>(sent);
}

void Room::leave() {
  for (Entry& entry : entries_) entry.connection->close("left the room");
  signaling_.leave();
}

// Connections -------------------------------------------------------------------------------------

void Room::pump() {
  if (pumping_) return;  // the loop below takes what this input caused
  pumping_ = true;
  while (const auto output = room_.poll_output()) {
    std::visit([this](const auto& kind) { carry_out(kind); }, *output);
  }
  pumping_ = false;
  arm();
}

void Room::arm() {
  Timestamp deadline = room_.deadline();
  for (const Entry& entry : entries_) {
    deadline = std::min(deadline, entry.patience->deadline());
  }
  timer_->arm(deadline);
}

void Room::handle_timeout(Timestamp now) {
  wait_for_connections(now);
  room_.handle_timeout(now);
  pump();
}

void Room::carry_out(const peer::ConnectionWanted& wanted) {
  ConnectionOptions options = options_.connection;
  options.agent.role = wanted.role;
  entries_.push_back({wanted.peer, std::make_unique<Connection>(host_, std::move(options)),
                      std::make_unique<Patience>(host_.clock.now())});
  Connection& connection = *entries_.back().connection;
  connection.on_signal = [this, id = wanted.peer.id](const signal::Message& message) {
    if (!signaling_.send(message, id)) report("a message could not be sent to the server");
  };
  connection.on_signal_error = [this](std::string_view text) { report(text); };
  if (on_connection) on_connection(connection, wanted.peer);
  connection.on_event = [this, id = wanted.peer.id,
                         chained = std::move(connection.on_event)](const ice::Event& event) {
    if (const auto* changed = std::get_if<ice::StateChanged>(&event)) {
      handle_state(id, changed->state);
    }
    if (chained) chained(event);
  };
  // The user may have closed it in on_connection.
  room_.handle_state(host_.clock.now(), wanted.peer.id, connection.state());
  connection.start();
}

void Room::handle_state(std::string_view peer, ice::State state) {
  const bool is_under_way = state == ice::State::fresh || state == ice::State::checking;
  if (const auto place = find(peer); place != entries_.end() && !is_under_way) {
    place->patience->handle_end();
  }
  room_.handle_state(host_.clock.now(), peer, state);
  pump();
}

void Room::carry_out(const peer::MessageForConnection& arrived) {
  const auto place = find(arrived.peer);
  if (place == entries_.end()) return;
  place->patience->handle_answer();
  place->connection->receive(arrived.message);
}

void Room::carry_out(const peer::RepeatWanted& wanted) {
  const auto place = find(wanted.peer);
  if (place != entries_.end()) place->connection->repeat_description();
}

void Room::carry_out(const peer::ConnectionOver& over) {
  const auto place = find(over.peer);
  if (place == entries_.end()) return;
  const Entry gone = std::move(*place);
  entries_.erase(place);
  if (on_connection_gone) on_connection_gone(*gone.connection, gone.peer);
  wait_for_peers();
}

void Room::carry_out(const peer::PeerNotAnswered&) {
  report("a peer gets no connection: the maximum number of connections is reached");
}

std::vector<Room::Entry>::iterator Room::find(std::string_view peer) {
  return std::ranges::find_if(entries_, [&](const Entry& entry) { return entry.peer.id == peer; });
}

// The server --------------------------------------------------------------------------------------

void Room::on_client_state(signal::ClientState state) {
  if (state == signal::ClientState::connecting) was_joined_ = was_refused_ = false;
  if (state == signal::ClientState::joined) was_joined_ = true;
  if (on_state) on_state(state);
}

void Room::on_connection_lost(const ChannelClosed& lost) {
  if (was_refused_) return;  // on_room_error() said so
  if (lost.is_refusal) {
    wait(WaitingFor::admission, refused_text(options_.url, lost.reason));
  } else {
    wait(WaitingFor::server, was_joined_ ? lost_server_text(options_.url, lost.reason)
                                         : unreachable_text(options_.url, lost.reason));
  }
}

void Room::on_joined(std::string_view, bool) {
  room_.handle_joined();
  pump();
  wait_for_peers();
}

void Room::on_peer_joined(const signal::Peer& peer, ice::Role role) {
  room_.handle_peer_joined(peer, role);
  pump();
}

void Room::on_peer_left(std::string_view peer, signal::LeaveReason) {
  room_.handle_peer_left(host_.clock.now(), peer);
  pump();
  wait_for_peers();
}

void Room::on_message(const signal::Message& message, std::string_view from) {
  const auto& peers = signaling_.client().peers();
  const auto sender = std::ranges::find(peers, from, &signal::Peer::id);
  room_.handle_message(message,
                       sender != peers.end() ? *sender : signal::Peer{std::string(from), {}});
  pump();
}

void Room::on_room_error(const signal::RoomError& error) {
  const bool is_full = error.code == signal::RoomErrorCode::room_full;
  was_refused_ = is_full || error.code == signal::RoomErrorCode::unauthorized;
  if (!was_refused_) return report(error.message);
  if (on_error) on_error(error.message);
  wait(is_full ? WaitingFor::place : WaitingFor::token,
       refused_place_text(options_.url, error.message));
}

void Room::on_bad_message(signal::MessageError error) {
  report(to_text(error));
}

void Room::wait_for_peers() {
  // A connection may outlive its peer's place in the room.
  if (state() != signal::ClientState::joined || !entries_.empty()) return;
  const auto is_sought = [this](const signal::Peer& peer) { return room_.may_be_sought(peer); };
  if (std::ranges::any_of(signaling_.client().peers(), is_sought)) return;
  wait(WaitingFor::peers, nobody_text(options_.url, options_.seeks));
}

void Room::wait_for_connections(Timestamp now) {
  std::vector<std::pair<WaitingFor, std::string>> late;  // a listener may end connections
  for (const Entry& entry : entries_) {
    const auto what = entry.patience->take_due(now);
    if (what == WaitingFor::answer) late.emplace_back(*what, no_answer_text(entry.peer.name));
    if (what == WaitingFor::path) {
      late.emplace_back(*what, no_path_yet_text(entry.peer.name, entry.connection->agent()));
    }
  }
  for (const auto& [what, text] : late) wait(what, text);
}

void Room::wait(WaitingFor what, std::string_view text) {
  if (on_waiting) return on_waiting({what, text});
  const LogLevel level = what == WaitingFor::peers ? LogLevel::info : LogLevel::warning;
  host_.log.log(level, "signal", text);
}

void Room::report(std::string_view text) {
  if (on_error) return on_error(text);
  host_.log.log(LogLevel::warning, "signal", text);
}

}  // namespace floe
