// A UDP socket of a Loop.
#pragma once

#include <memory>
#include <optional>

#include "floe/native/unique_fd.h"
#include "floe/native/watch.h"
#include "flood_mode.h"
#include "send_batch.h"
#include "stall_mode.h"
#include "udp_shared.h"

namespace floe::native {

/// The constructor binds it; the listener hears the result after the current callback.
class LoopUdpSocket final : public UdpSocket, private WatchListener {
 public:
  LoopUdpSocket(Loop& loop, UdpShared& shared, const BindRequest& request, RandomSource& random,
                DatagramListener& listener);
  ~LoopUdpSocket() override;

  SendStatus send(const TransportAddress& to, Bytes payload) override;
  void set_reading(bool reading) override;
  void report_errors_to(IcmpListener& listener) override;
  const TransportAddress& local() const override { return local_; }

 private:
  void on_ready(Readiness readiness) override;
  void report_binding();
  void flush();
  void report_errors();
  int receive();
  void receive_answers();
  bool deliver(std::size_t count);
  void deliver_message(std::size_t index);
  bool is_stale(std::size_t index);
  int usual_buffer_bytes() const;
  TransportAddress with_zone(const TransportAddress& to) const;
  TransportAddress without_own_zone(const TransportAddress& from) const;
  SendStatus send_now(const TransportAddress& to, Bytes payload);
  SendStatus gather(const TransportAddress& to, Bytes payload);
  bool sends_at_once();

  Loop& loop_;
  UdpShared& shared_;
  DatagramListener& listener_;
  FloodMode flood_;
  StallMode stall_;
  const bool has_full_buffer_;
  IcmpListener* icmp_listener_ = nullptr;
  UniqueFd fd_;
  TransportAddress local_;
  std::optional<BindError> error_;
  DeferredCall<LoopUdpSocket, &LoopUdpSocket::report_binding> report_call_;
  DeferredCall<LoopUdpSocket, &LoopUdpSocket::flush> flush_call_;
  std::optional<Watch> watch_;
  std::unique_ptr<SendBatch> batch_;  // borrowed from shared_ while datagrams wait to be sent
  std::uint64_t send_pass_ = 0;       // the pass that sent_in_pass_ counts
  std::uint32_t sent_in_pass_ = 0;
  std::uint16_t segment_max_ = 0xffff;
  bool queue_full_ = false;  // the last batch was not taken whole
  bool bursty_ = false;
  bool bound_ = false;
  bool reading_ = true;
};

}  // namespace floe::native
