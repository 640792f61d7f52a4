#pragma once
// Logger: `time=… level=… event=… key=value`, one line per fact, to stderr.
//
// Never a phone number, a name or a text, at any level, nor a hash of one. Lines are whole: from any thread, in the
// order in which they were written.

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

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

}  // namespace whistlestop::obs
