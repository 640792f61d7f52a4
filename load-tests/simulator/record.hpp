#pragma once
// The record: what really happened, for a judge outside. JSON lines, appended in the order the simulator handled them;
// README.md documents every event and field.
//
// Lines gather in memory until `flush()`, which the simulator calls ten times a second and at its end. A record that
// cannot be written ends the process: a run without evidence proves nothing.

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "load-tests/simulator/base/clock.hpp"
#include "load-tests/simulator/base/json_text.hpp"

namespace simulator {

class Record {
public:
    // An empty path keeps nothing. Throws std::system_error where the file cannot be opened.
    explicit Record(const std::string& path);

    // Appends one line: `fill` gets the object, in which "event" and "t" stand already.
    template <class Fill>
    void line(std::string_view event, WallMicros at, Fill&& fill) {
        if (!file_) return;
        ObjectText object{pending_};
        object.text("event", event).number("t", at);
        std::forward<Fill>(fill)(object);
        object.close();
        pending_ += '\n';
        if (pending_.size() > pending_bytes_max) flush();
    }

    void flush();

private:
    static constexpr std::size_t pending_bytes_max = 1U << 18U;

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    std::unique_ptr<std::FILE, Close> file_;
    std::string pending_;
};

}  // namespace simulator
