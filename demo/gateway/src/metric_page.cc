#include "metric_page.h"

#include <prometheus/text_serializer.h>

#include <algorithm>

namespace floe::gateway {

void MetricPage::counter(const std::string& name, const std::string& help, double value,
                         const Labels& labels) {
  add(name, help, prometheus::MetricType::Counter, labels).counter.value = value;
}

void MetricPage::gauge(const std::string& name, const std::string& help, double value,
                       const Labels& labels) {
  add(name, help, prometheus::MetricType::Gauge, labels).gauge.value = value;
}

std::string MetricPage::text() const {
  return prometheus::TextSerializer().Serialize(families_);
}

prometheus::ClientMetric& MetricPage::add(const std::string& name, const std::string& help,
                                          prometheus::MetricType type, const Labels& labels) {
  auto family = std::ranges::find(families_, name, &prometheus::MetricFamily::name);
  if (family == families_.end()) {
    families_.push_back({name, help, type, {}});
    family = families_.end() - 1;
  }
  prometheus::ClientMetric& metric = family->metric.emplace_back();
  for (const auto& [label, value] : labels) metric.label.push_back({label, value});
  return metric;
}

}  // namespace floe::gateway
