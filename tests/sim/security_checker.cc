#include "security_checker.h"

#include <algorithm>

#include "dtls_records.h"
#include "floe/stun/attributes/embedded_dtls.h"

namespace floe::sim {

SecurityChecker::SecurityChecker(World& world, SimHost& host)
    : world_(world), host_(host), violations_(world.trace()) {
  host_.add_observer(*this);
}

SecurityChecker::~SecurityChecker() {
  host_.remove_observer(*this);
}

void SecurityChecker::violate(std::string_view what) {
  const std::string text = host_.name() + ' ' + std::string(what);
  world_.trace().note(world_.now(), "checker", text);
  violations_.add(text);
}

// What is told ------------------------------------------------------------------------------------

void SecurityChecker::note_event(const ice::Event& event) {
  if (std::holds_alternative<ice::DataReceived>(event)) {
    if (!secured_at_) violate("was given data before the handshake was through");
    if (holds_data_ == false) violate("was given data that came in the clear");
    if (!first_data_at_) first_data_at_ = world_.now();
  } else if (const auto* changed = std::get_if<ice::StateChanged>(&event)) {
    const bool works =
        changed->state == ice::State::connected || changed->state == ice::State::completed;
    if (works && !secured_at_) violate("is called connected before the handshake was through");
    was_connected_ = was_connected_ || works;
  }
}

void SecurityChecker::note_secured(const peer::Secured&) {
  if (!secured_at_) secured_at_ = world_.now();
}

void SecurityChecker::note_failed(const peer::SecurityFailed& failed) {
  if (failed_at_) violate("failed twice");
  failed_at_ = world_.now();
  failure_ = failed;
  world_.trace().note(world_.now(), host_.name(), to_text(failed.reason));
}

// Datagrams ---------------------------------------------------------------------------------------

void SecurityChecker::on_sending(const TransportAddress& from, const TransportAddress& to,
                                 Bytes payload) {
  if (!TurnWatch::is_turn(payload)) return check_sent(payload);
  const auto inner = turn_.note_sent(world_.now(), from, to, payload);
  if (inner) check_sent(inner->payload);
}

void SecurityChecker::check_sent(Bytes payload) {
  if (stun::looks_like_stun(payload)) return check_rider(payload);
  const auto records = dtls_records(payload);
  if (records.empty()) violate("sent a datagram in the clear");
  for (const DtlsRecord& record : records) {
    if (record.is_application_data() && !record.is_protected()) violate("sent data in the clear");
    if (const auto random = record.hello_random()) note_hello(*random);
  }
}

void SecurityChecker::check_rider(Bytes check) {
  const auto message = stun::MessageView::parse(check);
  if (!message) return;
  const auto rider = message->get<stun::DtlsInStun>();
  if (!rider) return;
  const auto records = dtls_records(rider->datagram);
  if (records.empty()) violate("sent what is not DTLS in a check");
  for (const DtlsRecord& record : records) {
    if (record.is_application_data()) violate("sent data in a check");
    if (const auto random = record.hello_random()) note_hello(*random);
  }
}

/// A ClientHello that is sent again is the same one.
void SecurityChecker::note_hello(Bytes random) {
  if (!hellos_.insert(std::string(as_text(random))).second) return;
  if (!first_hello_at_) first_hello_at_ = world_.now();
  if (was_connected_) violate("began another handshake");
}

void SecurityChecker::on_arriving(const Datagram& datagram) {
  Bytes payload = datagram.payload;
  if (TurnWatch::is_turn(payload)) {
    const auto inner =
        turn_.note_arrived(world_.now(), datagram.local, datagram.remote, datagram.payload);
    if (!inner) return;
    payload = inner->payload;
  }
  holds_data_ = std::ranges::any_of(dtls_records(payload), [](const DtlsRecord& record) {
    return record.is_application_data() && record.is_protected();
  });
}

}  // namespace floe::sim
