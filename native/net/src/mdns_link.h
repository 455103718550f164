// Multicast DNS on one interface and in one address family: a socket that asks, a member of the
// group, and the names that this machine answers for there.
//
// Browsers answer in the group only, so whoever asks has to listen there as well.
#pragma once

#include "floe/mdns/resolver.h"
#include "floe/mdns/responder.h"
#include "multicast_socket.h"

namespace floe::native {

class MdnsLinkListener {
 public:
  /// Maybe a response. The bytes live for the duration of the call, and the link must live as long.
  virtual void on_mdns_message(const mdns::Arrival& arrival, Bytes message) = 0;

 protected:
  ~MdnsLinkListener() = default;
};

class MdnsLink final : private MulticastListener {
 public:
  /// `loop` and `listener` must outlive the link.
  MdnsLink(Loop& loop, const InterfaceEnd& end, MdnsLinkListener& listener);

  const InterfaceEnd& end() const { return end_; }
  bool can_ask() const { return asking_.is_open(); }
  /// Else the port 5353 could not be shared; error() is the errno.
  bool can_answer() const { return member_.is_open(); }
  int error() const { return member_.error(); }

  void ask(const mdns::Query& query) {
    (query.as_member ? member_ : asking_).send_to_group(query.message);
  }
  /// From now on the link answers for the name of an address that this interface has.
  void add(std::string_view name, const IpAddress& address) { responder_.add(name, address); }
  void remove(const IpAddress& address) { responder_.remove(address); }

 private:
  void on_multicast(MulticastSocket& socket, const TransportAddress& from, Bytes bytes) override;

  Loop& loop_;
  InterfaceEnd end_;
  MdnsLinkListener& listener_;
  MulticastSocket asking_;
  MulticastSocket member_;
  mdns::Responder responder_;
};

}  // namespace floe::native
