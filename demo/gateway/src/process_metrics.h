// What Prometheus expects of every process, from /proc: memory, time of the processor, descriptors.
#pragma once

namespace floe::gateway {

class MetricPage;

void add_process_metrics(MetricPage& page);

}  // namespace floe::gateway
