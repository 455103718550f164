#include "lws_context.h"

#include <string_view>
#include <utility>

#include "server_core.h"

namespace floe::native {
namespace {

// An idle connection is sent a ping after the first, and closed after the second without a pong.
// Proxies and load balancers cut connections that are silent for 60 s.
constexpr std::uint16_t kPingAfterSeconds = 25;
constexpr std::uint16_t kHangUpAfterSeconds = 40;

const lws_retry_bo_t* idle_policy() {
  static const lws_retry_bo_t policy = [] {
    lws_retry_bo_t p{};
    p.secs_since_valid_ping = kPingAfterSeconds;
    p.secs_since_valid_hangup = kHangUpAfterSeconds;
    return p;
  }();
  return &policy;
}

}  // namespace

LwsContext::LwsContext(Loop& loop, RandomSource& random, LogSink& log)
    : loop_(loop), log_(log), lws_loop_(loop), mask_keys_(random) {
  // libwebsockets' process-wide log would write to standard error, request queries and the tokens
  // in them included.
  lws_set_log_level(0, nullptr);
  log_context_.lll_flags = LLLF_LOG_CONTEXT_AWARE | LLL_ERR | LLL_WARN;
  log_context_.u.emit_cx = emit_log;
  log_context_.opaque = this;

  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN;
  info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT |
                 LWS_SERVER_OPTION_VALIDATE_UTF8;
  info.timeout_secs = kHandshakeSeconds;
  info.pt_serv_buf_size = kReadSize;
  info.max_http_header_data = kHeaderBytesMax;
  info.max_http_header_pool = kParsersMax;
  info.alpn = "http/1.1";
  info.log_cx = &log_context_;
  info.user = this;
  lws_loop_.describe(info);
  context_ = lws_create_context(&info);
  lws_loop_.attach(context_);
  if (context_ == nullptr) log_.log(LogLevel::error, "ws", "libwebsockets gave no context");
}

LwsContext::~LwsContext() {
  lws_loop_.detach();
  if (context_ != nullptr) lws_context_destroy(context_);
}

lws_vhost* LwsContext::create_vhost(lws_context_creation_info& info) {
  if (context_ == nullptr) return nullptr;
  info.options |= LWS_SERVER_OPTION_VALIDATE_UTF8;
  info.connect_timeout_secs = kHandshakeSeconds;
  info.timeout_secs_ah_idle = kHandshakeSeconds;
  info.keepalive_timeout = static_cast<int>(kHandshakeSeconds);
  info.retry_and_idle_policy = idle_policy();
  info.http_proxy_address = "";  // otherwise it uses the environment's proxy, for loopback, too
  info.alpn = "http/1.1";
  lws_vhost* vhost = lws_create_vhost(context_, &info);
  touch();
  return vhost;
}

ServerCore& LwsContext::keep(std::unique_ptr<ServerCore> server) {
  return *servers_.emplace_back(std::move(server));
}

// Its errors and warnings are mostly about peers that misbehave, so they are only details in the
// log of an operator.
void LwsContext::emit_log(lws_log_cx* cx, int level, const char* line, std::size_t length) {
  std::string_view text(line, length);
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  const LogLevel severity = (level & LLL_ERR) != 0 ? LogLevel::info : LogLevel::debug;
  static_cast<LwsContext*>(cx->opaque)->log_.log(severity, "ws", text);
}

WebSocketEngine::WebSocketEngine(Loop& loop, RandomSource& random, LogSink& log)
    : context_(std::make_unique<LwsContext>(loop, random, log)) {}

WebSocketEngine::~WebSocketEngine() = default;

bool WebSocketEngine::is_open() const {
  return context_->is_open();
}

const WebSocketStatistics& WebSocketEngine::statistics() const {
  return context_->statistics();
}

}  // namespace floe::native
