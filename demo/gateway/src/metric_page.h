// A page of metrics as Prometheus reads them, by prometheus-cpp's serializer. Metrics of one name
// stand together, with their help, in the order in which the names came.
#pragma once

#include <prometheus/metric_family.h>

#include <string>
#include <utility>
#include <vector>

namespace floe::gateway {

class MetricPage {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;
  static constexpr const char* kContentType = "text/plain; version=0.0.4; charset=utf-8";

  /// Only grows; the name ends with _total.
  void counter(const std::string& name, const std::string& help, double value,
               const Labels& labels = {});
  /// Goes up and down.
  void gauge(const std::string& name, const std::string& help, double value,
             const Labels& labels = {});

  std::string text() const;

 private:
  prometheus::ClientMetric& add(const std::string& name, const std::string& help,
                                prometheus::MetricType type, const Labels& labels);

  std::vector<prometheus::MetricFamily> families_;
};

}  // namespace floe::gateway
