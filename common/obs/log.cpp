#include "common/obs/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <mutex>
#include <utility>

namespace whistlestop::obs {
namespace {

class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit FunctionSink(std::function<void(std::string_view)> to) : to_{std::move(to)} {}

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        to_({message.payload.data(), message.payload.size()});
    }
    void flush_() override {}

    std::function<void(std::string_view)> to_;
};

spdlog::level::level_enum theirs(Level level) {
    switch (level) {
        case Level::debug: return spdlog::level::debug;
        case Level::info: return spdlog::level::info;
        case Level::warning: return spdlog::level::warn;
        case Level::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

bool is_plain(std::string_view value) {
    const auto special = [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '=' || c == 0x7f;
    };
    return !value.empty() && std::ranges::none_of(value, special);
}

void append_value(std::string& line, std::string_view value) {
    if (is_plain(value)) {
        line += value;
        return;
    }
    line += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\') line += '\\';
        line += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;  // a value never begins a line
    }
    line += '"';
}

}  // namespace

Logger::Logger(Level from)
    : out_{std::make_unique<spdlog::logger>("", std::make_shared<spdlog::sinks::stderr_sink_mt>())} {
    out_->set_level(theirs(from));
    out_->set_formatter(std::make_unique<spdlog::pattern_formatter>("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v",
                                                                    spdlog::pattern_time_type::utc));
}

Logger::Logger(std::function<void(std::string_view line)> sink)
    : out_{std::make_unique<spdlog::logger>("", std::make_shared<FunctionSink>(std::move(sink)))} {
    out_->set_level(spdlog::level::debug);
}

Logger::~Logger() = default;

void Logger::log(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (!out_->should_log(theirs(level))) return;
    std::string line = "event=";
    line += event;
    for (const Field& field : fields) {
        line += ' ';
        line += field.key;
        line += '=';
        append_value(line, field.value);
    }
    out_->log(theirs(level), spdlog::string_view_t{line.data(), line.size()});
}

}  // namespace whistlestop::obs
