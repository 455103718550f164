#include "picked_datagrams.h"

#include "dtls_records.h"

namespace floe::sim {

PickedDatagrams::PickedDatagrams(SimHost& left, SimHost& right, Choice choice)
    : left_(*this, left), right_(*this, right), choice_(std::move(choice)) {}

PickedDatagrams::Sender::Sender(PickedDatagrams& owner, SimHost& host)
    : owner_(owner), host_(host), usual_(host.link()) {
  host_.add_observer(*this);
}

PickedDatagrams::Sender::~Sender() {
  restore_link();
  host_.remove_observer(*this);
}

/// Whether it is up is nobody's concern here.
void PickedDatagrams::Sender::restore_link() {
  const bool is_up = host_.link().is_up;
  host_.link() = usual_;
  host_.link().is_up = is_up;
}

/// The links of both ends are crossed, so the last datagram of the other one must leave no trace.
void PickedDatagrams::Sender::on_sending(const TransportAddress&, const TransportAddress&,
                                         Bytes payload) {
  owner_.left_.restore_link();
  owner_.right_.restore_link();
  if (dtls_records(payload).empty()) return;
  owner_.choice_({owner_.count_++, host_, payload}, host_.link());
}

}  // namespace floe::sim
