// A request on its way to a handler: its body is collected, then the handler answers.
#pragma once

#include <libwebsockets.h>

#include <memory>
#include <optional>

#include "floe/native/http_handler.h"
#include "floe/types/bytes.h"

namespace floe::native {

/// Limit: kRequestBodyMax bytes of body, which the request announces.
class HandledRequest {
 public:
  HandledRequest(HttpHandler& handler, HttpRequest request, std::size_t body_size)
      : handler_(handler),
        request_(std::move(request)),
        is_head_(request_.method == "HEAD"),
        missing_(body_size) {}
  ~HandledRequest();
  HandledRequest(const HandledRequest&) = delete;
  HandledRequest& operator=(const HandledRequest&) = delete;

  /// False when it is more than was announced.
  bool add_body(Bytes piece);
  bool awaits_body() const { return !way_back_ && missing_ > 0; }
  bool was_handed_over() const { return way_back_ != nullptr; }
  /// Gives it to the handler. `wsi` is asked to write when the answer comes later.
  void hand_over(lws* wsi);
  /// The answer, once it is there.
  std::optional<HttpDocument> take_answer();
  /// Its answer has no body.
  bool is_head() const { return is_head_; }
  /// The handler has dropped the request.
  bool was_dropped() const { return was_dropped_; }

 private:
  struct WayBack;
  class Reply;

  void answer(HttpDocument document);
  void drop();
  void wake();

  HttpHandler& handler_;
  HttpRequest request_;
  bool is_head_;
  std::size_t missing_;
  std::shared_ptr<WayBack> way_back_;
  lws* wsi_ = nullptr;
  bool is_in_handler_ = false;
  bool was_dropped_ = false;
  std::optional<HttpDocument> answer_;
};

}  // namespace floe::native
