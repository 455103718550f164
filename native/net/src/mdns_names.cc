#include "floe/native/mdns_names.h"

#include <net/if.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "floe/mdns/limits.h"
#include "mdns_link.h"

namespace floe::native {

/// A name that somebody wants to know. It leaves the list when it is answered or destroyed.
class MdnsNames::Question final : public Resolution {
 public:
  Question(MdnsNames& owner, std::string name, ResolveListener& listener)
      : owner_(owner), name_(std::move(name)), listener_(listener) {
    owner_.questions_.push_back(this);
  }
  ~Question() override { owner_.forget(*this); }

  const std::string& name() const { return name_; }
  bool is_settled() const { return !addresses_.empty() || !error_.empty(); }
  void settle(const mdns::Answer& answer) {
    if (answer.error == mdns::AnswerError::none) {
      addresses_ = {answer.address};
    } else {
      error_ = to_text(answer.error);
    }
  }
  void fail(std::string_view error) { error_ = error; }

  /// The listener may destroy this.
  void tell() {
    const auto addresses = std::move(addresses_);
    const auto error = std::move(error_);
    listener_.on_resolved(addresses, error);
  }

 private:
  MdnsNames& owner_;
  std::string name_;
  ResolveListener& listener_;
  std::vector<IpAddress> addresses_;
  std::string error_;
};

/// Hears for MdnsNames, whose header does without the links.
class MdnsNames::Ear final : public MdnsLinkListener {
 public:
  explicit Ear(MdnsNames& owner) : owner_(owner) {}
  void on_mdns_message(const mdns::Arrival& arrival, Bytes message) override {
    owner_.hear(arrival, message);
  }

 private:
  MdnsNames& owner_;
};

MdnsNames::MdnsNames(Loop& loop, NetworkMonitor& network, RandomSource& random, LogSink& log,
                     std::vector<std::string> interfaces)
    : loop_(loop),
      network_(network),
      random_(random),
      log_(log),
      interfaces_(std::move(interfaces)),
      timer_(loop.create(*this)),
      ear_(std::make_unique<Ear>(*this)),
      deliver_call_(loop, Deferred::When::after_callback, *this) {
  network_.add_listener(*this);
}

MdnsNames::~MdnsNames() {
  network_.remove_listener(*this);
}

// Looking up --------------------------------------------------------------------------------------

std::unique_ptr<Resolution> MdnsNames::resolve(std::string_view text, ResolveListener& listener) {
  const auto name = mdns::Name::parse(text);
  auto question = std::make_unique<Question>(*this, name ? name->text() : "", listener);
  open_links();
  const bool can_ask = std::ranges::any_of(links_, &MdnsLink::can_ask);
  if (!can_ask) {
    question->fail("this machine has no local network to ask in");
  } else {
    switch (resolver_.ask(loop_.now(), text, static_cast<std::uint16_t>(random_.next_u64()))) {
      case mdns::AskResult::asked:
        break;
      case mdns::AskResult::not_local:
        question->fail("it is no name of the local network");
        break;
      case mdns::AskResult::limit:
        question->fail("too many names are being looked up");
        break;
    }
  }
  flush();
  deliver_call_.request();
  return question;
}

void MdnsNames::forget(Question& question) {
  std::erase(questions_, &question);
  const bool is_wanted = std::ranges::any_of(
      questions_, [&](const Question* other) { return other->name() == question.name(); });
  if (!is_wanted) resolver_.forget(question.name());
  deliver_call_.request();  // closes sockets that nobody needs
}

void MdnsNames::handle_timeout(Timestamp now) {
  resolver_.handle_timeout(now);
  flush();
  deliver_call_.request();
}

void MdnsNames::hear(const mdns::Arrival& arrival, Bytes message) {
  resolver_.handle_message(loop_.now(), arrival, message);
  deliver_call_.request();
}

/// Sends what the resolver asks, in each network.
void MdnsNames::flush() {
  while (const auto query = resolver_.poll_query()) {
    for (const auto& link : links_) link->ask(*query);
  }
  timer_->arm(resolver_.deadline());
}

void MdnsNames::deliver() {
  while (const auto answer = resolver_.poll_answer()) {
    for (Question* question : questions_) {
      if (question->name() == answer->name && !question->is_settled()) question->settle(*answer);
    }
  }
  for (;;) {
    const auto settled = std::ranges::find_if(questions_, &Question::is_settled);
    if (settled == questions_.end()) break;
    Question* question = *settled;
    questions_.erase(settled);
    question->tell();
  }
  timer_->arm(resolver_.deadline());
  if (questions_.empty() && own_.empty()) links_.clear();
}

// Own names ---------------------------------------------------------------------------------------

std::string MdnsNames::name_of(const IpAddress& own) {
  const auto known = std::ranges::find(own_, own, &Own::address);
  if (known != own_.end()) return known->name;
  const auto addresses = network_.addresses();
  const InterfaceAddress* address = addresses ? find(*addresses, own) : nullptr;
  if (address == nullptr || !make_room(*addresses)) return {};
  open_links();
  MdnsLink* link = link_of(*address);
  if (link == nullptr || !link->can_answer()) return {};
  std::array<std::uint8_t, 16> random;
  random_.fill(random);
  own_.push_back({own, mdns::make_local_name(random)});
  link->add(own_.back().name, own);
  return own_.back().name;
}

/// Addresses come and go for months: those that are gone make room.
bool MdnsNames::make_room(const std::vector<InterfaceAddress>& addresses) {
  if (own_.size() < mdns::kOwnNamesMax) return true;
  std::erase_if(own_, [&](const Own& own) {
    if (find(addresses, own.address) != nullptr) return false;
    for (const auto& link : links_) link->remove(own.address);
    return true;
  });
  return own_.size() < mdns::kOwnNamesMax;
}

// Links -------------------------------------------------------------------------------------------

bool MdnsNames::uses(const InterfaceAddress& address) const {
  return !address.interface_name.empty() &&
         (interfaces_.empty() ||
          std::ranges::find(interfaces_, address.interface_name) != interfaces_.end());
}

const InterfaceAddress* MdnsNames::find(const std::vector<InterfaceAddress>& addresses,
                                        const IpAddress& own) const {
  const auto place = std::ranges::find_if(addresses, [&](const InterfaceAddress& address) {
    return address.ip == own && uses(address);
  });
  return place == addresses.end() ? nullptr : &*place;
}

MdnsLink* MdnsNames::link_of(const InterfaceAddress& address) {
  const unsigned index = if_nametoindex(address.interface_name.c_str());
  const auto place = std::ranges::find_if(links_, [&](const auto& link) {
    return link->end().index == index && link->end().address.family() == address.ip.family();
  });
  return place == links_.end() ? nullptr : place->get();
}

void MdnsNames::open_links() {
  const auto addresses = network_.addresses();
  if (!addresses) return;
  std::vector<IpAddress> own;
  for (const InterfaceAddress& address : *addresses) {
    own.push_back(address.ip);
    if (uses(address) && link_of(address) == nullptr) open_link(address);
  }
  resolver_.set_own_addresses(std::move(own));
}

void MdnsNames::open_link(const InterfaceAddress& address) {
  const unsigned index = if_nametoindex(address.interface_name.c_str());
  if (index == 0 || links_.size() == kLinksMax) return;
  links_.push_back(std::make_unique<MdnsLink>(loop_, InterfaceEnd{address.ip, index}, *ear_));
  MdnsLink& link = *links_.back();
  if (!link.can_answer()) {
    log_.log(
        LogLevel::warning, "mdns",
        "the port 5353 cannot be shared on " + address.interface_name + ": " +
            std::strerror(link.error()) +
            "; browsers, which answer there alone, are not found, and own addresses get no names");
  }
  const auto addresses = network_.addresses();
  for (const Own& own : own_) {
    const InterfaceAddress* other = addresses ? find(*addresses, own.address) : nullptr;
    if (other != nullptr && link_of(*other) == &link) link.add(own.name, own.address);
  }
}

void MdnsNames::on_network_changed() {
  if (links_.empty()) return;
  const auto addresses = network_.addresses();
  std::erase_if(links_, [&](const auto& link) {
    return !addresses || find(*addresses, link->end().address) == nullptr;
  });
  open_links();
}

}  // namespace floe::native
