// core/dtls as an end of the tests of interoperation (end.h), over a socket of its own.
#include <sys/socket.h>

#include <string>

#include "end.h"
#include "floe/dtls/session.h"
#include "floe/native/system_clock.h"
#include "floe/native/system_random.h"

using namespace floe;
using namespace floe::dtls;

namespace {

std::string hex(Bytes bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  return end_hex(bytes.data(), bytes.size(), 0, text.data());
}

std::string_view name_of(FailureReason reason) {
  switch (reason) {
    case FailureReason::fingerprint_mismatch:
      return "fingerprint_mismatch";
    case FailureReason::no_certificate:
      return "no_certificate";
    case FailureReason::refused_by_peer:
      return "refused_by_peer";
    case FailureReason::timeout:
      return "timeout";
    case FailureReason::nothing_in_common:
      return "nothing_in_common";
    case FailureReason::protocol_error:
      return "protocol_error";
    case FailureReason::limit:
      break;
  }
  return "limit";
}

Options options_of(const EndOptions& end, int port) {
  Options options{.role = end.is_server ? Role::server : Role::client,
                  .mtu = static_cast<std::size_t>(end.mtu),
                  .round_trip = std::chrono::milliseconds(20)};
  if (end.srtp) options.srtp_profiles = {SrtpProfile::aes128_cm_hmac_sha1_80};
  if (end.cookies) {
    options.stranger = {
        127, 0, 0, 1, static_cast<std::uint8_t>(port >> 8), static_cast<std::uint8_t>(port)};
  }
  return options;
}

class FloeEnd {
 public:
  FloeEnd(EndChannel& channel, Session& session) : channel_(channel), session_(session) {}

  void run(const Fingerprint& peer);

 private:
  void take_datagrams();
  void obey(std::string_view order);
  void report();
  void report(const Secured& secured);
  int patience() const;

  EndChannel& channel_;
  Session& session_;
  native::SystemClock clock_;
  bool over_ = false;
};

void FloeEnd::run(const Fingerprint& peer) {
  session_.set_peer_fingerprints(clock_.now(), {peer});
  session_.start(clock_.now());
  report();
  while (!over_ && !channel_.has_ended) {
    end_wait(&channel_, patience());
    take_datagrams();
    session_.handle_timeout(clock_.now());
    while (const char* order = end_order(&channel_)) obey(order);
    report();
  }
  const auto& counters = session_.counters();
  end_say("{\"event\":\"counters\",\"forged\":%d,\"truncated\":%d}",
          static_cast<int>(counters.forged), static_cast<int>(counters.truncated));
  end_stay(&channel_);
}

void FloeEnd::take_datagrams() {
  std::uint8_t bytes[kEndDatagramMax];
  for (ssize_t size; (size = recv(channel_.socket, bytes, sizeof bytes, 0)) >= 0;) {
    session_.handle_datagram(clock_.now(), Bytes(bytes, static_cast<std::size_t>(size)));
    report();
  }
}

void FloeEnd::obey(std::string_view order) {
  if (order.starts_with("send ")) {
    if (session_.send(clock_.now(), as_bytes(order.substr(5))) == SendResult::sent) return;
    end_say("{\"event\":\"failed\",\"reason\":\"send\",\"message\":\"send() did not take it\"}");
  }
  if (order == "close") session_.close(clock_.now());
  report();
  over_ = true;
}

void FloeEnd::report() {
  while (auto output = session_.poll_output()) {
    if (const auto* transmit = std::get_if<Transmit>(&*output)) {
      ::send(channel_.socket, transmit->datagram.data(), transmit->datagram.size(), 0);
    } else if (const auto* secured = std::get_if<Secured>(&*output)) {
      report(*secured);
    } else if (const auto* data = std::get_if<DataReceived>(&*output)) {
      const std::string text(as_text(data->bytes));
      end_say("{\"event\":\"data\",\"text\":\"%s\"}", text.c_str());
    } else if (const auto* failed = std::get_if<Failed>(&*output)) {
      end_say("{\"event\":\"failed\",\"reason\":\"%s\",\"message\":\"%s\"}",
              std::string(name_of(failed->reason)).c_str(), failed->message.c_str());
      over_ = true;
    } else {
      end_say("{\"event\":\"closed\"}");
      over_ = true;
    }
  }
}

void FloeEnd::report(const Secured& secured) {
  const auto keys = session_.export_keying_material(END_LABEL, kEndKeysSize);
  const int profile = secured.srtp_profile ? static_cast<int>(*secured.srtp_profile) : 0;
  end_say("{\"event\":\"secured\",\"peer\":\"%s\",\"keys\":\"%s\",\"srtp\":%d}",
          secured.peer.value().c_str(), keys ? hex(*keys).c_str() : "", profile);
}

int FloeEnd::patience() const {
  if (session_.deadline() == kNever) return -1;
  const auto left = session_.deadline() - clock_.now();
  return std::max(0, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count()));
}

}  // namespace

int main(int count, char** values) {
  const EndOptions options = end_options(count, values);
  EndChannel channel = end_open();
  native::SystemRandom random;
  const auto today = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto certificate =
      Certificate::generate(random, {today - std::chrono::days(1), today + std::chrono::days(30)});
  if (!certificate) return 2;
  char peer[96];
  const std::string own = ",\"fingerprint\":\"" + certificate->fingerprint().value() + "\"";
  const int port = end_meet(&channel, "Floe", own.c_str(), peer);
  const auto fingerprint = Fingerprint::parse(Fingerprint::kAlgorithm, peer);
  if (!fingerprint) return 2;
  Session session(*certificate, options_of(options, port), random);
  FloeEnd(channel, session).run(*fingerprint);
  return 0;
}
