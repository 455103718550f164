#include "sim_command.h"

#include <algorithm>
#include <cstdio>

#include "floe/ice/explanation.h"
#include "floe/probes/answer_lines.h"
#include "milliseconds.h"
#include "sim_drawing.h"
#include "terminal.h"

namespace floe::cli {
namespace {

/// Longer than an agent needs to say that it has failed (RFC 8863).
constexpr Duration kVerdictLimit = 60s;
/// Between two pings; after kPings without an answer data does not get through.
constexpr Duration kPingInterval = 500ms;
constexpr std::size_t kPings = 10;
/// After the answer: late nominations come.
constexpr Duration kSettling = 2s;

std::string text_of(const ice::Candidate& candidate) {
  return std::string(to_text(candidate.type)) + " " + candidate.address.to_text();
}

std::string in_quotes(std::string_view text) {
  return '"' + std::string(text) + '"';
}

/// One TURN server: over TCP only where UDP does not pass, since a picture with two relays for each
/// end has twice the arrows and says the same.
ConnectionOptions with_one_relay(ConnectionOptions options, const sim::NetworkKind& network) {
  const auto transport = network.blocks_udp() ? ServerTransport::tcp : ServerTransport::udp;
  std::erase_if(options.gather.servers, [&](const Server& server) {
    return server.uri.is_turn() && server.uri.transport != transport;
  });
  return options;
}

}  // namespace

SimCommand::SimCommand(const SimOptions& options)
    : options_(options),
      net_(options.hosts),
      left_(net_.left().api(), with_one_relay(net_.left_options(), options.hosts.left)),
      right_(net_.right().api(), with_one_relay(net_.right_options(), options.hosts.right)),
      checks_(net_.world(), left_.agent(), right_.agent()) {
  net_.introduce(left_, right_);
  watch(SimSide::left);
  watch(SimSide::right);
}

int SimCommand::run() {
  const bool has_met = meet();
  const bool has_exchanged = has_met && exchange();
  go_on();
  const bool works = has_exchanged && is_connected();
  options_.json ? report_json(works) : report(works);
  return works ? 0 : 1;
}

bool SimCommand::meet() {
  left_.start();
  right_.start();
  const auto is_decided = [&] {
    return is_connected() ||
           (left_.state() == ice::State::failed && right_.state() == ice::State::failed);
  };
  net_.world().run_until(is_decided, options_.span.value_or(kVerdictLimit));
  if (is_connected()) connected_at_ = elapsed();
  return is_connected();
}

/// The left end sends until the right one has answered.
bool SimCommand::exchange() {
  for (std::size_t i = 1; i <= kPings && !round_trip_; ++i) {
    pings_.push_back({"ping " + std::to_string(i), net_.world().now()});
    send(SimSide::left, "sends", pings_.back().text);
    net_.world().run_until([&] { return round_trip_.has_value(); }, kPingInterval);
  }
  return round_trip_.has_value();
}

void SimCommand::go_on() {
  if (!options_.span) return round_trip_ ? net_.world().run_for(kSettling) : void();
  if (*options_.span > elapsed()) net_.world().run_for(*options_.span - elapsed());
}

// What happens ------------------------------------------------------------------------------------

void SimCommand::watch(SimSide side) {
  Connection& watched = end(side);
  watched.on_event = [this, side](const ice::Event& event) { hear(side, event); };
  watched.on_datagram = [this, side](ice::ComponentId, Bytes datagram) {
    hear_data(side, datagram);
  };
  watched.on_candidate_error = [this, side](const GatheringError& error) {
    note(side, "candidate-error", std::string(error.url) + ": " + std::string(error.text));
  };
}

void SimCommand::note(SimSide side, std::string_view kind, std::string text) {
  events_.push_back({elapsed(), side, kind, std::move(text)});
}

void SimCommand::hear(SimSide side, const ice::Event& event) {
  if (const auto* gathering = std::get_if<ice::GatheringChanged>(&event)) {
    if (gathering->state == ice::GatheringState::gathering) {
      note(side, "gathering", "looks for candidates");
    } else if (gathering->state == ice::GatheringState::complete) {
      note(side, "gathering", "has found its candidates");
    }
  } else if (const auto* found = std::get_if<ice::LocalCandidateFound>(&event)) {
    note(side, "candidate", "finds " + text_of(found->candidate));
  } else if (const auto* selected = std::get_if<ice::SelectedPairChanged>(&event)) {
    note(side, "selected-pair",
         "selects " + std::string(to_text(selected->pair.local.type)) + " → " +
             text_of(selected->pair.remote));
  } else if (const auto* changed = std::get_if<ice::StateChanged>(&event)) {
    const bool has_failed = changed->state == ice::State::failed;
    note(side, "state", (has_failed ? "has " : "is ") + std::string(to_text(changed->state)));
  }
}

/// What is sent counts as lost until it is heard.
void SimCommand::send(SimSide side, std::string_view verb, std::string_view text) {
  SimEvent event{elapsed(), side, "data", std::string(verb) + " " + in_quotes(text)};
  event.is_sent = true;
  const ice::SendResult sent = end(side).send(as_bytes(text));
  event.lost = sent ? "lost on the way" : to_text(sent);
  events_.push_back(std::move(event));
}

void SimCommand::hear_data(SimSide side, Bytes datagram) {
  const std::string text(as_text(datagram));
  for (SimEvent& event : events_) {
    if (event.kind == "data" && event.side == other(side) &&
        event.text.ends_with(in_quotes(text))) {
      event.lost.clear();
    }
  }
  if (side == SimSide::right) return send(side, "answers", text);
  const auto ping = std::ranges::find(pings_, text, &Ping::text);
  if (round_trip_ || ping == pings_.end()) return;
  round_trip_ = net_.world().now() - ping->at;
  note(side, "data", "hears " + in_quotes(text) + " after " + milliseconds_text(*round_trip_));
}

// What is told of it ------------------------------------------------------------------------------

std::vector<SimEvent> SimCommand::all_events() const {
  std::vector<SimEvent> events = events_;
  for (SimEvent& event : checks_.events()) events.push_back(std::move(event));
  std::ranges::stable_sort(events, {}, &SimEvent::at);
  return events;
}

std::string SimCommand::pair_text() const {
  const auto pair = left_.agent().selected_pair(1);
  if (!pair) return {};
  return "left " + text_of(pair->local) + ", right " + text_of(pair->remote);
}

/// The sentence of an end that is not connected, and what helps.
std::string SimCommand::why_not() const {
  if (is_connected()) return "The ends are connected, and data does not arrive.";
  const Connection& lost = left_.is_connected() ? right_ : left_;
  const std::string why = ice::explain(lost.agent());
  if (lost.state() != ice::State::failed) return why + " Go on for longer with --for.";
  return options_.hosts.turn ? why : why + " Here --turn adds one.";
}

void SimCommand::report(bool works) const {
  std::fputs(draw(all_events()).c_str(), stdout);
  std::fputs("\n", stdout);
  probes::AnswerLines lines(false);
  lines.add("Networks", {},
            "left " + sim::word_of(options_.hosts.left) + ", right " +
                sim::word_of(options_.hosts.right) +
                (options_.hosts.turn ? ", with a TURN server" : ""));
  lines.add("Connected", {}, connected_at_ ? "after " + milliseconds_text(*connected_at_) : "no");
  lines.add("Pair", {}, pair_text());
  lines.add("Round trip", {}, round_trip_ ? milliseconds_text(*round_trip_) : std::string());
  if (!works) lines.add_sentence({}, wrapped(why_not()));
  Terminal terminal;
  lines.print(terminal);
}

void SimCommand::report_json(bool works) const {
  json::Writer out;
  const auto milliseconds = [&](std::string_view name, const std::optional<Duration>& span) {
    out.name(name);
    span ? out.fixed_point(span->count(), 3) : out.null();
  };
  const auto candidate = [&](std::string_view name, const ice::Candidate& end) {
    out.name(name).begin_object();
    out.name("type").string(to_text(end.type));
    out.name("address").string(end.address.to_text()).end_object();
  };
  out.begin_object();
  out.name("left").string(sim::word_of(options_.hosts.left));
  out.name("right").string(sim::word_of(options_.hosts.right));
  out.name("turn").boolean(options_.hosts.turn);
  out.name("seed").unsigned_integer(options_.hosts.seed);
  out.name("connected").boolean(works);
  milliseconds("connectedMs", connected_at_);
  milliseconds("roundTripMs", round_trip_);
  out.name("pair");
  if (const auto pair = left_.agent().selected_pair(1)) {
    out.begin_object();
    candidate("left", pair->local);
    candidate("right", pair->remote);
    out.end_object();
  } else {
    out.null();
  }
  out.name("text").string(works ? "Connected." : why_not());
  out.name("events").begin_array();
  for (const SimEvent& event : all_events()) {
    out.begin_object();
    milliseconds("ms", event.at);
    out.name("side").string(to_text(event.side)).name("event").string(event.kind);
    out.name("text").string(event.text);
    if (event.is_sent) out.name("times").unsigned_integer(event.times);
    if (event.is_sent && !event.lost.empty()) out.name("lost").string(event.lost);
    out.end_object();
  }
  std::puts(out.end_array().end_object().take().c_str());
}

}  // namespace floe::cli
