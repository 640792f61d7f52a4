#pragma once
// Logger: `time=… level=… event=… key=value`, one line per fact, to stderr.
//
// Never a phone number, a name or a text, at any level: a number goes through redacted(). Lines are whole: from any
// thread, in the order in which they were written.

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "common/domain/phone.hpp"

namespace spdlog {
class logger;
}

namespace whistlestop::obs {

enum class Level : std::uint8_t { debug, info, warning, error };

struct Field {
    Field(std::string_view name, std::string_view text) : key{name}, value{text} {}
    template <std::integral T>
    Field(std::string_view name, T number) : key{name}, value{std::to_string(number)} {}

    std::string_view key;
    std::string value;  // quoted where it needs to be
};

class Logger {
public:
    explicit Logger(Level from = Level::info);
    // Into `sink` instead, without time and level; for tests.
    explicit Logger(std::function<void(std::string_view line)> sink);
    ~Logger();
    Logger(const Logger&) = delete;
    Logger& operator=(const Logger&) = delete;

    void debug(std::string_view event, std::initializer_list<Field> fields = {}) { log(Level::debug, event, fields); }
    void info(std::string_view event, std::initializer_list<Field> fields = {}) { log(Level::info, event, fields); }
    void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
        log(Level::warning, event, fields);
    }
    void error(std::string_view event, std::initializer_list<Field> fields = {}) { log(Level::error, event, fields); }

private:
    void log(Level level, std::string_view event, std::initializer_list<Field> fields);

    std::unique_ptr<spdlog::logger> out_;
};

// "+1:3f0c…": the country, and a hash with the installation's secret key (16 to 64 bytes), so that one number's lines
// can be found by who has the key, and nobody can try all numbers.
[[nodiscard]] std::string redacted(const Phone& phone, std::string_view key);

}  // namespace whistlestop::obs
