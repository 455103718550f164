// The one libwebsockets context of an engine, which all its connections share.
#pragma once

#include <memory>
#include <vector>

#include "block_pool.h"
#include "floe/native/web_socket_engine.h"
#include "lws_loop.h"
#include "mask_keys.h"

namespace floe::native {

class ServerCore;

class LwsContext {
 public:
  /// The time limit of an upgrade, and of each step of connecting.
  static constexpr unsigned kHandshakeSeconds = 5;
  static constexpr unsigned short kHeaderBytesMax = 4096;
  /// Requests being parsed at a time; each holds kHeaderBytesMax.
  static constexpr unsigned short kParsersMax = 2048;
  /// The bytes that one read takes, and so the most that one connection handles in a pass.
  static constexpr unsigned kReadSize = 64 * 1024;

  LwsContext(Loop& loop, RandomSource& random, LogSink& log);
  ~LwsContext();
  LwsContext(const LwsContext&) = delete;
  LwsContext& operator=(const LwsContext&) = delete;

  bool is_open() const { return context_ != nullptr; }
  lws_context* get() { return context_; }
  Loop& loop() { return loop_; }
  LogSink& log() { return log_; }
  BlockPool& blocks() { return blocks_; }
  MaskKeys& mask_keys() { return mask_keys_; }
  WebSocketStatistics& statistics() { return statistics_; }

  /// To be called after each call into libwebsockets from outside its callbacks.
  void touch() { lws_loop_.touch(); }

  /// Makes a virtual host with the limits that all virtual hosts here have. `info` has the other
  /// settings; its pointers must stay valid as long as the context.
  lws_vhost* create_vhost(lws_context_creation_info& info);

  /// A virtual host cannot be destroyed while libwebsockets may be in one of its callbacks, so its
  /// resources stay until the context is destroyed.
  ServerCore& keep(std::unique_ptr<ServerCore> server);

 private:
  static void emit_log(lws_log_cx* cx, int level, const char* line, std::size_t length);

  Loop& loop_;
  LogSink& log_;
  LwsLoop lws_loop_;
  MaskKeys mask_keys_;
  BlockPool blocks_;
  WebSocketStatistics statistics_;
  lws_log_cx_t log_context_{};
  lws_context* context_ = nullptr;
  std::vector<std::unique_ptr<ServerCore>> servers_;
};

}  // namespace floe::native
