// log_load FOLDER SECONDS: the embedded log under the mix of a text's whole life (per text 10 records of 220 bytes and
// 14 rows of 200), beside a plain loop that appends and syncs as many bytes in the same run. One JSON object per
// measure.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <semaphore>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/base/check.hpp"
#include "common/log/embedded/embedded_log.hpp"

namespace whistlestop {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;
using Micros = std::chrono::duration<double, std::micro>;

constexpr std::size_t records_per_text = 10;
constexpr std::size_t rows_per_text = 14;
constexpr Topic topics[records_per_text] = {
    Topic::outbound_requests, Topic::outbound_lanes,  Topic::outbound_attempts, Topic::outbound_attempts,
    Topic::outbound_events,   Topic::outbound_events, Topic::carrier_reports,   Topic::carrier_reports,
    Topic::inbox_threads,     Topic::inbox_threads,
};

// Builds what one worker commits: the same bytes for a text of the same number.
class Mix {
public:
    Commit commit(std::size_t texts) {
        Commit commit;
        for (std::size_t i = 0; i < texts; ++i) add_text(commit);
        return commit;
    }

private:
    void add_text(Commit& commit) {
        const std::string contact = fmt::format("+1202{:07}", text_ % 100'000);
        const auto partition = static_cast<std::uint16_t>(text_ % 12);
        for (const Topic topic : topics)
            commit.add({{topic, partition}, 0, WallMs{static_cast<std::int64_t>(text_)}, contact, "", record_value_});
        for (std::size_t row = 0; row < rows_per_text; ++row)
            commit.put_row(fmt::format("table{:02}{}", row, contact), row_value_);
        ++text_;
    }
    std::uint64_t text_ = 0;
    const std::string record_value_ = std::string(220 - 36 - 12, 'v');  // less the fields and the key
    const std::string row_value_ = std::string(200 - 8 - 19, 'r');
};

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](timeval time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Measured {
    double seconds = 0;
    double cpu = 0;
    std::uint64_t commits = 0;
    std::vector<double> micros;  // one per commit, sorted
    [[nodiscard]] double percentile(double share) const {
        return micros[static_cast<std::size_t>(share * static_cast<double>(micros.size() - 1))];
    }
};

// Calls `step` until the time is over.
Measured measure(double seconds, auto step) {
    Measured out;
    const double cpu = cpu_seconds();
    const auto start = Clock::now();
    while (Seconds{Clock::now() - start}.count() < seconds) {
        step(out);
        ++out.commits;
    }
    out.seconds = Seconds{Clock::now() - start}.count();
    out.cpu = cpu_seconds() - cpu;
    return out;
}

EmbeddedLog::Options options_in(const std::filesystem::path& folder) {
    std::filesystem::remove_all(folder);
    EmbeddedLog::Options options;
    options.folder = folder;
    options.elapsed = [] { return Clock::now().time_since_epoch(); };
    return options;
}

std::unique_ptr<EmbeddedLog> open_or_stop(EmbeddedLog::Options options) {
    auto log = EmbeddedLog::open(std::move(options));
    if (!log) fmt::print(stderr, "event=open_failed cause=\"{}\"\n", log.error().detail);
    check(log.has_value());
    return std::move(*log);
}

void report(std::string_view name, std::size_t texts, const Measured& measured, double yardstick_per_s) {
    const double per_s = static_cast<double>(measured.commits) / measured.seconds;
    const double cpu = measured.cpu * 1e6 / static_cast<double>(measured.commits);
    fmt::print(
        "{{\"name\": \"{}\", \"value\": {:.0f}, \"unit\": \"texts/s\", \"commits_per_s\": {:.0f}, "
        "\"records_per_s\": {:.0f}, \"cpu_us_per_commit\": {:.1f}, \"cpu_us_per_text\": {:.2f}",
        name, per_s * static_cast<double>(texts), per_s, per_s * static_cast<double>(texts * records_per_text), cpu,
        cpu / static_cast<double>(texts));
    if (!measured.micros.empty())
        fmt::print(", \"p50_us\": {:.0f}, \"p99_us\": {:.0f}", measured.percentile(0.5), measured.percentile(0.99));
    if (yardstick_per_s > 0) fmt::print(", \"ratio\": {:.2f}", per_s / yardstick_per_s);
    fmt::print("}}\n");
}

// The yardstick: the same bytes in a buffer that is ready, appended and synced.
double plain_loop(const std::filesystem::path& folder, std::size_t texts, double seconds) {
    const Commit commit = Mix{}.commit(texts);
    const std::string bytes = commit.records() + commit.rows();
    const auto path = folder / "plain";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    check(file >= 0);
    auto measured = measure(seconds, [&](Measured& out) {
        const auto start = Clock::now();
        check(::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
        check(::fdatasync(file) == 0);
        out.micros.push_back(Micros{Clock::now() - start}.count());
    });
    ::close(file);
    std::filesystem::remove(path);
    std::ranges::sort(measured.micros);
    report(fmt::format("plain_append_{}", texts), texts, measured, 0);
    return static_cast<double>(measured.commits) / measured.seconds;
}

void building_alone(std::size_t texts, double seconds) {
    Mix mix;
    report(fmt::format("build_alone_{}", texts), texts,
           measure(seconds, [&](Measured&) { check(!mix.commit(texts).empty()); }), 0);
}

// One commit after another, each waited for.
void one_in_flight(const std::filesystem::path& folder, std::size_t texts, double seconds, double yardstick) {
    const auto log = open_or_stop(options_in(folder / "log"));
    Mix mix;
    std::binary_semaphore durable{0};
    auto measured = measure(seconds, [&](Measured& out) {
        const auto start = Clock::now();
        log->submit(mix.commit(texts), [&](const Receipt&) { durable.release(); });
        durable.acquire();
        out.micros.push_back(Micros{Clock::now() - start}.count());
    });
    std::ranges::sort(measured.micros);
    report(fmt::format("log_one_in_flight_{}", texts), texts, measured, yardstick);
}

// Reads every partition, from memory as long as it keeps up, whenever something was published.
class Reader {
public:
    void published() {
        if (!told_.exchange(true)) wake_.release();
    }
    void run(EmbeddedLog& log) {
        while (true) {
            wake_.acquire();
            told_ = false;
            if (stopping_) return;
            read_everything(log);
        }
    }
    void read_everything(EmbeddedLog& log) {
        while (read_some(log) > 0) continue;
    }
    void stop() {
        stopping_ = true;
        published();
    }
    [[nodiscard]] std::uint64_t records() const { return records_; }

private:
    std::size_t read_some(EmbeddedLog& log) {
        std::size_t count = 0;
        for (const Topic topic : topics)
            for (std::uint16_t partition = 0; partition < 12; ++partition) {
                const TopicPartition at{topic, partition};
                std::uint64_t& position = positions_[index_of(at)];
                if (log.end(at) <= position) continue;
                batch_.clear();
                log.read(at, position, 200, batch_);
                position += batch_.records.size();
                count += batch_.records.size();
            }
        records_ += count;
        return count;
    }

    std::counting_semaphore<> wake_{0};
    std::atomic<bool> told_ = false;
    std::atomic<bool> stopping_ = false;
    std::vector<std::uint64_t> positions_ = std::vector<std::uint64_t>(partition_count(), 0);
    Batch batch_;
    std::uint64_t records_ = 0;
};

void report_stats(std::size_t texts, const EmbeddedLog::Stats& stats, std::uint64_t records_read) {
    fmt::print(
        "{{\"name\": \"log_stats_{}\", \"commits_per_frame\": {:.2f}, \"sync_mean_us\": {:.0f}, "
        "\"bytes_per_text\": {:.0f}, \"records_read\": {}, \"frames_read_back\": {}}}\n",
        texts, static_cast<double>(stats.commits) / static_cast<double>(stats.frames),
        Micros{stats.sync_total}.count() / static_cast<double>(stats.frames),
        static_cast<double>(stats.bytes) / static_cast<double>(stats.commits * texts), records_read,
        stats.frames_read_back);
}

// Several commits wait while one is synced, as with a worker that goes on; first unread, then with a reader beside.
void many_in_flight(const std::filesystem::path& folder, std::size_t texts, double seconds, double yardstick) {
    Reader reader;
    const auto log = open_or_stop(options_in(folder / "log"));
    Mix mix;
    std::counting_semaphore<8> room{4};
    const auto submit = [&](Measured&) {
        room.acquire();
        log->submit(mix.commit(texts), [&](const Receipt&) { room.release(); });
    };
    report(fmt::format("log_four_in_flight_{}", texts), texts, measure(seconds, submit), yardstick);
    log->listen([&] { reader.published(); });
    std::thread reading{[&] { reader.run(*log); }};
    report(fmt::format("log_four_in_flight_read_{}", texts), texts, measure(seconds, submit), yardstick);
    for (int i = 0; i < 4; ++i) room.acquire();
    reader.stop();
    reading.join();
    report_stats(texts, log->stats(), reader.records());
}

// What a restart costs, and a reader that starts from the beginning.
void open_and_read_back(const std::filesystem::path& folder) {
    EmbeddedLog::Options options;
    options.folder = folder / "log";
    auto start = Clock::now();
    const auto log = open_or_stop(std::move(options));
    const double opened = Seconds{Clock::now() - start}.count();

    std::uint64_t rows = 0;
    start = Clock::now();
    check(log->replay({}, [&](const RowChange&) { ++rows; }).has_value());
    const double replayed = Seconds{Clock::now() - start}.count();

    Reader reader;
    start = Clock::now();
    reader.read_everything(*log);
    const double read = Seconds{Clock::now() - start}.count();
    fmt::print(
        "{{\"name\": \"log_reopen\", \"gib\": {:.2f}, \"segments\": {}, \"open_s\": {:.3f}, \"replay_s\": {:.3f}, "
        "\"rows\": {}, \"read_back_records_per_s\": {:.0f}, \"frames_read_back\": {}, \"frames\": {}}}\n",
        static_cast<double>(log->stats().bytes_on_disk) / (1 << 30), log->stats().segments, opened, replayed, rows,
        static_cast<double>(reader.records()) / read, log->stats().frames_read_back, log->last_frame());
}

void run(const std::filesystem::path& folder, double seconds) {
    std::filesystem::create_directories(folder);
    for (const std::size_t texts : {1U, 5U, 50U, 500U}) {
        const double yardstick = plain_loop(folder, texts, seconds);
        building_alone(texts, seconds / 4);
        one_in_flight(folder, texts, seconds, yardstick);
        many_in_flight(folder, texts, seconds, yardstick);
    }
    open_and_read_back(folder);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace whistlestop

int main(int count, char** arguments) {
    if (count != 3) {
        fmt::print(stderr, "usage: log_load FOLDER SECONDS\n");
        return 2;
    }
    whistlestop::run(std::filesystem::path{arguments[1]} / "log_load", std::stod(arguments[2]));
    return 0;
}
