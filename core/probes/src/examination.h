// One examination: its checks in order, and what they have shown so far.
#pragma once

#include "advice.h"
#include "floe/probes/doctor.h"
#include "floe/probes/server_options.h"

namespace floe::probes {

class Examination {
 public:
  /// All arguments must outlive it.
  Examination(BlockingHost& host, const DoctorOptions& options,
              const std::function<void(const Finding&)>& on_finding)
      : host_(host), options_(options), on_finding_(on_finding) {}

  Diagnosis run();

 private:
  void check_addresses();
  void check_udp();
  void check_names();
  void check_stun(const Server& server);
  void check_turn(const Server& server);
  void check_nat();
  void check_size();
  void check_meeting();

  ServerOptions options_for(const Server& server) const;
  void find(std::string subject, Verdict verdict, std::string text);

  BlockingHost& host_;
  const DoctorOptions& options_;
  const std::function<void(const Finding&)>& on_finding_;
  std::optional<ServerOptions> stun_;  ///< the first that answered over UDP
  Symptoms symptoms_;
  Diagnosis diagnosis_;
};

}  // namespace floe::probes
