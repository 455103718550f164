#include "libnice/nice_pairs.h"

#include "measure/clocks.h"
#include "measure/program.h"

namespace floe::bench {

NiceEnd::NiceEnd(GMainContext* context, bool controlling, std::size_t& connected)
    : agent_(nice_agent_new_full(context, NICE_COMPATIBILITY_RFC5245,
                                 NICE_AGENT_OPTION_CONSENT_FRESHNESS)),
      all_connected_(connected) {
  g_object_set(agent_, "controlling-mode", controlling ? TRUE : FALSE, "ice-tcp", FALSE, "upnp",
               FALSE, nullptr);
  NiceAddress address;
  nice_address_init(&address);
  require(nice_address_set_from_string(&address, "127.0.0.1") != FALSE &&
              nice_agent_add_local_address(agent_, &address) != FALSE,
          "no local address");
  stream_ = nice_agent_add_stream(agent_, 1);
  g_signal_connect(agent_, "candidate-gathering-done", G_CALLBACK(gathering_done), this);
  g_signal_connect(agent_, "component-state-changed", G_CALLBACK(state_changed), this);
  nice_agent_attach_recv(agent_, stream_, kComponent, context, received, this);
}

NiceEnd::~NiceEnd() {
  g_object_unref(agent_);
}

void NiceEnd::gather() {
  require(nice_agent_gather_candidates(agent_, stream_) != FALSE, "libnice does not gather");
}

void NiceEnd::describe_to(NiceEnd& other) const {
  gchar* ufrag = nullptr;
  gchar* password = nullptr;
  nice_agent_get_local_credentials(agent_, stream_, &ufrag, &password);
  nice_agent_set_remote_credentials(other.agent_, other.stream_, ufrag, password);
  g_free(ufrag);
  g_free(password);
  GSList* const candidates = nice_agent_get_local_candidates(agent_, stream_, kComponent);
  nice_agent_set_remote_candidates(other.agent_, other.stream_, kComponent, candidates);
  g_slist_free_full(candidates,
                    [](gpointer each) { nice_candidate_free(static_cast<NiceCandidate*>(each)); });
}

bool NiceEnd::send(std::span<const std::uint8_t> payload) {
  const auto size = static_cast<guint>(payload.size());
  return nice_agent_send(agent_, stream_, kComponent, size,
                         reinterpret_cast<const gchar*>(payload.data())) == static_cast<gint>(size);
}

void NiceEnd::gathering_done(NiceAgent*, guint, NiceEnd* self) {
  self->gathered_ = true;
}

void NiceEnd::state_changed(NiceAgent*, guint, guint, guint state, NiceEnd* self) {
  require(state != NICE_COMPONENT_STATE_FAILED, "libnice failed to connect");
  if (state != NICE_COMPONENT_STATE_READY || self->connected_) return;
  self->connected_ = true;
  ++self->all_connected_;
}

void NiceEnd::received(NiceAgent*, guint, guint, guint size, gchar* bytes, gpointer self) {
  const auto& on_data = static_cast<NiceEnd*>(self)->on_data;
  if (on_data) on_data({reinterpret_cast<const std::uint8_t*>(bytes), size});
}

void NicePairs::gather(std::size_t count) {
  const std::size_t first = pairs_.size();
  for (std::size_t i = 0; i < count; ++i) {
    NicePair& pair = pairs_.emplace_back(context_, connected_);
    pair.left.gather();
    pair.right.gather();
  }
  for (std::size_t i = first; i < pairs_.size(); ++i) {
    run_until([&] { return pairs_[i].left.is_gathered() && pairs_[i].right.is_gathered(); });
  }
}

void NicePairs::connect(std::size_t count) {
  const std::size_t wanted = connected_ + 2 * count;
  for (std::size_t i = pairs_.size() - count; i < pairs_.size(); ++i) {
    pairs_[i].left.describe_to(pairs_[i].right);
    pairs_[i].right.describe_to(pairs_[i].left);
  }
  run_until([&] { return connected_ >= wanted; });
}

void NicePairs::run_for(std::int64_t span_ns) {
  bool over = false;
  GSource* const alarm = g_timeout_source_new(static_cast<guint>(span_ns / 1'000'000));
  const GSourceFunc ring = [](gpointer flag) {
    *static_cast<bool*>(flag) = true;
    return G_SOURCE_REMOVE;
  };
  g_source_set_callback(alarm, ring, &over, nullptr);
  g_source_attach(alarm, context_);
  while (!over) run_once();
  g_source_unref(alarm);
}

void NicePairs::run_until(const std::function<bool()>& done) {
  constexpr std::int64_t kPatience_ns = 60'000'000'000;
  const std::int64_t end = wall_ns() + kPatience_ns;
  while (!done()) {
    run_once();
    require(wall_ns() < end, "not within 60 s");
  }
}

}  // namespace floe::bench
