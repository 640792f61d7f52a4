#include "common/obs/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <vector>

namespace whistlestop::obs {

void Counter::add(double amount) { inner_->Increment(amount); }
double Counter::value() const { return inner_->Value(); }
void Gauge::set(double value) { inner_->Set(value); }
double Gauge::value() const { return inner_->Value(); }
void Histogram::observe(double value) { inner_->Observe(value); }

struct Registry::Inside {
    prometheus::Registry registry;
    mutable std::mutex mutex;
    std::vector<std::function<void()>> refreshers;
};

Registry::Registry() : inside_{std::make_unique<Inside>()} {}
Registry::~Registry() = default;

Counter Registry::counter(std::string_view name, std::string_view help, Labels labels) {
    auto& family =
        prometheus::BuildCounter().Name(std::string{name}).Help(std::string{help}).Register(inside_->registry);
    return Counter{family.Add({labels.begin(), labels.end()})};
}

Gauge Registry::gauge(std::string_view name, std::string_view help, Labels labels) {
    auto& family = prometheus::BuildGauge().Name(std::string{name}).Help(std::string{help}).Register(inside_->registry);
    return Gauge{family.Add({labels.begin(), labels.end()})};
}

Histogram Registry::histogram(std::string_view name, std::string_view help, std::span<const double> buckets,
                              Labels labels) {
    auto& family =
        prometheus::BuildHistogram().Name(std::string{name}).Help(std::string{help}).Register(inside_->registry);
    return Histogram{family.Add({labels.begin(), labels.end()}, std::vector<double>{buckets.begin(), buckets.end()})};
}

void Registry::at_scrape(std::function<void()> refresh) {
    const std::lock_guard lock{inside_->mutex};
    inside_->refreshers.push_back(std::move(refresh));
}

std::string Registry::text() const {
    {
        const std::lock_guard lock{inside_->mutex};
        for (const auto& refresh : inside_->refreshers) refresh();
    }
    return prometheus::TextSerializer{}.Serialize(inside_->registry.Collect());
}

}  // namespace whistlestop::obs
