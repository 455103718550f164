// What DTLS needs to make a record of data, and to take it apart, without an agent.
#include <vector>

#include "floe/dtls/session.h"
#include "floe/native/system_random.h"
#include "measure/each.h"
#include "measure/figures.h"
#include "rows.h"

namespace floe::bench {
namespace {

constexpr dtls::Validity kValidity{std::chrono::sys_days(std::chrono::year{2026} / 1 / 1),
                                   std::chrono::sys_days(std::chrono::year{2027} / 1 / 1)};

/// Two sessions with one certificate, which stands still in time.
struct SecuredSessions {
  SecuredSessions()
      : certificate(*dtls::Certificate::generate(random, kValidity)),
        sender(certificate, {.role = dtls::Role::client}, random),
        receiver(certificate, {.role = dtls::Role::server}, random) {
    for (dtls::Session* session : {&sender, &receiver}) {
      session->set_peer_fingerprints({}, {certificate.fingerprint()});
      session->start({});
    }
    while (carry(sender, receiver) || carry(receiver, sender)) {
    }
    require(sender.is_secured() && receiver.is_secured(), "no handshake");
  }

  static bool carry(dtls::Session& from, dtls::Session& to) {
    bool has_carried = false;
    while (const auto output = from.poll_output()) {
      const auto* transmit = std::get_if<dtls::Transmit>(&*output);
      if (transmit == nullptr) continue;
      to.handle_datagram({}, transmit->datagram);
      has_carried = true;
    }
    return has_carried;
  }

  native::SystemRandom random;
  dtls::Certificate certificate;
  dtls::Session sender;
  dtls::Session receiver;
};

}  // namespace

/// In turns of one burst, as sealed records wait for the network.
void measure_records(const Options& options) {
  const std::size_t burst = options.count("burst", 32);
  const std::size_t bursts = options.count("records", 200'000) / burst;
  const ByteVector payload(options.count("bytes", 1200), 0x80);
  SecuredSessions sessions;
  std::vector<ByteVector> sealed(burst);
  double seal = 0;
  double open = 0;
  for (std::size_t i = 0; i < bursts; ++i) {
    auto next = sealed.begin();
    seal += ns_each(burst, [&] {
      sessions.sender.send({}, payload);
      *next++ = std::move(std::get<dtls::Transmit>(*sessions.sender.poll_output()).datagram);
    });
    next = sealed.begin();
    open += ns_each(burst, [&] {
      sessions.receiver.handle_datagram({}, *next++);
      const auto output = sessions.receiver.poll_output();
      require(output && std::holds_alternative<dtls::DataReceived>(*output), "lost");
    });
  }
  Figures figures;
  figures.add("seal_ns", seal / static_cast<double>(bursts));
  figures.add("open_ns", open / static_cast<double>(bursts));
  figures.print();
}

}  // namespace floe::bench
