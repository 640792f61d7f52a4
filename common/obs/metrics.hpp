#pragma once
// Metrics: counters, gauges and histograms, and the text that Prometheus scrapes.
//
// Names are `whistlestop_<service>_<noun>_total|_seconds|_bytes`. A label's values are from a fixed set, never an id, a
// number or a name. Everything may be called from any thread, and stays valid as long as its Registry.

#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace whistlestop::obs {

class Counter {
public:
    explicit Counter(prometheus::Counter& inner) : inner_{&inner} {}
    void add(double amount = 1);
    [[nodiscard]] double value() const;

private:
    prometheus::Counter* inner_;
};

class Gauge {
public:
    explicit Gauge(prometheus::Gauge& inner) : inner_{&inner} {}
    void set(double value);
    [[nodiscard]] double value() const;

private:
    prometheus::Gauge* inner_;
};

class Histogram {
public:
    explicit Histogram(prometheus::Histogram& inner) : inner_{&inner} {}
    void observe(double value);

private:
    prometheus::Histogram* inner_;
};

// From half a millisecond, the time of a sync on a good disk, to ten seconds, a carrier's time-out.
inline constexpr double seconds_buckets[] = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                             0.1,    0.25,  0.5,    1,     2.5,  5,     10};

class Registry {
public:
    using Labels = std::initializer_list<std::pair<std::string, std::string>>;

    Registry();
    ~Registry();
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;

    // The same name and labels give the same series. A name that Prometheus does not allow is a bug.
    [[nodiscard]] Counter counter(std::string_view name, std::string_view help, Labels labels = {});
    [[nodiscard]] Gauge gauge(std::string_view name, std::string_view help, Labels labels = {});
    [[nodiscard]] Histogram histogram(std::string_view name, std::string_view help, std::span<const double> buckets,
                                      Labels labels = {});

    // `refresh` runs before every text(), on its thread: for gauges that are looked up rather than kept.
    void at_scrape(std::function<void()> refresh);

    [[nodiscard]] std::string text() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace whistlestop::obs
