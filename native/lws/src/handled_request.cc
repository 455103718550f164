#include "handled_request.h"

#include <utility>

#include "floe/types/bytes.h"

namespace floe::native {

/// Shared with the reply, which may be there for longer than the request.
struct HandledRequest::WayBack {
  HandledRequest* request;  // null: the connection is gone
};

class HandledRequest::Reply final : public HttpReply {
 public:
  explicit Reply(std::shared_ptr<WayBack> way_back) : way_back_(std::move(way_back)) {}
  ~Reply() override {
    if (way_back_ && way_back_->request != nullptr) way_back_->request->drop();
  }

  bool send(HttpDocument document) override {
    const auto way_back = std::exchange(way_back_, nullptr);
    if (!way_back || way_back->request == nullptr) return false;
    way_back->request->answer(std::move(document));
    return true;
  }

 private:
  std::shared_ptr<WayBack> way_back_;
};

HandledRequest::~HandledRequest() {
  if (way_back_) way_back_->request = nullptr;
}

bool HandledRequest::add_body(Bytes piece) {
  if (piece.size() > missing_ || way_back_) return false;
  missing_ -= piece.size();
  request_.body += as_text(piece);
  return true;
}

void HandledRequest::hand_over(lws* wsi) {
  wsi_ = wsi;
  way_back_ = std::make_shared<WayBack>(WayBack{this});
  is_in_handler_ = true;
  handler_.handle(std::move(request_), std::make_unique<Reply>(way_back_));
  is_in_handler_ = false;
}

std::optional<HttpDocument> HandledRequest::take_answer() {
  return std::exchange(answer_, std::nullopt);
}

void HandledRequest::answer(HttpDocument document) {
  answer_ = std::move(document);
  wake();
}

void HandledRequest::drop() {
  was_dropped_ = true;
  wake();
}

void HandledRequest::wake() {
  // Within the handler's own call the answer is written after it.
  if (!is_in_handler_) lws_callback_on_writable(wsi_);
}

}  // namespace floe::native
